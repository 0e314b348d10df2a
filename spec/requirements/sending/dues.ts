/**
 * What each connection is owed: a message for every send, reply and publish that must have reached it, and whether it
 * came. Several requirements look at the same messages from different sides; this is what they share.
 */
import type { HistoryEvent, Wire } from '../../history.ts'
import { shaped } from '../../probe/channels/shaped.ts'
import { replyWire, sendWire, splitHandler } from '../../run/answers.ts'
import { actionOf } from '../../run/connections.ts'
import { fenceAfter } from '../../run/fences.ts'
import type { Call, Connection, OpRun, Publish, Receipt, Run } from '../../run/run.ts'
import { tooLarge } from '../../run/size.ts'
import type { Tagged } from '../../values.ts'
import { canonical, hasMiddleware, markOf, openAt } from './marks.ts'

/** `return`: of a handler that no routing key leads to; `reply`: of one that it does. */
export type Origin = 'send' | 'publish' | 'return' | 'reply'

/** One message owed to one connection. */
export interface Due {
  conn: Connection
  origin: Origin
  /** The handler call it comes from; undefined for a publish of the host. */
  call?: Call
  /** The operation that made it: `send`, `publish` or `return`. */
  op?: OpRun
  value: Tagged
  wire: Wire
  /** The name its value has in the whole run, if it has one of its own. */
  mark?: string
  made: HistoryEvent
  /** The message that it became. */
  receipt?: Receipt
  /** Nothing else on its connection looks like it, so that `receipt` is certainly its own. */
  unique: boolean
  /** Every message that was sent before `proof` has arrived, and this one was. */
  proof?: HistoryEvent
  /** It has not arrived although `proof` says that it would have. */
  missing: boolean
}

/** One connection's messages. */
export interface Account {
  conn: Connection
  dues: Due[]
  /** What was received and answers to nothing; error replies apart. */
  strays: Receipt[]
}

/** Past this many connections publishes are not accounted for: a fan-out is judged elsewhere. */
const mostConnections = 50

const known = new WeakMap<Run, readonly Account[]>()

/** The accounts of a run's connections, made once for all requirements. */
export function accounts(run: Run): readonly Account[] {
  let made = known.get(run)
  if (made === undefined) {
    const marks = countMarks(run)
    made = run.connections.map((conn) => accountOf(run, conn, marks))
    known.set(run, made)
  }
  return made
}

function accountOf(run: Run, conn: Connection, marks: ReadonlyMap<string, number>): Account {
  const publishes = run.connections.length > mostConnections ? [] : run.publishes
  const dues = [
    ...conn.calls.flatMap((call) => [...sends(run, conn, call), ...replies(run, conn, call)]),
    ...publishes.flatMap((publish) => published(run, conn, publish)),
  ].filter(({ wire }) => (!('hex' in wire) || run.capabilities.has('binary')) && !refused(run, wire))
  for (const due of dues) if (due.mark !== undefined && marks.get(due.mark) !== 1) due.mark = undefined
  settle(conn, dues)
  return {
    conn,
    dues,
    strays: conn.received.filter(
      (each) => each.answers === undefined && typeof each.json?.errorName !== 'string' && !ofFence(each),
    ),
  }
}

/** Whether the system's platform takes no message of this size (STATELESS-15). */
const refused = (run: Run, wire: Wire): boolean => run.capabilities.has('stateless') && tooLarge(wire)

/** The answer to a fence, in a form that it should not have. */
const ofFence = ({ wire }: Receipt): boolean => 'text' in wire && /"\d+\.f\d+"/.test(wire.text)

function countMarks(run: Run): Map<string, number> {
  const counts = new Map<string, number>()
  const count = (value: Tagged | undefined): void => {
    const mark = value === undefined ? undefined : markOf(value)
    if (mark !== undefined) counts.set(mark, (counts.get(mark) ?? 0) + 1)
  }
  for (const call of run.calls) for (const op of call.ops) count(op.args.value)
  for (const publish of run.publishes) if (publish.op === undefined) count(publish.value)
  return counts
}

function due(run: Run, of: Omit<Due, 'unique' | 'missing' | 'mark'>, sentBy: HistoryEvent | undefined): Due {
  const proof = sentBy !== undefined && openAt(run, of.conn, of.conn.fenced) ? fenceAfter(run, of.conn, sentBy) : undefined
  return {
    ...of,
    mark: markOf(of.value),
    unique: false,
    missing: false,
    proof,
  }
}

function sends(run: Run, conn: Connection, call: Call): Due[] {
  return call.ops.flatMap((op) => {
    if (op.name !== 'send') return []
    const value = op.args.value ?? null
    const encoded = sendWire(call, value)
    if (!('wire' in encoded)) return []
    // One left floating is over when its handler has settled, which the next handler of the connection waits for.
    const floating = op.end === undefined && call.message !== undefined && run.capabilities.has('ordered')
    const sentBy = op.end?.outcome === 'ok' ? op.end : floating ? call.settled : undefined
    const made = due(run, { conn, origin: 'send', call, op, value, wire: encoded.wire, made: op.begin }, sentBy)
    const lost = refusedForNothing(run, conn, op) ? op.end : undefined
    return [{ ...made, proof: made.proof ?? lost }]
  })
}

/**
 * Whether a send was refused though nothing is wrong with its connection, which has not been seen to end, reads what it is
 * sent, and has no schema that refuses: what is refused so will not arrive, even where no fence can prove it any more.
 */
function refusedForNothing(run: Run, conn: Connection, { end }: OpRun): boolean {
  if (end?.outcome !== 'rejected' || end.error?.name === 'PayloadTooLargeError') return false
  if (!run.capabilities.has('stateful') || conn.channel === shaped.name || hasMiddleware(conn)) return false
  // A handshake that was refused, or may have been, has nobody to send to.
  if (!run.complete || conn.open === undefined || conn.refused !== undefined) return false
  const paused = run.of('invoke').some((event) => event.conn === conn.name && actionOf(event).do === 'pause')
  return !paused && conn.closed === undefined && openAt(run, conn, end)
}

function replies(run: Run, conn: Connection, call: Call): Due[] {
  if (call.handler === 'middleware') return []
  const wire = replyWire(call)
  if (wire === undefined || call.leave === undefined || call.message === undefined || call.message.calls.length !== 1) return []
  const origin = splitHandler(call.handler)[0] === undefined ? 'return' : 'reply'
  const op = call.ops.findLast((each) => each.name === 'return')
  // Middleware may send something else in its place.
  const sentBy = hasMiddleware(conn) ? undefined : call.settled
  return [
    due(
      run,
      {
        conn,
        origin,
        call,
        op,
        value: call.leave.value ?? null,
        wire,
        made: call.leave,
      },
      sentBy,
    ),
  ]
}

function published(run: Run, conn: Connection, publish: Publish): Due[] {
  if (publish.wire === undefined || publish.sentinel) return []
  const expected = publish.exclude === conn.channelId ? 'must not' : run.subscribed(conn, publish)
  if (expected === 'must not' && !publish.receipts.some((receipt) => receipt.conn === conn)) return []
  const { op, value, wire, begin, end } = publish
  return [
    due(run, { conn, origin: 'publish', call: op?.call, op, value, wire, made: begin }, expected === 'must' ? end : undefined),
  ]
}

/** Gives every due its receipt; where several look alike, only what their number cannot explain is missing. */
function settle(conn: Connection, dues: readonly Due[]): void {
  const copies = new Map<string, Receipt[]>()
  for (const receipt of conn.received) {
    const form = canonical(receipt.wire)
    copies.set(form, [...(copies.get(form) ?? []), receipt])
  }
  const alike = new Map<string, Due[]>()
  for (const each of dues) {
    const form = canonical(each.wire)
    alike.set(form, [...(alike.get(form) ?? []), each])
  }
  for (const [form, group] of alike) {
    const received = copies.get(form) ?? []
    const unique = group.length === 1 && received.length <= 1
    group.forEach((each, index) => {
      each.unique = unique
      each.receipt = received[index]
    })
    const certain = group.filter((each) => each.proof !== undefined)
    for (const each of certain.slice(Math.min(received.length, certain.length))) {
      each.missing = true
      each.receipt = undefined
    }
  }
}
