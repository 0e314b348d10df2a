/**
 * Messages one by one, each with what it led to. Where a message was `alone`, that is between two fences with no other
 * message, everything that came back in between is its own; only then are error replies judged, which name no step.
 */
import type { ClientEventOf } from '../history.ts'
import { probeChannels } from '../probe/channels/index.ts'
import type { ProbeChannel } from '../probe/channels.ts'
import { type Hostility, hostility } from './hostile.ts'
import { type Route, routeOf } from './route.ts'
import type { Call, Connection, Message, Receipt, Run } from './run.ts'

/** One message of a client and what came of it. */
export interface Exchange {
  conn: Connection
  channel: ProbeChannel
  message: Message
  route: Route
  /** How its text is hostile, if it is (VALID-07). */
  hostile: Hostility | undefined
  /** Runs of handlers that are this message's, known by its id or its data. */
  calls: readonly Call[]
  /** Runs of message handlers on its connection that no message explains. */
  strays: readonly Call[]
  /** Proof that it has been handled: what is missing by then is lost. */
  over?: ClientEventOf<'fenced'>
  /** No other message was being handled between sending it and `over`. */
  alone: boolean
  /** Where it was alone: the error replies it got. */
  errors: readonly Receipt[]
  /** Where no other message can be the cause: the close of its connection, which nobody had asked for, however long after. */
  cut?: ClientEventOf<'closed'>
}

const known = new WeakMap<Run, readonly Exchange[]>()

/** Every message but the kit's own fences, on channels whose routing is modelled, in the order sent on each connection. */
export function exchanges(run: Run): readonly Exchange[] {
  const made = known.get(run) ?? run.connections.flatMap((conn) => exchangesOf(run, conn))
  known.set(run, made)
  return made
}

function exchangesOf(run: Run, conn: Connection): Exchange[] {
  const channel = probeChannels.get(conn.channel)
  // Middleware may send a message anywhere, or nowhere.
  if (channel?.handlers === undefined || conn.spec.middleware !== undefined) return []
  const fences = fencesOf(run, conn)
  const strays = conn.calls.filter((call) => call.message === undefined && !notByMessage.has(call.handler))
  const messages = conn.messages.filter((message) => !message.fence)
  return messages.map((message, index) => {
    const previous = messages[index - 1]?.event.seq ?? -1
    const next = messages[index + 1]?.event.seq ?? Number.POSITIVE_INFINITY
    const sent = message.event.seq
    const after = fences.find((fence) => fence.sent > sent)
    const clean = previous < 0 || fences.some((fence) => fence.sent > previous && fence.event.seq < sent)
    const alone = clean && after !== undefined && after.event.seq < next
    const over = after?.event
    return {
      conn,
      channel,
      message,
      route: routeOf(channel, message.wire),
      hostile: 'text' in message.wire ? hostility(message.wire.text) : undefined,
      calls: message.calls,
      strays,
      alone,
      errors: alone && over !== undefined ? errorsBetween(conn, sent, over.seq) : [],
      ...(over === undefined ? {} : { over }),
      ...(clean && next === Number.POSITIVE_INFINITY && (over === undefined || !closesByItself(run)) ? cutOf(conn, sent) : {}),
    }
  })
}

const notByMessage: ReadonlySet<string> = new Set(['onConnect', 'onDisconnect', 'armed', 'middleware'])

interface Fence {
  /** When its message was sent. */
  sent: number
  event: ClientEventOf<'fenced'>
}

function fencesOf(run: Run, conn: Connection): Fence[] {
  const sent = new Map(conn.messages.filter((message) => message.fence).map((message) => [message.step, message.event.seq]))
  return run.of('fenced').flatMap((event) => {
    const from = event.conn === conn.name ? sent.get(event.step) : undefined
    return from === undefined ? [] : [{ sent: from, event }]
  })
}

function errorsBetween(conn: Connection, from: number, to: number): Receipt[] {
  return conn.received.filter(({ event, json, answers }) => {
    if (event.seq < from || event.seq > to || typeof json?.errorName !== 'string') return false
    return answers === undefined || answers.kind === 'error'
  })
}

/** Platforms end connections for reasons of their own, such as their age: what comes after a reply may be such a one. */
const closesByItself = (run: Run): boolean => run.observes.has('platform')

/** A close that neither client nor handler nor host had asked for. */
function cutOf(conn: Connection, sent: number): { cut: ClientEventOf<'closed'> } | undefined {
  const { closed, ending } = conn
  return closed !== undefined && ending === closed && closed.seq > sent ? { cut: closed } : undefined
}

/** Whether a message came to the handler it must come to; 'unknown' where something else may have kept it away. */
export function reached({ route, calls, alone, over, errors, conn }: Exchange): 'yes' | 'no' | 'unknown' {
  if (calls.some((call) => call.handler === route.handler)) return 'yes'
  if (calls.length > 0) return 'no'
  if (over === undefined || conn.ending?.kind === 'begin') return 'unknown'
  if (!alone) return 'unknown'
  // An unauthorised or invalid message runs no handler although it is routed (AUTH-04, VALID-01).
  const name = errors[0]?.json?.errorName
  return name === undefined || name === 'UnknownRouteError' || name === 'InternalError' ? 'no' : 'unknown'
}
