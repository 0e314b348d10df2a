import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Subscriber } from '../serverless/ports.ts'
import { type Engine, everything, startEngine } from './testing/dynalite.ts'
import { all, counted, openStores } from './testing/stores.ts'

let engine: Engine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const topics = [
  '',
  '#',
  'a',
  'a#0',
  'a#',
  'A',
  'é',
  'e\u0301',
  '%',
  '%25',
  '%empty',
  '#'.repeat(256),
  'é'.repeat(128),
  '\0',
  '__proto__',
  '*',
]
const subscriber = (channelId: string): Subscriber => ({
  channelId,
  endpoint: `https://${channelId.slice(0, 9)}/p`,
  expires: 4_100_000_000_123,
})
const ids = (subscribers: Subscriber[]): string[] => subscribers.map(({ channelId }) => channelId).toSorted()

test('each topic lists its own subscribers, with what a publish needs of them (STORE-08, STORE-09)', async () => {
  for (const shards of [undefined, 3]) {
    const { topics: store } = await openStores(engine.endpoint, shards)
    for (const [index, topic] of topics.entries()) await store.enter(topic, subscriber(`c${index}`))
    await store.enter('a', subscriber('y'.repeat(2_000)))
    await store.enter('a', subscriber('#'))
    await store.enter('a', subscriber('#'))
    for (const [index, topic] of topics.entries()) {
      const expected =
        topic === 'a' ? [subscriber('#'), subscriber('c2'), subscriber('y'.repeat(2_000))] : [subscriber(`c${index}`)]
      const found = await all(store.subscribers(topic))
      expect(found.toSorted((a, b) => (a.channelId < b.channelId ? -1 : 1))).toEqual(expected)
    }
    expect(await all(store.subscribers('nobody'))).toEqual([])
  }
})

test('leaving is idempotent, and whoever has left is still cleared (STORE-07)', async () => {
  const { topics: store, client, table } = await openStores(engine.endpoint)
  await store.leave('a', 'c')
  await store.enter('a', subscriber('c'))
  await store.leave('a', 'c')
  await store.leave('a', 'c')
  expect(await all(store.subscribers('a'))).toEqual([])
  expect((await everything(client, table)).map(({ pk, sk }) => [pk?.S, sk?.S])).toEqual([['C#c', 'S#a']])
  await store.clear('c')
  expect(await everything(client, table)).toEqual([])
})

test('clearing takes a channel out of all its topics and those named, and nobody else out of any', async () => {
  const { topics: store, client, table, sent } = await openStores(engine.endpoint)
  const many = Array.from({ length: 60 }, (_, index) => `t${index}`)
  for (const topic of many) {
    await store.enter(topic, subscriber('c'))
    await store.enter(topic, subscriber('d'))
  }
  sent.length = 0
  await store.clear('c', ['t3', 'not entered', 't3'])
  // Each forward and each intent once: DynamoDB refuses a batch that names an item twice.
  expect(counted(sent)).toMatchObject({ query: 1, write: 2 * 61 })
  for (const topic of many) expect(ids(await all(store.subscribers(topic)))).toEqual(['d'])
  await store.clear('c')
  expect((await everything(client, table)).filter(({ pk }) => pk?.S === 'C#c')).toEqual([])
  await store.clear('d')
  expect(await everything(client, table)).toEqual([])
})

test('a forward without its intent is cleared where its topic is named', async () => {
  const { topics: store, client, table } = await openStores(engine.endpoint)
  await store.enter('t', subscriber('c'))
  const { DeleteItemCommand } = await import('@aws-sdk/client-dynamodb')
  await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: 'C#c' }, sk: { S: 'S#t' } } }))
  await store.clear('c')
  expect(ids(await all(store.subscribers('t')))).toEqual(['c'])
  await store.clear('c', ['t'])
  expect(await everything(client, table)).toEqual([])
})

test('withdrawing leaves nothing of one subscription, and all of the others', async () => {
  const { topics: store, client, table } = await openStores(engine.endpoint)
  await store.enter('a', subscriber('c'))
  await store.enter('b', subscriber('c'))
  await store.withdraw('a', 'c')
  await store.withdraw('a', 'c')
  expect((await everything(client, table)).map(({ pk, sk }) => `${pk?.S} ${sk?.S}`).toSorted()).toEqual(['C#c S#b', 'T#b#0 c'])
})

test('forwards are deleted before intents, so that a removal that dies can be done again', async () => {
  const { topics: store, sent } = await openStores(engine.endpoint)
  for (let index = 0; index < 30; index++) await store.enter(`t${index}`, subscriber('c'))
  sent.length = 0
  await store.clear('c')
  const deleted = sent.flatMap(({ input }) =>
    Object.values<{ DeleteRequest: { Key: { pk: { S: string } } } }[]>(input.RequestItems ?? {}).flat(),
  )
  const kinds = deleted.map(({ DeleteRequest }) => DeleteRequest.Key.pk.S[0])
  expect(kinds.join('')).toBe('T'.repeat(30) + 'C'.repeat(30))
})

test('a number of shards that cannot be is refused', async () => {
  for (const shards of [0, -1, 1.5, Number.NaN, 1_001])
    await expect(openStores(engine.endpoint, shards)).rejects.toThrow(/shards: expected/)
})
