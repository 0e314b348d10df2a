import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HistoryEvent } from '../../spec/history.ts'
import { sub06, sub07 } from '../../spec/requirements/subscriptions/closing.ts'
import type { Card } from '../card.ts'
import { conformHost } from '../conform.ts'
import { deadlines } from '../deadlines.ts'
import { Observer } from '../observe.ts'
import type { Program } from '../program.ts'
import type { Family } from '../programs/family.ts'
import { act, freshClient, sub } from '../programs/pubsub.ts'
import { replayCard } from '../replay.ts'
import { scheduled } from './choices.ts'
import { hostSimulated } from './host.ts'
import { type FakeFaults, fakeSystem } from './testing/fake-system.ts'

const subscribing = { do: fc.constant('act' as const), client: fc.constant(0), ops: fc.tuple(fc.constant(sub())) }
const closing = { ...subscribing, ops: fc.tuple(fc.constant({ op: 'close' as const })) }
const lane = (step: fc.Arbitrary<Program['prefix'][number]>) => fc.array(step, { minLength: 1, maxLength: 2 })

/** A client subscribes, and closes its channel beside it. */
const family: Family = scheduled({
  name: 'subscriptions/closing beside',
  area: 'subscriptions',
  runs: 240,
  arbitrary: fc.record({
    clients: fc.tuple(fc.constant(freshClient)),
    prefix: fc.array(fc.record(subscribing), { maxLength: 1 }),
    phases: fc.tuple(
      fc.record({
        lanes: fc.tuple(lane(fc.record(subscribing)), lane(fc.record(closing))),
      }),
    ),
  }) as fc.Arbitrary<Program>,
  examples: {},
})

async function run(faults: FakeFaults, families = [family]) {
  const cards: Card[] = []
  const result = await conformHost(hostSimulated(fakeSystem(faults)), {
    seed: 1,
    requirements: [sub06, sub07],
    families,
    onCard: async (card) => {
      cards.push(card)
      return undefined
    },
  })
  return { result, cards }
}

test('a system that looks again passes under every schedule tried', async () => {
  const { result, cards } = await run({})
  expect(cards).toEqual([])
  expect(result.requirements.map(({ verdict }) => verdict)).not.toContain('failed')
  expect([result.timeouts, result.couldNotJudge]).toEqual([0, undefined])
})

test('one that looks once is found, shrunk with its schedule, and replayed in one run', async () => {
  const { cards } = await run({ looksOnce: true })
  const [card] = cards
  if (card === undefined) throw new Error('it was not found')
  expect(card.requirement).toBe('SUB-07')
  expect(card.size).toBeLessThanOrEqual(2)
  expect(card.reproduced.times).toBe(card.reproduced.of)
  // No choice could be left out or be plainer.
  expect(card.program.schedule?.at(-1)).not.toBe(0)
  const read = JSON.parse(JSON.stringify(card)) as Card
  const { runs, card: again } = await replayCard(hostSimulated(fakeSystem({ looksOnce: true })), read)
  expect(runs).toBe(1)
  expect(again?.history).toEqual(card.history)
  expect(await replayCard(hostSimulated(fakeSystem({})), read)).toEqual({ runs: 1, failed: 0 })
})

test('the same program and schedule give the same history, another schedule another', async () => {
  const program: Program = {
    clients: [freshClient, freshClient],
    prefix: [],
    phases: [
      { lanes: [[act(0, sub(), sub('u'))], [{ do: 'close', client: 0 }], [{ do: 'publish', topic: 't', exclude: null }]] },
    ],
  }
  const history = async (schedule: number[]): Promise<readonly HistoryEvent[]> => {
    const observer = new Observer(hostSimulated(fakeSystem()), [sub06, sub07], deadlines)
    return (await observer.observe({ ...program, schedule })).execution.events
  }
  expect(await history([1, 2, 1, 0, 3])).toEqual(await history([1, 2, 1, 0, 3]))
  expect(await history([1, 2, 1, 0, 3])).not.toEqual(await history([]))
})

test('a system that hangs is found out without waiting', async () => {
  const hanging: Program = { clients: [freshClient], prefix: [act(0)], phases: [], schedule: [] }
  const { result } = await run({ hangs: true }, [{ ...family, runs: 0, examples: { hanging } }])
  expect(result.couldNotJudge).toContain('gave no answer to step 1.0')
})

test('a program given back as an example shrinks, its schedule too', () => {
  const [program] = fc.sample(family.arbitrary, { seed: 3, numRuns: 1 })
  expect(family.arbitrary.canShrinkWithoutContext(program)).toBe(true)
  const shrunk = [...family.arbitrary.shrink(program as Program, undefined)].map(({ value }) => value.schedule?.length ?? 0)
  expect(Math.min(...shrunk)).toBeLessThan(program?.schedule?.length ?? 0)
})
