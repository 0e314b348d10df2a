/** Programs about what onConnect leaves to be delivered (STATELESS-10, STATELESS-13). */
import fc from 'fast-check'
import type { ConnectionFaults } from '../../../spec/platform.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { program } from '../parts.ts'
import {
  act,
  acts,
  advance,
  answers,
  change,
  clients,
  idle,
  killAt,
  look,
  named,
  noPhases,
  platform,
  returns,
  script,
  send,
  sequence,
  unawaited,
} from './parts.ts'

const me = fc.constant(0)
const output = fc.oneof({ weight: 3, arbitrary: unawaited('send') }, { weight: 2, arbitrary: named('return') })
const connect = fc.oneof(
  { weight: 3, arbitrary: script(output) },
  { weight: 1, arbitrary: fc.tuple(named('send'), change('subscribe')) },
)
/** A close() among what is left behind. */
const closing = fc.oneof(fc.tuple(named('send'), unawaited('close')), fc.tuple(unawaited('close')))

const deliver = fc.constantFrom('twice' as const, 'again' as const, 'late' as const)
const posts = answers('gone', 'throttled', 'throttled', null)
const quiet: fc.Arbitrary<ConnectionFaults> = fc.record(
  { deliver, posts },
  { requiredKeys: [] },
) as fc.Arbitrary<ConnectionFaults>
/** At least two outputs, so that one of them can be lost. */
const several = fc.array(output, { minLength: 2, maxLength: 3 })

/** The close, or what comes before it, is to be tried again later. */
const busy = fc.record({ posts: answers('throttled', null) }) as fc.Arbitrary<ConnectionFaults>

const step = fc.oneof(
  { weight: 4, arbitrary: acts(me, script(fc.oneof(named('send'), named('look')), 2)) },
  { weight: 1, arbitrary: platform(me, 'repeat deliver', 'release') },
  { weight: 1, arbitrary: idle },
)
const steps = fc.array(step, { minLength: 0, maxLength: 3 })

const living = (conn: fc.Arbitrary<Op[]>, faults = quiet) =>
  program({ clients: fc.tuple(clients({ connect: conn, faults })), prefix: steps, step, lanes: 3, phases: 1 })

const two = [send, send]
const late = { deliver: 'late' } as const

export const deferredLiving: Family = {
  name: 'stateless/deferred',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 70,
  arbitrary: fc.oneof(
    { weight: 4, arbitrary: living(connect) },
    { weight: 1, arbitrary: living(closing) },
    { weight: 1, arbitrary: living(closing, busy) },
  ),
  examples: {
    'STATELESS-10 at most once': sequence(
      [{ channel: 'main', connect: two, faults: { deliver: 'twice' } }],
      { do: 'idle' },
      act(0, look),
      { do: 'idle' },
    ),
    'STATELESS-10 after the connect': sequence([{ channel: 'main', connect: two }], { do: 'idle' }),
    'STATELESS-10 in order': sequence([{ channel: 'main', connect: [send, send, returns] }], { do: 'idle' }),
    'STATELESS-10 before any message handler': sequence([{ channel: 'main', connect: two, faults: late }], act(0, look), {
      do: 'platform',
      what: 'release',
      client: 0,
    }),
    'STATELESS-10 close() is not lost: to a busy platform': sequence(
      [{ channel: 'main', connect: [{ op: 'close' }], faults: { posts: ['throttled'] } }],
      { do: 'idle' },
    ),
    'STATELESS-13 what is deferred is durable': sequence([{ channel: 'main', connect: [returns] }], { do: 'idle' }),
  },
}

/** Sent, and not waited for: it may have to wait for a lease until the clock goes on. */
const waiting = fc.record({
  do: fc.constant('act' as const),
  client: me,
  ops: script(fc.oneof(named('send'), named('look')), 2),
  wait: fc.constant(false as const),
})
const goesOn = advance(15, 60)

/** The deferred invocation dies over what it has claimed; it comes once more, and then messages do. */
const deliverDies = (connect: fc.Arbitrary<Op[]>): fc.Arbitrary<Program> =>
  fc.record({
    clients: fc.tuple(clients({ connect, faults: fc.record({ kill: killAt('deliver', 1, 2, 2, 3) }) })),
    prefix: fc.tuple(idle, waiting, waiting, goesOn, idle),
    phases: noPhases,
  }) as fc.Arbitrary<Program>

/** A message's invocation dies over it, the deferred one being late; the next message waits for its lease. */
const messageDies = (connect: fc.Arbitrary<Op[]>): fc.Arbitrary<Program> => {
  const faults = fc.record({ deliver: fc.constant('late' as const), kill: killAt('message', 2, 3, 3, 4) })
  return fc.record({
    clients: fc.tuple(clients({ connect, faults })),
    prefix: fc.tuple(waiting, idle, waiting, goesOn, fc.oneof(idle, platform(me, 'release'))),
    phases: noPhases,
  }) as fc.Arbitrary<Program>
}

const looks: Step = { do: 'act', client: 0, ops: [look], wait: false }
const later: Step = { do: 'advance', seconds: 15 }
const dies: ConnectionFaults = { kill: { event: 'deliver', request: 2, when: 'after' } }

export const deferredDying: Family = {
  name: 'stateless/leases',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 120,
  arbitrary: fc.oneof(
    { weight: 3, arbitrary: deliverDies(several) },
    { weight: 2, arbitrary: deliverDies(closing) },
    { weight: 3, arbitrary: messageDies(several) },
    { weight: 2, arbitrary: messageDies(closing) },
  ),
  examples: {
    'STATELESS-10 lost and logged': sequence(
      [{ channel: 'main', connect: two, faults: dies }],
      { do: 'idle' },
      looks,
      looks,
      later,
      { do: 'idle' },
    ),
    'STATELESS-10 close() is not lost': sequence(
      [{ channel: 'main', connect: [send, { op: 'close' }], faults: dies }],
      { do: 'idle' },
      looks,
      looks,
      later,
      { do: 'idle' },
    ),
  },
}
