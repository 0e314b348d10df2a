import { randomUUID } from 'node:crypto'
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createChannelStore, createEventHubStore, createTable } from '../../adapters/dynamodb-serverless/index.ts'
import type { ChannelRecord } from '../../adapters/serverless/index.ts'
import { startDynalite } from '../engines/dynalite.ts'
import type { Engine } from '../engines/engine.ts'
import { type Invocation, RequestGuard } from '../gateway/index.ts'
import { InvocationRequests } from '../serverless/requests.ts'
import { watchStores } from '../serverless/sdk-requests.ts'
import { clientOf } from './dynamodb-host.ts'
import { TableResidue } from './dynamodb-residue.ts'

let engine: Engine
beforeAll(async () => {
  engine = await startDynalite()
})
afterAll(() => engine.stop())

async function opened() {
  const table = `test-${randomUUID()}`
  const client = clientOf(engine.endpoint)
  await createTable(client, table)
  const requests = new InvocationRequests()
  const residue = new TableResidue(clientOf(engine.endpoint), table)
  watchStores(client, requests, (pk, done) => residue.written(pk, done))
  const options = { client, table, clock: { now: () => 0, wait: async () => {} } }
  return { client, table, requests, residue, channels: createChannelStore(options), topics: createEventHubStore(options) }
}

const ahead = 4_100_000_000_000
const record: ChannelRecord = {
  ...{ channelId: 'a/b/#', endpoint: 'e', state: 'open', by: 'x', name: 'n', openingData: {}, session: undefined },
  ...{ connectedAt: ahead, expires: ahead, ttl: ahead },
}
const mark = { channelId: 'a/b/#', state: 'closed', by: 'x', from: 'open', ttl: ahead } as const

test('what is left is found: records, rows of sweeps, forwards, intents, and marks that hold too much', async () => {
  const { client, table, residue, channels, topics } = await opened()
  await channels.schedule('a/b/#', ahead)
  await channels.add(record)
  await topics.enter('', { channelId: 'a/b/#', endpoint: 'e', expires: ahead })
  const held = {
    channels: ['a/b/#'],
    subscriptions: [
      ['', 'a/b/#'],
      ['', 'a/b/#'],
    ],
  }
  expect(await residue.read()).toEqual(held)
  expect(await residue.read()).toEqual(held)
  await channels.close(mark, ['open'])
  await channels.unschedule('a/b/#', ahead)
  expect(await residue.read()).toEqual({ channels: [], subscriptions: held.subscriptions })
  await topics.leave('', 'a/b/#')
  expect(await residue.read()).toEqual({ channels: [], subscriptions: [['', 'a/b/#']] })
  await topics.clear('a/b/#')
  for await (const _ of channels.expired(ahead)) expect.unreachable()
  expect(await residue.read()).toEqual({ channels: [], subscriptions: [] })
  const Item = { pk: { S: 'C#x' }, sk: { S: 'A#meta' }, state: { S: 'closed' }, session: { S: '1' } }
  await client.send(new PutItemCommand({ TableName: table, Item }))
  expect(await residue.read()).toEqual({ channels: ['x'], subscriptions: [] })
})

const invocation: Invocation = { invocation: 1, event: 'message', payload: { sweep: true } }

test('the requests of an invocation are counted by kind, batches by item', async () => {
  const { requests, channels, topics } = await opened()
  const answer = await requests.run(invocation, new RequestGuard(invocation), async () => {
    await channels.add(record)
    await channels.find('a/b/#')
    await topics.enter('t', { channelId: 'a/b/#', endpoint: 'e', expires: ahead })
    for await (const page of topics.subscribers('t')) expect(page).toHaveLength(1)
    return { outcome: 'ok' }
  })
  expect(answer).toEqual({ outcome: 'ok', requests: { get: 1, query: 1, write: 3, scan: 0 } })
})

test.each(['throttled', 'partial', 'answer lost'] as const)(
  'requests are %s as often as asked for, and nothing is lost',
  async (fault) => {
    const { requests, topics } = await opened()
    requests.fail(fault, 3)
    for (let index = 0; index < 4; index++) await topics.enter('t', { channelId: `c${index}`, endpoint: 'e', expires: ahead })
    expect(requests.faulty).toBe(false)
    const found: string[] = []
    for await (const page of topics.subscribers('t')) found.push(...page.map(({ channelId }) => channelId))
    expect(found.toSorted()).toEqual(['c0', 'c1', 'c2', 'c3'])
  },
)

test.each(['before', 'after'] as const)('an invocation is killed %s its second request', async (when) => {
  const { requests, channels } = await opened()
  const killed: Invocation = { ...invocation, kill: { request: 2, when } }
  const guard = new RequestGuard(killed)
  const running = requests.run(killed, guard, async () => {
    await channels.add(record)
    await channels.add({ ...record, channelId: 'second' })
    return { outcome: 'ok' }
  })
  await Promise.race([running.then(() => expect.unreachable()), guard.struck])
  expect(await channels.find('a/b/#')).toEqual(record)
  const second = await channels.find('second')
  expect(second?.state).toBe(when === 'after' ? 'open' : undefined)
})

test('a client of the real SDK is what is watched', () => {
  expect(clientOf(engine.endpoint)).toBeInstanceOf(DynamoDBClient)
})
