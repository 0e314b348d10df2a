/** Programs whose stores throttle, and batches and pages that are too small (STATELESS-11). */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import {
  act,
  acts,
  clients,
  host,
  hosted,
  idle,
  look,
  named,
  noPhases,
  of,
  platform,
  pub,
  publish,
  script,
  send,
  sequence,
  stores,
  sub,
} from './parts.ts'

const client = clientIndex(2)
const topic = fc.constantFrom('t', 'u')
const subscribe: fc.Arbitrary<Op> = fc.record({ op: fc.constant('subscribe' as const), topic })
const unsubscribe: fc.Arbitrary<Op> = fc.record({ op: fc.constant('unsubscribe' as const), topic })
const session: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('session.set' as const),
  value: fc.record({ user: fc.constant('*') }),
})

const doing = script(
  fc.oneof(
    { weight: 3, arbitrary: subscribe },
    { weight: 1, arbitrary: unsubscribe },
    { weight: 2, arbitrary: publish },
    { weight: 1, arbitrary: session },
    { weight: 1, arbitrary: named('look') },
  ),
)
const step = fc.oneof(
  { weight: 5, arbitrary: acts(client, doing) },
  { weight: 2, arbitrary: hosted() },
  { weight: 1, arbitrary: of('close', client) },
  { weight: 1, arbitrary: of('connect', client) },
  { weight: 1, arbitrary: idle },
)
type Fault = 'throttled' | 'partial' | 'answer lost'

const connect = script(fc.oneof({ weight: 2, arbitrary: subscribe }, { weight: 1, arbitrary: named('send') }))

const failing = (fault: Fault): fc.Arbitrary<Program> =>
  program({
    clients: fc.tuple(clients({ connect }), clients({ connect })),
    prefix: fc.tuple(
      fc.oneof({ weight: 3, arbitrary: acts(client, doing) }, { weight: 1, arbitrary: of('close', client) }),
      stores(fc.constant(fault), 1, 2),
      step,
      step,
      step,
    ),
    step,
    lanes: 2,
    phases: 1,
  })

/** Output of onConnect whose delivery the platform holds back until its requests are to fail. */
const delivering: fc.Arbitrary<Program> = fc.record({
  clients: fc.tuple(
    clients({
      connect: fc.array(named('send'), { minLength: 1, maxLength: 2 }),
      faults: fc.record({ deliver: fc.constant('late' as const) }),
    }),
  ),
  prefix: fc.tuple(
    stores(fc.constant('answer lost'), 1, 2),
    platform(fc.constant(0), 'release'),
    idle,
    acts(fc.constant(0), fc.tuple(named('look'))),
    idle,
  ),
  phases: noPhases,
}) as fc.Arbitrary<Program>

const plain = { channel: 'main' }
const fails = (fault: Fault, times = 1): Step => ({ do: 'stores', fault, times })

export const storeFaultFamilies: readonly Family[] = [
  {
    name: 'stateless/throttled',
    area: 'stateless',
    capabilities: ['stateless'],
    runs: 40,
    arbitrary: failing('throttled'),
    examples: {
      'STATELESS-11 throttled: a connect': sequence(
        [plain, plain],
        { do: 'close', client: 0 },
        fails('throttled', 2),
        { do: 'connect', client: 0 },
        host(),
        host(),
      ),
      'STATELESS-11 throttled': sequence(
        [plain, plain],
        act(0, sub()),
        fails('throttled', 2),
        act(1, pub()),
        { do: 'idle' },
        host(),
      ),
    },
  },
  {
    name: 'stateless/answers lost',
    area: 'stateless',
    capabilities: ['stateless'],
    runs: 40,
    arbitrary: fc.oneof({ weight: 3, arbitrary: failing('answer lost') }, { weight: 1, arbitrary: delivering }),
    examples: {
      'STATELESS-11 answer lost: a connect': sequence(
        [plain, plain],
        { do: 'close', client: 0 },
        fails('answer lost', 2),
        { do: 'connect', client: 0 },
        act(0, look),
        host(),
      ),
      'STATELESS-11 answer lost': sequence(
        [plain, plain],
        act(0, sub()),
        fails('answer lost', 2),
        act(1, pub()),
        { do: 'idle' },
        host(),
      ),
      'STATELESS-11 answer lost: a delivery': sequence(
        [{ channel: 'main', connect: [send], faults: { deliver: 'late' } }],
        fails('answer lost', 1),
        { do: 'platform', what: 'release', client: 0 },
        { do: 'idle' },
        act(0, look),
        { do: 'idle' },
      ),
    },
  },
  {
    name: 'stateless/in part',
    area: 'stateless',
    capabilities: ['stateless'],
    runs: 40,
    arbitrary: failing('partial'),
    examples: {
      'STATELESS-11 in part': sequence([plain, plain], act(1, look), fails('partial'), act(0, sub(), sub('u')), host(), {
        do: 'close',
        client: 0,
      }),
    },
  },
]

/** More topics than any batch holds. */
const letters = 'abcdefghijklmnopqrstuvwxyz'
export const manyTopics = [...letters, ...[...letters].map((letter) => `a${letter}`)]
/** Subscribes to so many of them; the same array each time, so that examples are recognised as generated. */
export function subscribesTo(count: number): Op[] {
  const made = subscribing.get(count) ?? manyTopics.slice(0, count).map((topic) => ({ op: 'subscribe' as const, topic }))
  subscribing.set(count, made)
  return made
}
const subscribing = new Map<number, Op[]>()

const leaving: fc.Arbitrary<Step> = fc.oneof(of('close', fc.constant(0)), of('vanish', fc.constant(0)))

export const manySubscriptions: Family = {
  name: 'stateless/many subscriptions',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 30,
  arbitrary: fc.record({
    clients: fc.tuple(clients({}), clients({})),
    prefix: fc.tuple(
      acts(fc.constant(0), fc.constantFrom(subscribesTo(26), subscribesTo(27), subscribesTo(51), subscribesTo(20))),
      acts(fc.constant(0), fc.constantFrom(subscribesTo(30), subscribesTo(12), subscribesTo(1))),
      leaving,
      hosted(fc.constantFrom('a', 'z', 'aa', 'ay')),
    ),
    phases: noPhases,
  }) as fc.Arbitrary<Program>,
  examples: {
    'STATELESS-11 more than one batch': sequence(
      [plain, plain],
      { do: 'act', client: 0, ops: subscribesTo(27) },
      { do: 'act', client: 0, ops: subscribesTo(12) },
      { do: 'close', client: 0 },
      host('a'),
    ),
  },
}
