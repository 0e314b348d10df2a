/** Programs in which a publish meets a subscriber that is going, gone, or not reading. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { plainClient } from '../parts.ts'
import { act, mode, pub, sub } from '../pubsub.ts'

/** Its onDisconnect waits, so that what is published meanwhile meets a channel that is closed and not yet done with. */
const leaving: ClientSpec = { channel: 'main', disconnect: [{ op: 'hold', gate: 'g' }] }
const clients = [leaving, plainClient, plainClient]
const openGate: Step = { do: 'open gate', gate: 'g' }
const closeLeaving: Step = { do: 'close', client: 0 }
const vanishLeaving: Step = { do: 'vanish', client: 0 }
const violateLeaving: Step = { do: 'violate', client: 0, how: 'reserved bit' }
const pauseOther: Step = { do: 'pause', client: 2 }

const exclude = fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, fc.record({ client: fc.constantFrom(0, 0, 2) }))
const publish: fc.Arbitrary<Op> = fc.record(
  { op: fc.constant('publish' as const), topic: fc.constant('t'), exclude, mode },
  { requiredKeys: ['op', 'topic', 'exclude'] },
) as fc.Arbitrary<Op>
const publishes = fc.record({
  do: fc.constant('act' as const),
  client: fc.constant(1),
  ops: fc.array(publish, { minLength: 1, maxLength: 2 }),
}) as fc.Arbitrary<Step>
const hosts = fc.record({ do: fc.constant('publish' as const), topic: fc.constant('t'), exclude }) as fc.Arbitrary<Step>
const subscribes = fc.record({
  do: fc.constant('act' as const),
  client: fc.constantFrom(0, 1, 2),
  ops: fc.tuple(fc.record({ op: fc.constant('subscribe' as const), topic: fc.constant('t') })),
}) as fc.Arbitrary<Step>

/** One lane ends client 0 and the other publishes, before the gate of its onDisconnect is opened. */
const lanes = (going: fc.Arbitrary<Step>): fc.Arbitrary<Step[][]> =>
  fc.tuple(
    fc.tuple(going),
    fc.oneof(
      { weight: 1, arbitrary: fc.tuple(publishes, fc.constant(openGate)) },
      { weight: 2, arbitrary: fc.tuple(fc.constant(pauseOther), publishes, hosts, fc.constant(openGate)) },
    ),
  )

/** Everyone is subscribed, client 0 ends in this way, and meanwhile client 1 does this. */
const meeting = (going: Step, ...meanwhile: Step[]): Program => ({
  clients,
  prefix: [act(0, sub()), act(1, sub()), act(2, sub())],
  phases: [{ lanes: [[going], [...meanwhile, openGate]] }],
})

export const publishingTrouble: Family = {
  name: 'publishing/trouble',
  area: 'publishing',
  runs: 95,
  arbitrary: fc.record({
    clients: fc.tuple(fc.constant(leaving), fc.constant(plainClient), fc.constant(plainClient)),
    prefix: fc.array(subscribes, { minLength: 2, maxLength: 6 }),
    phases: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.tuple(fc.record({ lanes: lanes(fc.constantFrom(closeLeaving, vanishLeaving, violateLeaving)) })),
      },
      {
        weight: 4,
        arbitrary: fc.tuple(
          fc.record({ lanes: lanes(fc.constantFrom(closeLeaving, vanishLeaving, violateLeaving)) }),
          fc.record({ lanes: fc.tuple(fc.array(publishes, { minLength: 1, maxLength: 2 })) }),
        ),
      },
    ),
  }) as fc.Arbitrary<Program>,
  examples: {
    'PUB-10 others while one is gone': meeting(vanishLeaving, act(1, pub())),
    'PUB-10 others while one is slow': meeting(closeLeaving, pauseOther, act(1, pub()), {
      do: 'publish',
      topic: 't',
      exclude: null,
    }),
    'PUB-10 resolves': meeting(closeLeaving, act(1, pub())),
    'PUB-03 a closed channel': {
      ...meeting(closeLeaving, act(1, pub())),
      phases: [...meeting(closeLeaving, act(1, pub())).phases, { lanes: [[act(1, pub('t', { client: 0 }))]] }],
    },
  },
}
