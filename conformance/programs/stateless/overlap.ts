/** Programs whose messages overlap: of one connection and of many, with sessions written side by side. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { act, hosted, sequence, sub } from '../pubsub.ts'
import { answers, stores } from './parts.ts'
import {
  faults,
  faultyClient,
  gate,
  hold,
  hostPublish,
  look,
  openGate,
  plain,
  publish,
  setSession,
  subscribe,
} from './platform-parts.ts'

const client = clientIndex(2)
const write: fc.Arbitrary<Op[]> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(hold, setSession) },
  { weight: 1, arbitrary: fc.tuple(hold, subscribe) },
  { weight: 1, arbitrary: fc.tuple(hold, look) },
  { weight: 1, arbitrary: fc.tuple(hold, fc.record({ op: fc.constant('session.clear' as const) })) },
)
const writes: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('act' as const),
  client: fc.constant(0),
  ops: write,
  wait: fc.constant(false as const),
})
const acts: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('act' as const),
  client,
  ops: fc.array(fc.oneof(look, subscribe, publish, setSession), { minLength: 0, maxLength: 2 }),
})
const unawaited: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('act' as const),
  client,
  ops: fc.array(fc.oneof(look, subscribe, publish, setSession), { minLength: 0, maxLength: 2 }),
  wait: fc.constant(false as const),
})
/** Requests that others overtake. */
const slowStores = stores(fc.constant('slow'), 1, 3)
const slowPosts = answers('slow', null)
/** What onConnect has set is there for every process that handles a message. */
const setsSession: fc.Arbitrary<Op[]> = fc.tuple(setSession)
const held: Step = { do: 'act', client: 0, ops: [{ op: 'hold', gate: 'g' }, { op: 'session.set' }], wait: false }
const heldLook: Step = { do: 'act', client: 0, ops: [{ op: 'hold', gate: 'g' }, { op: 'look' }], wait: false }
const unwaited: Step = { do: 'act', client: 0, ops: [{ op: 'look' }], wait: false }
const looked: Step = { do: 'act', client: 0, ops: [{ op: 'look' }] }
const looks = fc.constant(looked)

export const statelessOverlap: Family = {
  name: 'stateless/overlap',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 240,
  arbitrary: program({
    clients: fc.array(
      faultyClient(faults({ messages: fc.constant('overtaken'), posts: slowPosts }), {
        connect: setsSession,
        query: fc.constantFrom('room=x', 'room=a&room=b'),
      }),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
    prefix: fc.oneof(
      { weight: 4, arbitrary: fc.tuple(writes, writes, openGate, looks, looks) },
      { weight: 2, arbitrary: fc.tuple(writes, writes, writes, openGate, looks, acts, looks) },
      { weight: 2, arbitrary: fc.tuple(writes, writes, writes, openGate, looks, looks) },
      { weight: 2, arbitrary: fc.tuple(unawaited, unawaited, unawaited, acts, hostPublish) },
      { weight: 2, arbitrary: fc.tuple(slowStores, unawaited, unawaited, acts, hostPublish) },
      fc.array(fc.oneof(acts, hostPublish), { minLength: 0, maxLength: 4 }),
    ),
    step: fc.oneof({ weight: 3, arbitrary: acts }, unawaited, hostPublish),
    lanes: 3,
    phases: 1,
  }),
  examples: {
    'STATELESS-01 opening data': sequence([plain({ query: 'room=x' })], act(0, { op: 'look' })),
    'STATELESS-01 session': sequence([plain()], act(0, { op: 'session.set' }), looked),
    'STATELESS-01 session: set by onConnect': sequence([plain({ connect: [{ op: 'session.set' }] })], looked, looked),
    'STATELESS-01 state': sequence([plain()], looked),
    'STATELESS-01 subscriptions': sequence([plain()], act(0, sub()), hosted()),
    'STATELESS-02 one of those written': sequence([plain()], held, held, gate, looked, looked),
    'STATELESS-02 one of those written: beside a reader': sequence([plain()], held, held, heldLook, gate, looked, looked),
    'STATELESS-02 stays so': sequence([plain()], held, held, held, gate, looked, looked, looked),
    'STATELESS-02 nothing lost': sequence([plain()], held, held, gate, looked, looked),
    'STATELESS-02 nothing duplicated: out of order': sequence(
      [plain({ faults: { messages: 'overtaken', posts: ['slow', null] } })],
      unwaited,
      unwaited,
      unwaited,
      looked,
      hosted(),
    ),
    'STATELESS-02 nothing duplicated': sequence([plain()], held, held, gate, looked, looked),
  },
}
