/** Programs in which there is much that an event's cost must not grow with (STATELESS-16). */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex } from '../parts.ts'
import { act, acts, clients, hosted, named, noPhases, pub, publish, script, send, sequence, subscribes, sweep } from './parts.ts'
import { subscribesTo } from './store-faults.ts'

const client = clientIndex(2)
const topicOf = fc.constantFrom('a', 'b', 't')
const publishes: fc.Arbitrary<Op> = fc.record({ op: fc.constant('publish' as const), topic: topicOf, exclude: fc.constant(null) })
const step = fc.oneof(
  { weight: 3, arbitrary: acts(client, script(fc.oneof(named('send'), named('return')), 3)) },
  { weight: 2, arbitrary: acts(client, fc.tuple(publishes)) },
  { weight: 1, arbitrary: acts(client, fc.tuple(named('look'))) },
  { weight: 1, arbitrary: acts(client, fc.tuple(publish, named('send'))) },
  { weight: 1, arbitrary: hosted(topicOf) },
)
const plain = { channel: 'main' }

export const costs: Family = {
  name: 'stateless/costs',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 70,
  arbitrary: fc.record({
    clients: fc.tuple(clients({}), clients({})),
    prefix: fc.tuple(
      acts(fc.constant(0), fc.constantFrom(subscribesTo(14), subscribesTo(26), subscribesTo(40))),
      acts(fc.constant(1), fc.constantFrom(subscribesTo(1), subscribesTo(3))),
      step,
      step,
      step,
    ),
    phases: noPhases,
  }) as fc.Arbitrary<Program>,
  examples: {
    'STATELESS-16 no scan': sequence(
      [plain, plain],
      { do: 'act', client: 0, ops: subscribesTo(14) },
      { do: 'act', client: 1, ops: subscribesTo(1) },
      act(0, pub('a')),
      act(1, send),
      act(1, send),
    ),
    'STATELESS-16 a publish': sequence(
      [plain, plain],
      { do: 'act', client: 0, ops: subscribesTo(26) },
      { do: 'act', client: 1, ops: subscribesTo(1) },
      act(1, pub('a')),
      act(1, send),
      act(1, send),
    ),
    'STATELESS-16 one post at a time': sequence(
      [plain, plain],
      { do: 'act', client: 0, ops: subscribesTo(14) },
      { do: 'act', client: 1, ops: subscribesTo(1) },
      act(0, pub('a')),
      act(1, send, send),
      act(1, pub('a')),
    ),
    'STATELESS-16 a message': sequence(
      [plain, plain],
      { do: 'act', client: 0, ops: subscribesTo(26) },
      { do: 'act', client: 1, ops: subscribesTo(1) },
      act(0, send),
      act(0, send),
      act(1, send),
    ),
  },
}

/** A crowd that listens to one topic. */
const crowd = (...size: number[]): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('crowd' as const), topic: fc.constant('t'), size: fc.constantFrom(...size) }) as fc.Arbitrary<Step>

export const costsOfMany: Family = {
  name: 'stateless/many subscribers',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 3,
  arbitrary: fc.record({
    clients: fc.tuple(clients({})),
    prefix: fc.tuple(crowd(220, 260), acts(fc.constant(0), fc.tuple(publish)), acts(fc.constant(0), fc.tuple(publish))),
    phases: noPhases,
  }) as fc.Arbitrary<Program>,
  examples: {
    'STATELESS-16 bounded posts': sequence([plain], { do: 'crowd', topic: 't', size: 220 }, act(0, pub()), act(0, pub())),
    'STATELESS-11 more than one page': sequence([plain], { do: 'crowd', topic: 't', size: 260 }, act(0, pub()), act(0, pub())),
  },
}

/** Some channels expire; those of a crowd that came later live. */
export const costsOfSweeps: Family = {
  name: 'stateless/sweeps',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 4,
  arbitrary: fc.record({
    clients: fc.array(clients({ connect: script(subscribes(fc.constant('t')), 1) }), { minLength: 1, maxLength: 2 }),
    prefix: fc.tuple(
      fc.record({ do: fc.constant('advance' as const), seconds: fc.constantFrom(9_000, 90_000) }),
      crowd(30, 40),
      sweep,
      fc.oneof(sweep, hosted(fc.constant('t'))),
    ),
    phases: noPhases,
  }) as fc.Arbitrary<Program>,
  examples: {
    'STATELESS-16 a sweep': sequence(
      [plain],
      { do: 'advance', seconds: 9_000 },
      { do: 'crowd', topic: 't', size: 30 },
      { do: 'sweep' },
      { do: 'sweep' },
    ),
  },
}
