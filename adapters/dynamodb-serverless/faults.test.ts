/** What the table does when it is busy, answers in part, or answers into nowhere (STATELESS-11). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Subscriber } from '../serverless/ports.ts'
import { Cloud } from './testing/cloud.ts'
import { type Engine, everything, type Fault, startEngine } from './testing/dynalite.ts'
import { all, mark, openStores, record } from './testing/stores.ts'

let engine: Engine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const subscriber = (channelId: string): Subscriber => ({ channelId, endpoint: 'https://e/p', expires: 4_100_000_000_123 })
const ids = async (pages: AsyncIterable<readonly Subscriber[]>): Promise<string[]> =>
  (await all(pages)).map(({ channelId }) => channelId)

/** Faults the first so many requests of these kinds. */
const first = (times: number, fault: ReturnType<Fault>, ...operations: string[]): Fault => {
  let left = times
  return ({ operation }) => {
    if (left === 0 || (operations.length > 0 && !operations.includes(operation))) return undefined
    left--
    return fault
  }
}

test('a subscriber list of several pages is delivered whole, each once', async () => {
  const { topics, sent } = await openStores(engine.endpoint)
  // Rows of 8 KB: a page of 1 MB takes some hundred.
  const endpoint = 'x'.repeat(8_000)
  const large = (channelId: string): Subscriber => ({ ...subscriber(channelId), endpoint })
  const names = Array.from({ length: 300 }, (_, index) => `c${index}`)
  for (let start = 0; start < names.length; start += 50)
    await Promise.all(names.slice(start, start + 50).map((name) => topics.enter('t', large(name))))
  sent.length = 0
  const pages: number[] = []
  const found: string[] = []
  for await (const page of topics.subscribers('t')) {
    pages.push(page.length)
    found.push(...page.map(({ channelId }) => channelId))
  }
  expect(found.toSorted()).toEqual(names.toSorted())
  expect(pages.length).toBeGreaterThan(2)
  expect(sent.map(({ operation }) => operation)).toEqual(pages.map(() => 'Query'))
  expect(sent.every(({ input }) => input.ConsistentRead === true)).toBe(true)
  // What comes and goes while it is listed neither hides nor doubles the others.
  const seen: string[] = []
  for await (const page of topics.subscribers('t')) {
    seen.push(...page.map(({ channelId }) => channelId))
    await topics.leave('t', names[299]!)
    await topics.enter('t', large('!first'))
    await topics.enter('t', large('~last'))
  }
  const throughout = new Set(names.slice(0, 299))
  expect(seen.filter((name) => throughout.has(name)).toSorted()).toEqual([...throughout].toSorted())
  expect(new Set(seen).size).toBe(seen.length)
})

test('what a batch leaves undone is sent again until it is done, with growing pauses', async () => {
  const opened = await openStores(engine.endpoint)
  const { topics, waits, client, table } = opened
  opened.fault = first(1, 'partial', 'BatchWriteItem')
  await topics.enter('t', subscriber('c'))
  expect(waits).toEqual([20])
  expect(await everything(client, table)).toHaveLength(2)
  for (let index = 0; index < 24; index++) await topics.enter(`t${index}`, subscriber('c'))
  waits.length = 0
  // 25 deletions, halved: 12, 6, 3, 2 (of which one is done), 1.
  opened.fault = first(4, 'partial', 'BatchWriteItem')
  await topics.clear('c')
  expect(waits).toEqual([20, 40, 80, 160])
  expect(await everything(client, table)).toEqual([])
})

test('a table that never gets on is given up with an error', async () => {
  const opened = await openStores(engine.endpoint)
  const send = opened.client.send.bind(opened.client)
  opened.client.send = (async (command: { input: { RequestItems?: object } }) =>
    command.input.RequestItems === undefined ? send(command as never) : { UnprocessedItems: command.input.RequestItems }) as never
  await expect(opened.topics.enter('t', subscriber('c'))).rejects.toThrow('leaves 2 writes of a batch undone')
  expect(opened.waits).toHaveLength(60)
  expect(Math.max(...opened.waits)).toBe(1_000)
})

test('throttled requests of every kind are made again and lose nothing', async () => {
  const opened = await openStores(engine.endpoint)
  const { channels, topics, sent } = opened
  const soon = 4_100_000_000_123
  const throttled = async <T>(work: () => Promise<T>): Promise<T> => {
    opened.fault = first(3, 'throttled')
    return work()
  }
  expect(await throttled(() => channels.add(record({ state: 'open' })))).toBe(true)
  expect(await throttled(() => channels.find('api/prod/c1'))).toEqual(record({ state: 'open' }))
  expect(await throttled(() => channels.change('api/prod/c1', { states: ['open'] }, { session: { value: 1 } }))).toMatchObject({
    session: 1,
  })
  await throttled(() => topics.enter('t', subscriber('api/prod/c1')))
  expect(await throttled(() => ids(topics.subscribers('t')))).toEqual(['api/prod/c1'])
  await throttled(() => topics.leave('t', 'api/prod/c1'))
  await throttled(() => topics.clear('api/prod/c1'))
  expect(await throttled(() => channels.close(mark(), ['open']))).toMatchObject({ session: 1 })
  await throttled(() => channels.schedule('s', soon))
  expect(await throttled(() => all(channels.expired(soon + 1)))).toEqual([{ channelId: 's', expires: soon }])
  await throttled(() => channels.unschedule('s', soon))
  expect(await all(channels.expired(soon + 1))).toEqual([])
  expect(sent.length).toBeGreaterThan(4 * 11)
})

test('a write whose answer is lost is repeated by the SDK, and refused: its author knows it by its token', async () => {
  const opened = await openStores(engine.endpoint)
  const { channels, topics } = opened
  const lost = async <T>(work: () => Promise<T>): Promise<T> => {
    opened.fault = first(1, 'answer lost')
    return work()
  }
  expect(await lost(() => channels.add(record({ by: 'mine' })))).toBe(false)
  expect(await channels.find('api/prod/c1')).toMatchObject({ by: 'mine', state: 'connecting' })
  const claim = { by: 'mine', until: 1 }
  expect(await lost(() => channels.change('api/prod/c1', { states: ['connecting'] }, { state: 'open', claim }))).toBeUndefined()
  expect(await channels.find('api/prod/c1')).toMatchObject({ state: 'open', claim })
  expect(await lost(() => channels.close(mark({ by: 'mine' }), ['open']))).toBeUndefined()
  expect(await channels.find('api/prod/c1')).toMatchObject({ state: 'closed', by: 'mine' })
  expect(await lost(() => channels.forbid(mark({ channelId: 'x', by: 'mine' })))).toBe(false)
  await lost(() => topics.enter('t', subscriber('c')))
  expect(await ids(topics.subscribers('t'))).toEqual(['c'])
  await lost(() => topics.clear('c'))
  expect(await ids(topics.subscribers('t'))).toEqual([])
})

test.each(['throttled', 'answer lost'] as const)(
  'whole connections with every request %s once: nothing lost, nothing twice',
  async (fault) => {
    const cloud = await Cloud.open(engine.endpoint)
    let odd = false
    // Every other request: each is made again once.
    cloud.stores.fault = () => {
      odd = !odd
      return odd ? fault : undefined
    }
    expect(await cloud.connect('a', { hello: 'x' })).toBe(200)
    await cloud.deliver()
    expect(await cloud.connect('b')).toBe(200)
    for (const id of ['a', 'b']) await cloud.message(id, { action: 'join', topics: ['t', 'u'] })
    await cloud.message('b', { action: 'say', topic: 't', text: 'x' })
    await cloud.disconnect('a')
    await cloud.message('b', { action: 'close' })
    cloud.stores.fault = undefined
    expect(
      cloud.posts
        .map(({ id, text }) => `${id} ${text}`)
        .filter((post) => !post.includes('action'))
        .toSorted(),
    ).toEqual(['a {"hello":"x"}', 'a {"text":"x"}', 'b {"text":"x"}'])
    expect(cloud.ended).toEqual([
      [cloud.channelId('a'), undefined],
      [cloud.channelId('b'), undefined],
    ])
    expect((await everything(cloud.stores.client, cloud.stores.table)).map(({ state }) => state?.S)).toEqual(['closed', 'closed'])
  },
)

test('a publish to 1,000 subscribers reads its topic once, with at most 50 posts at once (STATELESS-16)', async () => {
  const cloud = await Cloud.open(engine.endpoint)
  await cloud.connect('p')
  await cloud.message('p', { action: 'nothing' })
  const { topics } = cloud.stores
  for (let start = 0; start < 1_000; start += 50) {
    const some = Array.from({ length: 50 }, (_, index) => cloud.channelId(`s${start + index}`))
    await Promise.all(
      some.map((channelId) => topics.enter('t', { channelId, endpoint: 'https://e/p', expires: cloud.time + 3_600_000 })),
    )
  }
  const costs = await cloud.costs(() => cloud.message('p', { action: 'say', topic: 't', text: 'x' }))
  expect(costs).toEqual({ get: 1, query: 1, write: 0, requests: 2, posts: 1_001 })
  expect(new Set(cloud.posts.slice(-1_001).map(({ id }) => id)).size).toBe(1_001)
  expect(cloud.mostPosts).toBe(50)
})
