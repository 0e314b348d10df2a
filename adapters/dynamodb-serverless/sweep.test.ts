import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, everything, startEngine } from './testing/dynalite.ts'
import { all, type OpenedStores, openStores } from './testing/stores.ts'

let engine: Engine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const hour = 3_600_000
const day = 1_139_000

/** The hour the cursor of a shard stands at. */
async function cursorOf({ client, table }: OpenedStores, shard = 0): Promise<number | undefined> {
  const found = (await everything(client, table)).find(({ pk, sk }) => pk?.S === 'X#cursor' && sk?.S === String(shard))
  return found === undefined ? undefined : Number(found.hour?.N)
}

/** Sweeps, and takes back what `handled` says. */
async function sweep(
  { channels }: OpenedStores,
  now: number,
  handled: (channelId: string) => boolean = () => true,
): Promise<string[]> {
  const seen: string[] = []
  for await (const rows of channels.expired(now)) {
    for (const { channelId, expires } of rows) {
      seen.push(channelId)
      if (handled(channelId)) await channels.unschedule(channelId, expires)
    }
  }
  return seen
}

test('the first sweep goes back 26 hours, and the cursor then stands at the present', async () => {
  const stores = await openStores(engine.endpoint)
  await stores.channels.schedule('old', (day - 26) * hour)
  await stores.channels.schedule('new', day * hour + 5)
  await stores.channels.schedule('live', day * hour + 7)
  stores.sent.length = 0
  expect(await sweep(stores, day * hour + 6)).toEqual(['old', 'new'])
  expect(stores.sent.filter(({ operation }) => operation === 'Query')).toHaveLength(27)
  expect(await cursorOf(stores)).toBe(day)
  expect(await sweep(stores, day * hour + 8)).toEqual(['live'])
})

test('the cursor stays at the first hour of which something is left, and never goes back', async () => {
  const stores = await openStores(engine.endpoint)
  for (const [name, at] of [
    ['a', -5],
    ['b', -3],
    ['c', -3],
    ['d', -1],
  ] as const)
    await stores.channels.schedule(name, (day + at) * hour)
  expect(await sweep(stores, day * hour, (name) => name !== 'c')).toEqual(['a', 'b', 'c', 'd'])
  expect(await cursorOf(stores)).toBe(day - 3)
  expect(await sweep(stores, day * hour, () => false)).toEqual(['c'])
  expect(await cursorOf(stores)).toBe(day - 3)
  // One that began before another moved the cursor on, and ends after it.
  const slow = stores.channels.expired(day * hour)[Symbol.asyncIterator]()
  await slow.next()
  expect(await sweep(stores, (day + 4) * hour)).toEqual(['c'])
  expect(await cursorOf(stores)).toBe(day + 4)
  expect((await slow.next()).done).toBe(true)
  expect(await cursorOf(stores)).toBe(day + 4)
})

test('what is taken back beside the search counts, also after its page', async () => {
  const stores = await openStores(engine.endpoint)
  await stores.channels.schedule('a', (day - 2) * hour)
  await stores.channels.schedule('b', (day - 1) * hour)
  const found: (() => Promise<void>)[] = []
  for await (const rows of stores.channels.expired(day * hour)) {
    for (const { channelId, expires } of rows) found.push(() => stores.channels.unschedule(channelId, expires))
    if (found.length === 2) for (const takeBack of found) await takeBack()
  }
  expect(await cursorOf(stores)).toBe(day)
})

test('a search that is cut short moves nothing, and its rows are found again', async () => {
  const stores = await openStores(engine.endpoint)
  await stores.channels.schedule('a', (day - 2) * hour)
  for await (const rows of stores.channels.expired(day * hour)) {
    expect(rows).toHaveLength(1)
    break
  }
  expect(await cursorOf(stores)).toBeUndefined()
  expect(await sweep(stores, day * hour)).toEqual(['a'])
})

test('a table that nobody swept for long gets on even if each sweep is cut off', async () => {
  const stores = await openStores(engine.endpoint)
  await sweep(stores, day * hour)
  await stores.channels.schedule('a', (day + 200) * hour)
  stores.fault = ({ input }) => (input.ExpressionAttributeValues?.[':pk']?.S === `X#${day + 100}#0` ? 'throttled' : undefined)
  await expect(sweep(stores, (day + 300) * hour)).rejects.toThrow('Throttling')
  expect(await cursorOf(stores)).toBeGreaterThan(day + 40)
  stores.fault = undefined
  expect(await sweep(stores, (day + 300) * hour)).toEqual(['a'])
  expect(await cursorOf(stores)).toBe(day + 300)
})

test('no live row is read: the search asks only for what lies below the present (STORE-10)', async () => {
  const stores = await openStores(engine.endpoint)
  for (let index = 0; index < 100; index++) await stores.channels.schedule(`c${index}`, day * hour + 1_000 + index)
  stores.sent.length = 0
  expect(await all(stores.channels.expired(day * hour + 1_003))).toHaveLength(3)
  const queries = stores.sent.filter(({ operation }) => operation === 'Query')
  expect(
    queries.every(({ input }) => input.KeyConditionExpression === '#pk = :pk AND #sk < :sk' && input.ConsistentRead === true),
  ).toBe(true)
})

test('every shard has a cursor of its own', async () => {
  const stores = await openStores(engine.endpoint, 4)
  const names = Array.from({ length: 20 }, (_, index) => `c${index}`)
  for (const name of names) await stores.channels.schedule(name, (day - 1) * hour)
  expect((await sweep(stores, day * hour)).toSorted()).toEqual(names.toSorted())
  for (let shard = 0; shard < 4; shard++) expect(await cursorOf(stores, shard)).toBe(day)
})
