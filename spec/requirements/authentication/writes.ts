/** The session writes of a connection, and which of them a reading must, may or cannot see. */

import type { HistoryEvent } from '../../history.ts'
import type { Call, Connection, Message, OpRun, Run } from '../../run/run.ts'
import { type Json, sameJson, type Tagged } from '../../values.ts'

/** What no session looks like in a trace. */
export const none: Tagged = { $: 'undefined' }

/** One `userSession.set` or `clear`. */
export interface Write {
  op: OpRun
  call: Call
  /** What is stored by it: `none` for a clear. */
  value: Tagged
  outcome: 'ok' | 'rejected' | 'unknown'
}

/** A session being read: by a handler that is given it, by the authorisation of a message, or by `userSession.get`. */
export interface Instant {
  connection: Connection
  message?: Message
  /** The handler run that was given it. */
  given?: Call
  /** The `get` (or `look`) itself. */
  get?: OpRun
  /** The event that shows a message to have been answered without a handler. */
  answered?: HistoryEvent
}

/** Every write of a connection; one that was refused as no JSON value changes nothing (LIFE-22). */
export function writesOf(connection: Connection): Write[] {
  return connection.calls.flatMap((call) =>
    call.ops.flatMap((op): Write[] => {
      if (op.name !== 'session.set' && op.name !== 'session.clear') return []
      if (op.end?.outcome === 'rejected' && op.end.error?.typeError === true) return []
      const value = op.name === 'session.clear' ? none : (op.args.value ?? null)
      return [{ op, call, value, outcome: op.end?.outcome ?? 'unknown' }]
    }),
  )
}

/** Sessions that the contract allows to be seen, and the write they rest on where it is certain which. */
export interface Possible {
  values: Tagged[]
  /** The write whose value it must be; undefined also where nothing was ever written. */
  last?: Write
  /** Writes that are over and replaced. */
  replaced: Write[]
  /** The write is of the same event: `get` must give it whatever others have stored (AUTH-05). */
  own: boolean
}

/** Works out what may be seen at an instant. */
export function possibleAt(run: Run, writes: readonly Write[], at: Instant): Possible | undefined {
  if (writes.length === 0) return { values: [none], replaced: [], own: false }
  if (at.get !== undefined) {
    const own = ownBefore(run, writes, at.get)
    // By when they began: middleware that was entered first may write last.
    const last = own.find((each) => own.every((other) => other === each || run.before(other.op.begin, each.op.begin) === 'yes'))
    if (last === undefined && own.length > 0) return undefined
    if (last !== undefined) {
      const certain = own.every((each) => each.outcome === 'ok' && run.before(each.op.end, at.get?.begin) === 'yes')
      return certain
        ? { values: [last.value], last, replaced: writes.filter((each) => each !== last && over(run, each, last)), own: true }
        : undefined
    }
  }
  const sure: Write[] = []
  const maybe: Write[] = []
  for (const write of writes) {
    const seen = sees(run, at, write)
    if (seen === 'yes' && write.outcome === 'ok') sure.push(write)
    else if (seen !== 'no') maybe.push(write)
  }
  const replaced = [...sure, ...maybe].filter((each) => sure.some((later) => over(run, each, later)))
  const open = [...sure, ...maybe].filter((each) => !replaced.includes(each))
  const values = distinct([...open.map((each) => each.value), ...(sure.length === 0 ? [none] : [])])
  return { values, ...(open.length === 1 && sure.length > 0 ? { last: open[0] as Write } : {}), replaced, own: false }
}

const over = (run: Run, earlier: Write, later: Write): boolean => run.before(earlier.op.end, later.op.begin) === 'yes'

/** Whether two handler runs belong to the same event, and so share their services: middleware and what ran afterwards included. */
export const sameEvent = (a: Call, b: Call): boolean => a.channelId === b.channelId && a.step !== undefined && a.step === b.step

function ownBefore(run: Run, writes: readonly Write[], get: OpRun): Write[] {
  return writes.filter((write) => sameEvent(write.call, get.call) && run.before(write.op.begin, get.begin) === 'yes')
}

function distinct(values: readonly Tagged[]): Tagged[] {
  return values.filter((value, index) => values.findIndex((other) => sameJson(other, value)) === index)
}

/** Whether what `write` stored is what is seen from then on at the instant. */
function sees(run: Run, at: Instant, write: Write): 'yes' | 'no' | 'maybe' {
  const { call, op } = write
  if (at.get !== undefined) {
    if (run.before(op.end, at.get.begin) === 'yes') return 'yes'
    return run.before(at.get.end, op.begin) === 'yes' ? 'no' : 'maybe'
  }
  const shown = at.given?.enter ?? at.answered
  if (shown !== undefined && run.before(shown, op.begin) === 'yes') return 'no'
  if (run.before(op.end, at.message?.event) === 'yes') return 'yes'
  if (call.handler === 'armed' || op.end === undefined) return 'maybe'
  if (at.message !== undefined && call.message === at.message) return aroundIt(run, write)
  if (call.handler === 'onDisconnect') return 'no'
  if (call.message === undefined) return call.enter.middleware?.kind === 'disconnect' ? 'no' : handledFirst(run, at, write)
  if (!run.capabilities.has('ordered')) return 'maybe'
  return indexOf(call.message) < indexOf(at.message) ? handledFirst(run, at, write) : at.given === undefined ? 'no' : 'maybe'
}

/** A write before `next` in middleware of the very event is seen; the handler's own, or one after `next`, is not. */
function aroundIt(run: Run, { call, op }: Write): 'yes' | 'no' | 'maybe' {
  if (call.handler !== 'middleware') return 'no'
  const next = call.ops.find((each) => each.name === 'next')
  if (next === undefined) return 'maybe'
  if (next.index < op.index) return 'no'
  return run.before(op.end, next.begin) === 'yes' ? 'yes' : 'maybe'
}

/** A handler that comes first: seen once the trace shows that it had settled, or its reply that it was answered first. */
function handledFirst(run: Run, at: Instant, { call }: Write): 'yes' | 'maybe' {
  if (at.given !== undefined) return run.before((call.outer ?? call).settled, at.given.enter) === 'yes' ? 'yes' : 'maybe'
  if (at.answered === undefined) return 'maybe'
  if (run.before((call.outer ?? call).settled, at.answered) === 'yes') return 'yes'
  return run.before(call.message?.replies[0]?.event, at.answered) === 'yes' ? 'yes' : 'maybe'
}

const indexOf = (message: Message | undefined): number => (message === undefined ? -1 : message.conn.messages.indexOf(message))

/** How a session is shown to people. */
export function show(session: Tagged): string {
  return sameJson(session, none) ? 'no session' : JSON.stringify(session as Json)
}
