/** Programs whose clients go without a word of the platform, or whose posts come before the platform knows of them. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { act, hosted, pub, sequence, sub } from '../pubsub.ts'
import {
  close,
  faults,
  faultyClient,
  gate,
  hold,
  hostPublish,
  idle,
  idled,
  openGate,
  plain,
  publish,
  subscribe,
  sweep,
} from './platform-parts.ts'

const client = clientIndex(3)
const lost = faults({ disconnect: fc.constant('lost' as const) })
const acts = (op: fc.Arbitrary<Op>, who = client): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('act' as const), client: who, ops: fc.array(op, { minLength: 1, maxLength: 2 }) })
const ends = (who = client): fc.Arbitrary<Step> =>
  fc.oneof(
    fc.record({ do: fc.constant('close' as const), client: who }),
    fc.record({ do: fc.constant('vanish' as const), client: who }),
  )
const publishes = fc.oneof(hostPublish, acts(publish))

/** A client that the platform loses, subscribed, and publishes that meet it. */
export const statelessGone: Family = {
  name: 'stateless/gone',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 60,
  arbitrary: program({
    clients: fc.array(faultyClient(lost, { disconnect: fc.array(publish, { minLength: 0, maxLength: 1 }) }), {
      minLength: 2,
      maxLength: 3,
    }),
    prefix: fc.oneof(
      { weight: 4, arbitrary: fc.tuple(acts(subscribe, clientIndex(2)), ends(clientIndex(2)), publishes) },
      { weight: 2, arbitrary: fc.tuple(acts(subscribe, clientIndex(2)), acts(subscribe), ends(clientIndex(2)), publishes) },
      { weight: 1, arbitrary: fc.array(fc.oneof(acts(subscribe), ends(), publishes, sweep), { minLength: 0, maxLength: 5 }) },
    ),
    step: fc.oneof(
      { weight: 3, arbitrary: publishes },
      { weight: 1, arbitrary: ends() },
      { weight: 1, arbitrary: acts(subscribe) },
    ),
    lanes: 3,
    phases: 1,
  }),
  examples: {
    'STATELESS-06 subscriptions ended': sequence(
      [plain({ faults: { disconnect: 'lost' } }), plain()],
      act(0, sub()),
      close(),
      act(1, pub()),
    ),
    'STATELESS-06 onDisconnect once': sequence(
      [plain({ faults: { disconnect: 'lost' } }), plain()],
      act(0, sub()),
      close(),
      hosted(),
    ),
    'STATELESS-06 publisher none the wiser': sequence(
      [plain({ faults: { disconnect: 'lost' } }), plain()],
      act(0, sub()),
      close(),
      act(1, pub(), pub()),
    ),
    'LIFE-10 lost disconnect': sequence([plain({ faults: { disconnect: 'lost' } }), plain()], act(0, sub()), close(), hosted()),
  },
}

const subscribeT: fc.Arbitrary<Op> = fc.record({ op: fc.constant('subscribe' as const), topic: fc.constant('t') })
const hostT: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('publish' as const),
  topic: fc.constant('t'),
  exclude: fc.constant(null),
})
const early = fc.record({ posts: fc.array(fc.constant('gone' as const), { minLength: 1, maxLength: 2 }) })
const send = fc.record({ op: fc.constant('send' as const) })
const connect: fc.Arbitrary<Op[]> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(send) },
  { weight: 2, arbitrary: fc.tuple(subscribe, send) },
  { weight: 5, arbitrary: fc.tuple(fc.record({ op: fc.constant('close' as const) })) },
  { weight: 1, arbitrary: fc.tuple(send, fc.record({ op: fc.constant('close' as const) })) },
)

/** Output of onConnect, and its close, that the platform refuses at first. Nobody writes before all is over: what a message meets is gone. */
export const statelessEarlyOutput: Family = {
  name: 'stateless/early-output',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 60,
  arbitrary: program({
    clients: fc.array(fc.record({ channel: fc.constant('main'), fresh: fc.constant(true), connect, faults: early }), {
      minLength: 1,
      maxLength: 2,
    }),
    prefix: fc.tuple(idle, acts(fc.oneof(send, subscribe, publish), clientIndex(2))),
    step: fc.oneof(acts(fc.oneof(send, subscribe, publish), clientIndex(2)), hostPublish),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    "STATELESS-08 onConnect's output": sequence(
      [plain({ connect: [{ op: 'send' }], faults: { posts: ['gone'] } })],
      idled,
      act(0, sub()),
    ),
    'STATELESS-08 a close': sequence([plain({ connect: [{ op: 'close' }], faults: { posts: ['gone'] } })], idled, act(0, sub())),
  },
}

/** A client that is connected and has not been heard of, and publishes to it that the platform refuses at first. */
export const statelessEarlyPublishes: Family = {
  name: 'stateless/early-publishes',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 25,
  arbitrary: program({
    clients: fc.array(
      fc.record({
        channel: fc.constant('main'),
        fresh: fc.constant(true),
        connect: fc.tuple(subscribeT),
        faults: early,
      }),
      { minLength: 1, maxLength: 2 },
    ),
    // Each publish meets one refusal at least: none is left for what a message sends, which would be gone indeed.
    prefix: fc.tuple(hostT, hostT, acts(fc.oneof(send, subscribe, publish), clientIndex(2))),
    step: fc.oneof(acts(fc.oneof(send, subscribe, publish), clientIndex(2)), hostT),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'STATELESS-08 a publish: while connected': sequence(
      [plain({ connect: [sub()], faults: { posts: ['gone', 'gone'] } })],
      hosted(),
      hosted(),
      act(0, pub()),
    ),
  },
}

const waiting: fc.Arbitrary<Op[]> = fc.oneof(fc.tuple(subscribe, hold), fc.tuple(subscribe, subscribe, hold))

/** Publishes that meet a client whose onConnect is held at a gate. */
export const statelessConnecting: Family = {
  name: 'stateless/connecting',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 35,
  arbitrary: program({
    clients: fc.oneof(
      fc.tuple(fc.record({ channel: fc.constant('main'), connect: waiting }), faultyClient(faults({}))),
      fc.tuple(
        fc.record({ channel: fc.constant('main'), connect: waiting }),
        fc.record({ channel: fc.constant('main'), connect: waiting }),
      ),
    ),
    prefix: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(hostPublish, openGate, acts(publish, clientIndex(2))) },
      fc.array(fc.oneof(hostPublish, openGate), { minLength: 0, maxLength: 3 }),
    ),
    step: fc.oneof({ weight: 2, arbitrary: acts(publish, clientIndex(2)) }, hostPublish, openGate),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'STATELESS-08 a publish': sequence(
      [{ channel: 'main', connect: [sub(), { op: 'hold', gate: 'g' }] }, plain()],
      hosted(),
      gate,
      act(0, pub()),
    ),
  },
}
