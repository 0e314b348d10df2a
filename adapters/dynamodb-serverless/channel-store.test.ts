import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, everything, startEngine } from './testing/dynalite.ts'
import { all, mark, openStores, record } from './testing/stores.ts'

let engine: Engine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const nastyIds = [
  '',
  '#',
  'api/prod/c#1',
  '%',
  '%empty',
  'é',
  '\ud800',
  'x'.repeat(3_000),
  `${'x'.repeat(3_000)}y`,
  '__proto__',
  '\0',
]

test('a channel is found as it was added, whatever its id (STORE-01, STORE-09)', async () => {
  const { channels } = await openStores(engine.endpoint)
  for (const [index, channelId] of nastyIds.entries()) {
    expect(await channels.find(channelId)).toBeUndefined()
    const added = record({ channelId, by: `t${index}`, session: index % 2 === 0 ? { n: index } : undefined })
    expect(await channels.add(added)).toBe(true)
    expect(await channels.find(channelId)).toEqual(added)
  }
  for (const [index, channelId] of nastyIds.entries()) expect(await channels.find(channelId)).toMatchObject({ by: `t${index}` })
})

test('an id with a record or a mark is refused (STORE-02)', async () => {
  const { channels } = await openStores(engine.endpoint)
  expect(await channels.add(record())).toBe(true)
  expect(await channels.add(record({ by: 'another' }))).toBe(false)
  expect(await channels.forbid(mark())).toBe(false)
  expect(await channels.find('api/prod/c1')).toEqual(record())
  expect(await channels.forbid(mark({ channelId: 'early', from: 'none' }))).toBe(true)
  expect(await channels.forbid(mark({ channelId: 'early', by: 'x' }))).toBe(false)
  expect(await channels.add(record({ channelId: 'early' }))).toBe(false)
  expect(await channels.find('early')).toEqual(mark({ channelId: 'early', from: 'none' }))
})

test('values come back unchanged, deep ones and odd keys and numbers too', async () => {
  const { channels } = await openStores(engine.endpoint)
  let deep: unknown = ''
  for (let level = 0; level < 10_000; level++) deep = level % 2 === 0 ? [level, deep] : { '"': deep, z: null }
  const odd = JSON.parse('{"__proto__":{"x":1},"constructor":"","":[],"a":{"":""}}') as object
  const values = [
    odd,
    deep,
    0.1,
    1e308,
    5e-324,
    9007199254740991,
    -1.5,
    '',
    'é\ud800\0',
    null,
    false,
    [],
    {},
    'x'.repeat(150_000),
  ]
  for (const [index, value] of values.entries()) {
    const channelId = `c${index}`
    await channels.add(record({ channelId, openingData: { value }, session: value }))
    if (value !== deep) {
      expect(await channels.find(channelId)).toEqual(record({ channelId, openingData: { value }, session: value }))
      continue
    }
    const found = (await channels.find(channelId)) as { session: unknown }
    let right = found.session
    for (let level = 9_999; level >= 0; level--) {
      if (level % 2 === 0) {
        expect((right as unknown[])[0]).toBe(level)
        right = (right as unknown[])[1]
      } else {
        expect((right as { z: null }).z).toBeNull()
        right = (right as { '"': unknown })['"']
      }
    }
    expect(right).toBe('')
  }
  const found = (await channels.find('c0')) as { session: object }
  expect(Object.hasOwn(found.session, '__proto__')).toBe(true)
})

test('a change is made where its expectation is met, and nowhere else', async () => {
  const { channels } = await openStores(engine.endpoint)
  const id = 'api/prod/c1'
  expect(await channels.change(id, { states: ['connecting'] }, { state: 'open' })).toBeUndefined()
  expect(await channels.find(id)).toBeUndefined()
  await channels.add(record())
  expect(await channels.change(id, { states: [] }, { state: 'open' })).toBeUndefined()
  expect(await channels.change(id, { states: ['open', 'connected'] }, { state: 'closing' })).toBeUndefined()
  const pending = { items: ['a', '', 'é'], close: true }
  const connected = record({ state: 'connected', pending, session: { n: 1 } })
  expect(
    await channels.change(id, { states: ['connecting'] }, { state: 'connected', pending, session: { value: { n: 1 } } }),
  ).toEqual(connected)
  expect(await channels.find(id)).toEqual(connected)

  const claim = { by: 'claimer', until: 4_100_000_010_000 }
  const settled = { states: ['connected', 'open'] } as const
  expect(await channels.change(id, { ...settled, claimedBy: 'x' }, { state: 'open' })).toBeUndefined()
  expect(await channels.change(id, { ...settled, pending: true, claimedBy: null }, { claim, state: 'open' })).toEqual(
    record({ ...connected, state: 'open', claim }),
  )
  expect(await channels.change(id, { ...settled, pending: true, claimedBy: null }, { claim })).toBeUndefined()
  expect(await channels.change(id, { ...settled, claimedBy: 'another' }, { claim: null })).toBeUndefined()
  expect(await channels.change(id, { ...settled, claimedBy: 'claimer' }, { claim: null, pending: null })).toEqual(
    record({ state: 'open', session: { n: 1 } }),
  )
  expect(await channels.change(id, { ...settled, pending: true }, { state: 'connected' })).toBeUndefined()
  expect(await channels.change(id, { states: ['open'] }, {})).toEqual(record({ state: 'open', session: { n: 1 } }))
  for (const value of [null, false, '', 0]) {
    expect(await channels.change(id, { states: ['open'] }, { session: { value } })).toMatchObject({ session: value })
  }
  expect(await channels.change(id, { states: ['open'] }, { session: { value: undefined } })).toEqual(record({ state: 'open' }))

  await channels.close(mark(), ['open'])
  expect(await channels.change(id, { states: ['connecting', 'closing', 'connected', 'open'] }, { state: 'open' })).toBeUndefined()
  expect(await channels.find(id)).toEqual(mark())
})

test('a session over the limit of an item is refused in words, and changes nothing', async () => {
  const { channels } = await openStores(engine.endpoint)
  await channels.add(record({ state: 'open', session: 1 }))
  const change = channels.change('api/prod/c1', { states: ['open'] }, { session: { value: 'x'.repeat(410_000) } })
  await expect(change).rejects.toThrow("over DynamoDB's 400 KB an item")
  expect(await channels.find('api/prod/c1')).toMatchObject({ session: 1 })
})

test('one of many concurrent removers is told so and given the record, and nothing of it stays (STORE-04, SUB-06)', async () => {
  const { channels, client, table } = await openStores(engine.endpoint)
  await channels.add(record({ state: 'open', session: 's', pending: { items: [], close: false } }))
  expect(await channels.close(mark(), ['connecting', 'closing'])).toBeUndefined()
  expect(await channels.close(mark(), [])).toBeUndefined()
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => channels.close(mark({ by: `r${index}` }), ['connected', 'open'])),
  )
  expect(answers.filter((answer) => answer !== undefined)).toEqual([
    record({ state: 'open', session: 's', pending: { items: [], close: false } }),
  ])
  expect(await channels.find('api/prod/c1')).toEqual(mark({ by: `r${answers.findIndex((answer) => answer !== undefined)}` }))
  const [left] = await everything(client, table)
  expect(Object.keys(left!).toSorted()).toEqual(['by', 'from', 'pk', 'sk', 'state', 'ttl'])
})

test('a ttl is in whole seconds, never early', async () => {
  const { channels, client, table } = await openStores(engine.endpoint)
  await channels.add(record({ ttl: 4_100_094_500_001 }))
  expect((await everything(client, table))[0]!.ttl).toEqual({ N: '4100094501' })
})

test('scheduled channels are found once they have expired, in any shard', async () => {
  const { channels } = await openStores(engine.endpoint, 3)
  const hour = 3_600_000
  const now = 1_139_000 * hour
  for (const [index, channelId] of nastyIds.entries()) await channels.schedule(channelId, now + index)
  expect(await all(channels.expired(now))).toEqual([])
  const found = await all(channels.expired(now + 5))
  expect(found.map(({ channelId }) => channelId).toSorted()).toEqual(nastyIds.slice(0, 5).toSorted())
  expect(await all(channels.expired(now + hour))).toHaveLength(nastyIds.length)
  for (const { channelId, expires } of await all(channels.expired(now + hour))) await channels.unschedule(channelId, expires)
  expect(await all(channels.expired(now + hour))).toEqual([])
})
