/** Programs in which channels end while they are subscribed, unsubscribed, found gone or published to (STATELESS-12). */
import fc from 'fast-check'
import type { ConnectionFaults } from '../../../spec/platform.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex } from '../parts.ts'
import {
  act,
  acts,
  answers,
  change,
  clients,
  host,
  hosted,
  idle,
  kill,
  look,
  named,
  of,
  platform,
  publish,
  script,
  sub,
} from './parts.ts'

const client = clientIndex(2)
const topic = fc.constant('t')
const subscribe: fc.Arbitrary<Op> = fc.record({ op: fc.constant('subscribe' as const), topic })
const disconnect = fc.constantFrom('lost' as const, 'late' as const, 'twice' as const, 'again' as const)
const posts = answers('gone', null)

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: acts(client, script(fc.oneof(change('subscribe', topic), change('unsubscribe', topic), named('look')))),
  },
  { weight: 2, arbitrary: acts(client, fc.tuple(publish)) },
  { weight: 2, arbitrary: of('close', client) },
  { weight: 1, arbitrary: of('vanish', client) },
  { weight: 2, arbitrary: hosted(topic) },
  { weight: 1, arbitrary: acts(client, fc.tuple(subscribe, named('close'))) },
  { weight: 1, arbitrary: platform(client, 'repeat disconnect', 'release', 'repeat connect') },
)

/** Two subscribers, one that only stays, what happens, and two publishes one after another. */
const shape = (faults: fc.Arbitrary<ConnectionFaults>): fc.Arbitrary<Program> =>
  fc.record({
    clients: fc.tuple(
      clients({ connect: script(subscribe, 1), faults }),
      clients({ connect: script(subscribe, 1), faults }),
      clients({ connect: fc.tuple(subscribe) }),
    ),
    prefix: fc.tuple(acts(client, script(fc.oneof(change('subscribe', topic), named('look')))), step, idle),
    phases: fc.tuple(
      fc.record({
        lanes: fc.array(fc.array(step, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ lanes: fc.tuple(fc.tuple(idle, hosted(topic), hosted(topic))) }),
    ),
  }) as fc.Arbitrary<Program>

const phases = (...steps: Step[]): Program['phases'] => [{ lanes: [steps] }, { lanes: [[{ do: 'idle' }, host(), host()]] }]
const three = (faults?: ConnectionFaults): Program['clients'] => [
  { channel: 'main', ...(faults && { faults }) },
  { channel: 'main' },
  { channel: 'main', connect: [sub()] },
]

export const leftoversFamilies: readonly Family[] = [
  {
    name: 'stateless/leftovers',
    area: 'stateless',
    capabilities: ['stateless'],
    runs: 60,
    arbitrary: shape(fc.record({ disconnect, posts }, { requiredKeys: [] }) as fc.Arbitrary<ConnectionFaults>),
    examples: {
      'STATELESS-12 closed channels': {
        clients: three(),
        prefix: [act(0, sub()), act(0, look), { do: 'idle' }],
        phases: phases({ do: 'close', client: 0 }),
      },
      'STATELESS-12 live channels': {
        clients: three(),
        prefix: [act(0, sub()), { do: 'close', client: 0 }, { do: 'idle' }],
        phases: phases(act(1, { op: 'publish', topic: 't', exclude: null })),
      },
    },
  },
  {
    name: 'stateless/crashes',
    area: 'stateless',
    capabilities: ['stateless'],
    runs: 90,
    arbitrary: shape(
      fc.record(
        { disconnect, kill: kill('message', 'disconnect') },
        { requiredKeys: ['kill'] },
      ) as fc.Arbitrary<ConnectionFaults>,
    ),
    examples: {
      'STATELESS-12 after a crash': {
        clients: [
          { channel: 'main', connect: [sub()], faults: { kill: { event: 'disconnect', request: 2, when: 'after' } } },
          { channel: 'main', faults: { kill: { event: 'disconnect', request: 6, when: 'after' } } },
          { channel: 'main', connect: [sub()] },
        ],
        prefix: [act(0, look), act(0, look), { do: 'idle' }],
        phases: phases({ do: 'close', client: 0 }),
      },
    },
  },
]
