/** What each operation asks of the table, by count, as docs/serverless-protocol.md has it in section 4; k subscriptions, n receivers. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Cloud } from './testing/cloud.ts'
import { type Engine, startEngine } from './testing/dynalite.ts'

let engine: Engine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

/** Gets, queries, items written, requests to DynamoDB, posts. */
type Costs = readonly [get: number, query: number, write: number, requests: number, posts: number]

const list = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${prefix}${index}`)

/** A connection that is open and has written. */
async function opened(cloud: Cloud, id: string, topics: string[] = []): Promise<void> {
  await cloud.connect(id)
  await cloud.message(id, { action: 'join', topics })
}

const cases: Record<
  string,
  { costs: Costs; before?: (cloud: Cloud) => Promise<unknown>; work: (cloud: Cloud) => Promise<unknown> }
> = {
  connect: { work: (cloud) => cloud.connect('a'), costs: [0, 0, 3, 3, 0] },
  'connect that sends': { work: (cloud) => cloud.connect('a', { hello: 'x' }), costs: [0, 0, 3, 3, 0] },
  'connect repeated': { before: (cloud) => cloud.connect('a'), work: (cloud) => cloud.connect('a'), costs: [1, 0, 2, 3, 0] },
  'connect of a closed id': {
    before: (cloud) => cloud.disconnect('a'),
    work: (cloud) => cloud.connect('a'),
    costs: [1, 1, 3, 5, 0],
  },
  'connect that fails': { work: (cloud) => cloud.connect('a', { refuse: 'x' }), costs: [0, 1, 4, 5, 0] },
  deliver: { before: (cloud) => cloud.connect('a', { hello: 'x' }), work: (cloud) => cloud.deliver(), costs: [0, 0, 2, 2, 1] },
  'first message': {
    before: (cloud) => cloud.connect('a'),
    work: (cloud) => cloud.message('a', { action: 'nothing' }),
    costs: [1, 0, 1, 2, 1],
  },
  'first message, which delivers': {
    before: (cloud) => cloud.connect('a', { hello: 'x' }),
    work: (cloud) => cloud.message('a', { action: 'nothing' }),
    costs: [1, 0, 2, 3, 2],
  },
  message: {
    before: (cloud) => opened(cloud, 'a'),
    work: (cloud) => cloud.message('a', { action: 'nothing' }),
    costs: [1, 0, 0, 1, 1],
  },
  'message of nobody': { work: (cloud) => cloud.message('a', { action: 'nothing' }), costs: [1, 0, 0, 1, 0] },
  'message that sets the session': {
    before: (cloud) => opened(cloud, 'a'),
    work: (cloud) => cloud.message('a', { action: 'session', value: 1 }),
    costs: [1, 0, 1, 2, 1],
  },
  'message that subscribes': {
    before: (cloud) => opened(cloud, 'a'),
    work: (cloud) => cloud.message('a', { action: 'join', topics: ['t'] }),
    costs: [2, 0, 2, 3, 1],
  },
  'message that unsubscribes': {
    before: (cloud) => opened(cloud, 'a', ['t']),
    work: (cloud) => cloud.message('a', { action: 'leave', topic: 't' }),
    costs: [1, 0, 1, 2, 1],
  },
  'message that publishes to 5': {
    before: async (cloud) => {
      for (const id of list('s', 5)) await opened(cloud, id, ['t'])
      await opened(cloud, 'a')
    },
    work: (cloud) => cloud.message('a', { action: 'say', topic: 't', text: 'x' }),
    costs: [1, 1, 0, 2, 6],
  },
  'message that closes, with 3 topics': {
    before: (cloud) => opened(cloud, 'a', list('t', 3)),
    work: (cloud) => cloud.message('a', { action: 'close' }),
    costs: [1, 1, 2 + 2 * 3, 6, 0],
  },
  disconnect: { before: (cloud) => opened(cloud, 'a'), work: (cloud) => cloud.disconnect('a'), costs: [1, 1, 2, 4, 0] },
  'disconnect with 30 topics': {
    before: (cloud) => opened(cloud, 'a', list('t', 30)),
    work: (cloud) => cloud.disconnect('a'),
    costs: [1, 1, 2 + 2 * 30, 4 + 2 * 2, 0],
  },
  'disconnect repeated': {
    before: async (cloud) => {
      await opened(cloud, 'a', ['t'])
      await cloud.disconnect('a')
    },
    work: (cloud) => cloud.disconnect('a'),
    costs: [1, 1, 0, 2, 0],
  },
  'disconnect before the connect': { work: (cloud) => cloud.disconnect('a'), costs: [1, 0, 1, 2, 0] },
  'sweep of nothing': {
    before: (cloud) => cloud.invoke({ sweep: true }),
    work: (cloud) => cloud.invoke({ sweep: true }),
    costs: [1, 1, 0, 2, 0],
  },
  'sweep of 4 with 2 topics each, three hours after the last': {
    before: async (cloud) => {
      await cloud.invoke({ sweep: true })
      for (const id of list('s', 4)) await opened(cloud, id, ['t', 'u'])
      cloud.time += 3 * 3_600_000
    },
    work: (cloud) => cloud.invoke({ sweep: true }),
    costs: [1 + 4, 4 + 4, 1 + 4 * (2 + 2 * 2), 1 + 4 + 4 + 4 + 1 + 4 * (2 + 2), 0],
  },
}

test.each(Object.entries(cases))('%s', async (_, { before, work, costs }) => {
  const cloud = await Cloud.open(engine.endpoint)
  await before?.(cloud)
  const { get, query, write, requests, posts } = await cloud.costs(() => work(cloud))
  expect([get, query, write, requests, posts]).toEqual(costs)
})

test('the README states these counts, at list prices', () => {
  const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
  const rows = [...readme.matchAll(/^\| ([^|]+) \| (\d+) \| (\d+) \| (\d+) \| ([\d.]+) \|$/gm)].map((row) => row.slice(1))
  expect(rows.length).toBeGreaterThan(12)
  for (const [name = '', ...stated] of rows) {
    const [get, query, write] = cases[name]?.costs ?? []
    expect([name, ...stated.slice(0, 3)]).toEqual([name, get, query, write].map(String))
    // Dollars a million: writes of up to 1 KB, strongly consistent reads of up to 4 KB; half a cent rounds up.
    const cents = ((get ?? 0) + (query ?? 0)) * 12.5 + (write ?? 0) * 62.5
    expect([name, stated[3]]).toEqual([name, (Math.round(cents) / 100).toFixed(2)])
  }
})
