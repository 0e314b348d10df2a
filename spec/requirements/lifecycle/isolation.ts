/** Connections do not feel each other: neither one's waiting (LIFE-16) nor its failing (LIFE-17). */
import type { ClientEventOf, HistoryEvent, ServerEventOf } from '../../history.ts'
import { broken, decide, kept, requirement, undecided } from '../../requirement.ts'
import { sendWire } from '../../run/answers.ts'
import { actionOf } from '../../run/connections.ts'
import { ordinaryTopic } from '../../run/deliveries.ts'
import { fenceAfter } from '../../run/fences.ts'
import type { Call, Connection, OpRun, Run } from '../../run/run.ts'
import { encode } from '../../wire.ts'
import { handlesMessage } from './attempts.ts'
import { actedOnly, closedForNothing, connectCall, disconnectCalls, hasDisconnect } from './endings.ts'
import { causedBy, othersUntouched } from './last-handler.ts'

type Waiting = 'a waiting message handler' | 'a waiting onConnect' | 'a waiting onDisconnect'

function waitingClause(call: Call): Waiting | undefined {
  if (call.handler === 'onConnect') return 'a waiting onConnect'
  if (call.handler === 'onDisconnect') return 'a waiting onDisconnect'
  return handlesMessage(call) ? 'a waiting message handler' : undefined
}

/** A handler that waits at a gate, and until when. */
interface Hold {
  clause: Waiting
  op: OpRun
  gate: ClientEventOf<'gate'> | undefined
}

function holdsOf(run: Run): Hold[] {
  return run.calls.flatMap((call) => {
    const clause = waitingClause(call)
    if (clause === undefined || call.conn?.startsWith('~') !== false) return []
    const holds = call.ops.filter((op) => op.name === 'hold')
    return holds.map((op) => ({ clause, op, gate: run.of('gate').find((event) => event.name === op.args.gate) }))
  })
}

export const life16 = requirement({
  id: 'LIFE-16',
  title: 'A handler that is waiting delays no other connection',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'a waiting message handler': {
      promise: 'while a message handler waits, other connections’ handlers start',
      needs: ['trace'],
    },
    'a waiting onConnect': { promise: 'while an onConnect waits, other connections’ handlers start', needs: ['trace'] },
    'a waiting onDisconnect': { promise: 'while an onDisconnect waits, other connections’ handlers start', needs: ['trace'] },
  },
  source: { decision: 'one slow database call must not stop the server for everybody' },
  *judge(run) {
    const holds = holdsOf(run)
    if (holds.length === 0) return
    const [stall] = run.of('stall')
    for (const hold of holds) {
      for (const other of run.connections) if (other.name !== hold.op.call.conn) yield* meanwhile(run, hold, other, stall)
    }
  },
})

/** What another connection asked for while the handler waited, and whether that started before it went on. */
function* meanwhile(run: Run, hold: Hold, other: Connection, stall: HistoryEvent | undefined) {
  const during = (asked: HistoryEvent): boolean =>
    run.before(hold.op.begin, asked) === 'yes' && (hold.gate === undefined || run.before(asked, hold.gate) === 'yes')
  const connect = connectCall(other)
  if (other.connect !== undefined && other.channel === 'main' && during(other.connect))
    yield* started(run, hold, other, other.connect, connect, stall)
  yield* leaving(run, hold, other, stall, during)
  for (const [index, message] of other.messages.entries()) {
    if (!isProbe(message.json) || !during(message.event)) continue
    const free = (by: HistoryEvent): boolean =>
      (other.connect === undefined || other.channel !== 'main' || run.before(connect?.leave, by) === 'yes') &&
      other.messages
        .slice(0, index)
        .every((earlier) => isProbe(earlier.json) && run.before(earlier.calls[0]?.settled, by) === 'yes')
    yield* started(run, hold, other, message.event, message.calls[0], stall !== undefined && free(stall) ? stall : undefined)
  }
}

/** Another connection whose client goes, with nothing of its own to wait for, has its onDisconnect. */
function* leaving(
  run: Run,
  hold: Hold,
  other: Connection,
  stall: HistoryEvent | undefined,
  during: (asked: HistoryEvent) => boolean,
) {
  const { ending, calls, spec } = other
  if (ending?.kind !== 'invoke' || !['close', 'vanish'].includes(actionOf(ending).do as string) || !during(ending)) return
  const [disconnect] = disconnectCalls(other)
  if (!hasDisconnect(other) || spec.middleware !== undefined || other.messages.some(({ calls }) => calls.length === 0)) return
  if (calls.some((call) => call !== disconnect && run.before(call.settled, ending) !== 'yes')) return
  if (hold.gate !== undefined && run.before(disconnect?.enter, hold.gate) === 'yes')
    yield kept(hold.clause, hold.op.begin, ending, disconnect?.enter)
  else if (
    stall !== undefined &&
    run.before(ending, stall) === 'yes' &&
    run.before(disconnect?.enter, stall) !== 'yes' &&
    (hold.gate === undefined || run.before(stall, hold.gate) === 'yes')
  ) {
    yield broken(hold.clause, {
      events: [hold.op.begin, ending, stall, disconnect?.enter],
      expected: `onDisconnect of ${other.name} while ${hold.op.call.handler} of ${hold.op.call.conn} is waiting`,
      observed: 'it had not started when the kit let the waiting handler go on',
    })
  } else yield undecided(hold.clause)
}

const isProbe = (json: { [key: string]: unknown } | undefined): boolean => json?.action === 'probe' && typeof json.id === 'string'

function* started(
  run: Run,
  hold: Hold,
  other: Connection,
  asked: HistoryEvent,
  call: Call | undefined,
  stall: HistoryEvent | undefined,
) {
  if (hold.gate !== undefined && run.before(call?.enter, hold.gate) === 'yes') {
    yield kept(hold.clause, hold.op.begin, asked, call?.enter)
    return
  }
  // Nothing of its own kept it: the system answered, and still nothing of it had started when the kit opened the gates.
  const late = stall !== undefined && run.before(asked, stall) === 'yes' && run.before(call?.enter, stall) !== 'yes'
  const waitedUntilThen = stall !== undefined && (hold.gate === undefined || run.before(stall, hold.gate) === 'yes')
  if (
    !late ||
    !waitedUntilThen ||
    (other.ending !== undefined && run.before(stall, other.ending) !== 'yes') ||
    other.spec.middleware !== undefined ||
    !actedOnly(run, other)
  ) {
    yield undecided(hold.clause)
    return
  }
  yield broken(hold.clause, {
    events: [hold.op.begin, asked, stall, call?.enter],
    expected: `a handler of ${other.name} while ${hold.op.call.handler} of ${hold.op.call.conn} is waiting`,
    observed: 'nothing of it started until the kit let the waiting handler go on',
  })
}

export const life17 = requirement({
  id: 'LIFE-17',
  title: 'A message handler that throws leaves its connection open; no handler that throws touches any other connection',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'thrown at once': {
      promise: 'a message handler that throws before it has waited for anything leaves its connection open',
      needs: ['trace'],
    },
    'thrown later': { promise: 'a message handler that throws after it has waited leaves its connection open', needs: ['trace'] },
    'other connections': { promise: 'every other connection stays open and is answered', needs: ['trace'] },
    'nothing unhandled': { promise: 'no error becomes an unhandled rejection or an uncaught exception', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'Handles errors gracefully' },
  *judge(run) {
    let thrown = 0
    for (const connection of run.connections) {
      for (const call of connection.calls) {
        if (call.leave?.outcome !== 'rejected' || (!handlesMessage(call) && call.handler !== 'onConnect')) continue
        thrown++
        if (handlesMessage(call)) yield* staysOpen(run, connection, call)
        yield* othersUntouched(run, call, 'other connections')
      }
    }
    yield* nothingUnhandled(run, thrown)
  },
})

function* staysOpen(run: Run, connection: Connection, call: Call) {
  const waited = call.ops.some((op) => op.args.late === true || op.name === 'hold' || op.name === 'turn')
  const clause = waited ? 'thrown later' : 'thrown at once'
  const { closed, fenced } = connection
  if (closedForNothing(run, connection)) {
    yield broken(clause, {
      events: [call.message?.event, call.leave, closed],
      expected: `${connection.name} open after the handler of step ${call.step} has thrown`,
      observed: `it was closed with ${closed?.code}`,
    })
  } else if (fenceAfter(run, connection, call.leave) !== undefined) yield kept(clause, call.leave, fenced)
}

/** Calls that reject with a TypeError where what they are given cannot be encoded. */
const encoding = new Set(['send', 'publish', 'session.set'])

/** What other requirements are about: calls that nobody awaits, disposals and receivers that throw. */
function explained(run: Run, fault: ServerEventOf<'fault'>): boolean {
  const { message } = fault
  if (/disposal threw|receiver \S+ threw/.test(message)) return true
  const refused = message.startsWith('TypeError') ? unencodable : message.startsWith('ChannelClosedError') ? onClosed : never
  return run.calls.some((call) =>
    call.ops.some((op) => op.args.mode === 'float' && run.before(op.begin, fault) !== 'no' && refused(op, run)),
  )
}

const never = (): boolean => false

/** A binary value can be sent where the adapter says so, and is never a session; a topic may be one that no hub takes. */
function unencodable(op: OpRun): boolean {
  if (typeof op.args.topic === 'string' && !ordinaryTopic(op.args.topic)) return true
  if (!encoding.has(op.name)) return false
  const encoded = op.name === 'send' ? sendWire(op.call, op.args.value ?? null) : encode(op.args.value ?? null)
  return !('wire' in encoded) || 'hex' in encoded.wire
}

/** Whether the channel may have been closed when the call was made, or while it was pending. */
function onClosed(op: OpRun, run: Run): boolean {
  return run.byChannelId.get(op.call.channelId)?.ending !== undefined
}

function* nothingUnhandled(run: Run, thrown: number) {
  const inDisconnect = run.connections.flatMap(disconnectCalls)
  const fault = run
    .of('fault')
    .find((each) => !explained(run, each) && !inDisconnect.some((call) => causedBy(each.message, call)))
  if (fault === undefined && (thrown === 0 || !run.complete)) return
  yield decide('nothing unhandled', fault === undefined, {
    events: [fault],
    expected: 'every error of a handler caught by the system',
    observed: `${fault?.what}: ${fault?.message}`,
    ...(thrown === 0 ? { ledger: true } : {}),
  })
}
