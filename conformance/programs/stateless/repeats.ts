/** Programs whose connects, messages and disconnects come twice, at once or when all is over. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Program } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { act, pub, sequence, sub } from '../pubsub.ts'
import {
  advance,
  ask,
  asks,
  close,
  faults,
  faultyClient,
  gate,
  hold,
  hostPublish,
  later,
  look,
  mostOfADay,
  openGate,
  plain,
  publish,
  setSession,
  subscribe,
  sweep,
} from './platform-parts.ts'

const client = clientIndex(2)
const op: fc.Arbitrary<Op> = fc.oneof({ weight: 3, arbitrary: subscribe }, { weight: 2, arbitrary: setSession }, look, publish)
const acts = (who = client) =>
  fc.record({ do: fc.constant('act' as const), client: who, ops: fc.array(op, { minLength: 0, maxLength: 3 }) })
/** Goes on, with a write, once its channel may have closed. */
const held = fc.record({
  do: fc.constant('act' as const),
  client,
  ops: fc.tuple(hold, fc.oneof(setSession, subscribe, publish)),
  wait: fc.constant(false as const),
})
const closes = fc.record({ op: fc.constant('close' as const) })
const ends = (who = client) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('close' as const), client: who }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('vanish' as const), client: who }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('act' as const), client: who, ops: fc.tuple(closes) }) },
  )
const repeated = asks(client, 'repeat connect', 'repeat disconnect', 'repeat message')
const twice = faults({ connect: fc.constantFrom('twice', 'again'), disconnect: fc.constantFrom('twice', 'again') })
const scripts = {
  connect: fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.oneof(subscribe, setSession), { minLength: 0, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.tuple(fc.record({ op: fc.constant('throw' as const), error: fc.constant('error' as const) })) },
  ),
  disconnect: fc.array(fc.oneof(publish, look), { minLength: 0, maxLength: 1 }),
}

/** Acts of the first client, its end, and what comes behind it. */
const again = asks(fc.constant(0), 'repeat connect', 'repeat disconnect', 'repeat message', 'repeat message')
const behind = fc.tuple(
  acts(fc.constant(0)),
  ends(fc.constant(0)),
  again,
  fc.oneof({ weight: 3, arbitrary: again }, hostPublish, sweep),
)

export const statelessRepeats: Family = {
  name: 'stateless/repeats',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 90,
  arbitrary: program({
    clients: fc.array(faultyClient(twice, scripts), { minLength: 1, maxLength: 2 }),
    prefix: fc.oneof(
      { weight: 3, arbitrary: behind },
      fc.array(fc.oneof(acts(), held, ends(), repeated, openGate), { minLength: 0, maxLength: 5 }),
    ),
    step: fc.oneof({ weight: 3, arbitrary: acts() }, ends(), repeated, hostPublish),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'STATELESS-03 beside the first': sequence([plain({ faults: { disconnect: 'twice' } })], act(0, sub()), close()),
    'STATELESS-03 after the first': sequence([plain()], act(0, sub()), close(), ask('repeat disconnect')),
    'STATELESS-04 no handler': sequence([plain()], act(0, sub()), close(), ask('repeat message')),
    'STATELESS-04 creates nothing': sequence([plain()], act(0, sub()), close(), ask('repeat message'), ask('repeat message')),
    'STATELESS-05 onConnect once': sequence([plain({ faults: { connect: 'twice' } })], act(0)),
    'STATELESS-05 both answer alike': sequence([plain({ faults: { connect: 'again' } })], act(0)),
    'STATELESS-05 does not come back': sequence([plain()], act(0, sub()), close(), ask('repeat connect')),
    'SUB-06 nothing but its mark': sequence(
      [plain()],
      { do: 'act', client: 0, ops: [{ op: 'hold', gate: 'g' }, { op: 'session.set' }], wait: false },
      { do: 'vanish', client: 0 },
      gate,
    ),
    'SUB-12 after its removal': sequence([plain({ disconnect: [pub()] })], act(0, sub()), close()),
  },
}

/** The same most of a day later: each needs a clock of its own. */
const aged: fc.Arbitrary<Program['prefix']> = fc.tuple(
  fc.record({ do: fc.constant('act' as const), client, ops: fc.tuple(subscribe) }),
  fc.record({ do: fc.constant('close' as const), client: fc.constant(0) }),
  advance(mostOfADay, 23 * 3600),
  fc.oneof(asks(fc.constant(0), 'repeat connect', 'repeat message'), sweep),
  asks(fc.constant(0), 'repeat connect', 'repeat message'),
)

export const statelessDayLater: Family = {
  name: 'stateless/day-later',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 24,
  arbitrary: program({
    clients: fc.array(faultyClient(faults({})), { minLength: 1, maxLength: 2 }),
    prefix: aged,
    step: hostPublish,
    lanes: 1,
    phases: 1,
  }),
  examples: {
    'STATELESS-05 for a day': sequence(
      [plain()],
      act(0, sub()),
      close(),
      later(mostOfADay),
      ask('repeat connect'),
      ask('repeat connect'),
    ),
  },
}
