/** Every occasion on which a session was read, with what the contract allows it to have been. Shared by this area's judgments. */
import type { HistoryEvent } from '../../history.ts'
import { lastedAfter } from '../../run/fences.ts'
import type { Call, Connection, Message, OpRun, Receipt, Run } from '../../run/run.ts'
import { type Json, sameJson, type Tagged } from '../../values.ts'
import { type AuthTarget, authOf, targetOf } from './handlers.ts'
import { none, type Possible, possibleAt, type Write, writesOf } from './writes.ts'

/** What became of a message as far as authorisation goes. */
export interface MessageReading {
  connection: Connection
  message: Message
  /** The handler it is for; where one ran, that one. */
  target: AuthTarget
  /** 'ran': a handler was given `seen`. 'refused': an UnauthorizedError came instead. 'silent': neither. */
  came: 'ran' | 'refused' | 'silent'
  call?: Call
  refusal?: Receipt
  seen: Tagged
  possible: Possible
}

/** What one `userSession.get` gave. */
export interface GetReading {
  connection: Connection
  op: OpRun
  seen: Tagged
  possible: Possible
}

export interface Readings {
  messages: MessageReading[]
  gets: GetReading[]
  /** By connection, every write. */
  writes: ReadonlyMap<Connection, Write[]>
  /** The number that the marks of this program’s sessions begin with. */
  program: string | undefined
}

const remembered = new WeakMap<Run, Readings>()

/** The readings of a run; worked out once for all of this area's judgments. */
export function readingsOf(run: Run): Readings {
  const known = remembered.get(run)
  if (known !== undefined) return known
  const writes = new Map(run.connections.map((connection) => [connection, writesOf(connection)]))
  const of = (connection: Connection): Write[] => writes.get(connection) ?? []
  const made: Readings = {
    writes,
    program: run
      .of('invoke')
      .find((event) => event.step !== undefined)
      ?.step?.split('.')[0],
    messages: run.connections.flatMap((connection) =>
      connection.messages.flatMap((message) => readMessage(run, of(connection), message)),
    ),
    gets: run.connections.flatMap((connection) =>
      connection.calls.flatMap((call) => call.ops.flatMap((op) => readGet(run, connection, of(connection), op))),
    ),
  }
  remembered.set(run, made)
  return made
}

function readMessage(run: Run, writes: readonly Write[], message: Message): MessageReading[] {
  if (message.fence) return []
  const { conn: connection } = message
  const call = message.calls[0]
  const target = call === undefined ? targetOf(message) : authOf(connection.channel, call.handler)
  if (target === undefined) return []
  const refusal = call === undefined ? refusalOf(message) : undefined
  const instant = {
    connection,
    message,
    ...(call === undefined ? {} : { given: call }),
    ...(refusal === undefined ? {} : { answered: refusal.event }),
  }
  const possible = possibleAt(run, writes, instant)
  if (possible === undefined) return []
  const came = call !== undefined ? 'ran' : refusal !== undefined ? 'refused' : 'silent'
  const of = { connection, message, target, came, seen: call?.enter.session ?? none, possible } as const
  return [{ ...of, ...(call === undefined ? {} : { call }), ...(refusal === undefined ? {} : { refusal }) }]
}

/** The error reply that refused a message for want of a session; with middleware, only where that saw it come from below. */
function refusalOf(message: Message): Receipt | undefined {
  const refusal = message.replies.find(
    (receipt) => receipt.answers?.kind === 'error' && receipt.json?.errorName === 'UnauthorizedError',
  )
  if (refusal === undefined || message.middleware.length === 0) return refusal
  const inner = message.middleware.find((call) => call.enter.middleware?.which === 'inner')
  return inner?.ops.some((op) => op.name === 'next' && op.end?.error?.name === 'UnauthorizedError') === true ? refusal : undefined
}

function readGet(run: Run, connection: Connection, writes: readonly Write[], op: OpRun): GetReading[] {
  if ((op.name !== 'session.get' && op.name !== 'look') || op.end?.outcome !== 'ok') return []
  const possible = possibleAt(run, writes, { connection, get: op })
  if (possible === undefined || closedMeanwhile(run, connection, op)) return []
  const value = op.end.value ?? none
  const seen = op.name === 'look' ? ((value as { stored?: Json }).stored ?? none) : value
  return [{ connection, op, seen, possible }]
}

/** Where state lives in a store, a session goes with its channel: a handler that outlives it may find none. */
function closedMeanwhile(run: Run, { ending }: Connection, { call, end }: OpRun): boolean {
  if (run.capabilities.has('stateful') || call.handler === 'onDisconnect' || ending === undefined) return false
  return run.before(end, ending) !== 'yes'
}

/** The one session it must have been; undefined where the contract leaves more than one open. */
export function mustBe({ possible }: { possible: Possible }): { session: Tagged } | undefined {
  return possible.values.length === 1 ? { session: possible.values[0] as Tagged } : undefined
}

/** Whether a message certainly had no session. */
export const unauthenticated = (reading: MessageReading): boolean => sameJson(mustBe(reading)?.session, none)

/** How what was seen differs from what must have been seen; undefined where it does not, or where more than one was open. */
export type Difference = 'foreign' | 'mutated' | 'lost' | 'stale' | 'other'

export function difference(readings: Readings, reading: MessageReading | GetReading): Difference | undefined {
  const must = mustBe(reading)
  const { seen, connection } = reading
  if (must === undefined || sameJson(seen, must.session)) return undefined
  if (ownerOf(readings, connection, seen) !== undefined || madeElsewhere(readings, connection, seen)) return 'foreign'
  if (JSON.stringify(seen).includes('mutated')) return 'mutated'
  if (sameJson(seen, none)) return 'lost'
  return (readings.writes.get(connection) ?? []).some((write) => sameJson(write.value, seen)) ? 'stale' : 'other'
}

/** The other connection that alone has written a session. */
export function ownerOf(readings: Readings, connection: Connection, session: Tagged): Connection | undefined {
  if (sameJson(session, none)) return undefined
  const wrote = (each: Connection): boolean => (readings.writes.get(each) ?? []).some((write) => sameJson(write.value, session))
  return wrote(connection) ? undefined : [...readings.writes.keys()].find(wrote)
}

/** Whether a session is one of an earlier program: it bears the mark of one, or the connection has never set any. */
export function madeElsewhere({ program, writes }: Readings, connection: Connection, session: Tagged): boolean {
  if (sameJson(session, none) || session === null) return false
  if ((writes.get(connection) ?? []).length === 0) return true
  const mark = typeof session === 'object' && session !== null && !Array.isArray(session) ? session.m : undefined
  return typeof mark === 'string' && /^\d+\./.test(mark) && program !== undefined && !mark.startsWith(`${program}.`)
}

/** Where a reading is anchored: the message, or the operation's beginning. */
export const startOf = (reading: MessageReading | GetReading): HistoryEvent =>
  'op' in reading ? reading.op.begin : reading.message.event

/** What the reading ended in. */
export const endOf = (reading: MessageReading | GetReading): HistoryEvent | undefined =>
  'op' in reading ? reading.op.end : (reading.call?.enter ?? reading.refusal?.event)

/** Handler runs that threw between the write a reading rests on and the reading: certainly, or possibly. */
export function thrownBetween(run: Run, reading: MessageReading): { certain: Call[]; possible: boolean } {
  const { last } = reading.possible
  const end = endOf(reading)
  if (last === undefined) return { certain: [], possible: false }
  const possible = reading.connection.calls.filter((call) => {
    if (call.handler === 'armed' || call.handler === 'middleware' || call.leave?.outcome !== 'rejected' || call === reading.call)
      return false
    return (
      run.before(call.leave, last.op.begin) !== 'yes' && run.before(end, call.enter) !== 'yes' && !sentLater(run, call, reading)
    )
  })
  const certain = possible.filter((call) => {
    if (call !== last.call && run.before(last.op.end, call.enter) !== 'yes') return false
    return run.before(call.leave, end) === 'yes' || run.before(call.message?.replies[0]?.event, end) === 'yes'
  })
  return { certain, possible: possible.length > 0 }
}

const sentLater = (run: Run, call: Call, { message }: MessageReading): boolean =>
  run.capabilities.has('ordered') && call.message !== undefined && call.message.event.seq > message.event.seq

/**
 * Whether what answers a connection's messages (up to `last`) had arrived before anything began to end it: its fence was
 * sent behind them, and proves that they had been handled.
 */
export function arrivedWhole(run: Run, connection: Connection, last?: Message): boolean {
  const { fenced, ending, messages } = connection
  const behind = messages.findLast((message) => !message.fence && (last === undefined || message.event.seq <= last.event.seq))
  if (behind !== undefined) return lastedAfter(run, connection, behind.event) !== undefined
  return fenced !== undefined && (ending === undefined || run.before(fenced, ending) === 'yes')
}

/** A sentence part that names a reading. */
export function naming(reading: MessageReading | GetReading): string {
  if ('op' in reading) return `userSession.get of step ${reading.op.call.step ?? '?'} on ${reading.connection.name}`
  return `the handler of step ${reading.message.step ?? '?'} (${reading.target.handler}) on ${reading.connection.name}`
}
