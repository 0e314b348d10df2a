import { expect, test } from 'vitest'
import type { Program, Step } from './program.ts'
import { candidates, minimise } from './shrink.ts'

const act = (client: number, topic?: string): Step => ({
  do: 'act',
  client,
  ops: topic === undefined ? [] : [{ op: 'subscribe', topic }],
})
const main = { channel: 'main' }
const large: Program = {
  clients: [main, main, main],
  prefix: [act(0), act(1)],
  phases: [{ lanes: [[act(0), act(1, 't')], [act(1)]] }, { lanes: [[act(0)]] }],
}

const subscribes = (program: Program): boolean => JSON.stringify(program).includes('"subscribe"')

test('what the failure does not need is taken away, and the rest becomes a sequence', async () => {
  const smallest = await minimise(large, async (candidate) => subscribes(candidate), 1_000)
  expect(smallest).toEqual({ clients: [main], prefix: [act(0, 't')], phases: [] })
})

test('a failure that needs two lanes keeps them', async () => {
  const parallel = (program: Program): boolean => program.phases.some((phase) => phase.lanes.length > 1)
  const smallest = await minimise(large, async (candidate) => parallel(candidate), 1_000)
  expect(smallest.phases).toHaveLength(1)
  expect(smallest.phases[0]?.lanes.map((lane) => lane.length)).toEqual([1, 1])
  expect(smallest.prefix).toEqual([])
})

test('no more than the budget is tried', async () => {
  let tries = 0
  await minimise(large, async () => ++tries < 0, 5)
  expect(tries).toBe(5)
})

test('a client that anything still names stays', () => {
  const named: Program = { clients: [main, main], prefix: [{ do: 'publish', topic: 't', exclude: { client: 1 } }], phases: [] }
  const excluding = [...candidates(named)].filter(({ prefix }) => prefix.length > 0)
  expect(excluding).toEqual([{ ...named, clients: [main], prefix: [{ ...named.prefix[0], exclude: { client: 0 } }] }])
  expect([...candidates(excluding[0] as Program)].map(({ prefix }) => prefix)).toEqual([[]])
})
