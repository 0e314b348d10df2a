/**
 * Which error replies a connection must be sent for what its handlers threw or returned, and which it was sent. An error
 * reply names no step, so they are told apart by what they say; where they say the same, they are counted.
 */

import { maskedMessage } from '../../errors.ts'
import type { HistoryEvent } from '../../history.ts'
import { probeChannels } from '../../probe/channels/index.ts'
import { shapeOutput } from '../../probe/channels/shaped.ts'
import type { Throwable } from '../../probe/ops.ts'
import { replyWire } from '../../run/answers.ts'
import { fenceAfter } from '../../run/fences.ts'
import type { Call, Connection, Message, Receipt, Run } from '../../run/run.ts'
import { type Json, sameJson } from '../../values.ts'
import { hungUpOn } from './hung-up.ts'
import { hasMiddleware, isUndefined, openAt } from './marks.ts'

/** One error reply owed for one message. */
export interface ExpectedError {
  conn: Connection
  call: Call
  message: Message
  /** What was thrown, or why a returned value could not be sent. */
  because: Throwable | 'unsendable' | 'refused output'
  json: { [key: string]: Json }
  /** Nothing else of the connection is answered alike, so that `receipt` is its own. */
  unique: boolean
  receipt?: Receipt
  /** More replies like it than were owed. */
  surplus?: Receipt
  /** A reply that may have come in its place. */
  instead?: Receipt
  proof?: HistoryEvent
}

/** Shown with their own name and message; all others are masked. */
export const publicThrows: readonly string[] = [
  'unauthorised',
  'forbidden',
  'public',
  'public subclass',
  'subclass of unauthorised',
] satisfies Throwable[]

const known = new WeakMap<Run, readonly ExpectedError[]>()

/** The error replies owed in a run. */
export function expectedErrors(run: Run): readonly ExpectedError[] {
  let made = known.get(run)
  if (made === undefined) {
    made = run.connections.flatMap((conn) => onConnection(run, conn))
    known.set(run, made)
  }
  return made
}

function onConnection(run: Run, conn: Connection): ExpectedError[] {
  // Middleware may answer in the handler's place, and a connection that ends answers no more, unless it ended for nothing.
  const hungUp = hungUpOn(run, conn)
  if (hasMiddleware(conn) || (hungUp === undefined && !openAt(run, conn, conn.fenced))) return []
  const messages = conn.messages.filter((message) => !message.fence)
  const expected = messages.flatMap((message) => ofMessage(run, conn, message))
  if (expected.length === 0) return []
  const unforeseen = messages.filter((message) => !foreseen(message)).length
  const received = conn.received.filter((receipt) => typeof receipt.json?.errorName === 'string')
  const left = new Set(received)
  for (const each of expected) {
    each.receipt = [...left].find((receipt) => sameJson(receipt.json, each.json))
    if (each.receipt !== undefined) left.delete(each.receipt)
    each.unique = expected.every((other) => other === each || !sameJson(other.json, each.json))
  }
  if (left.size > 0 && unforeseen === 0 && received.length === expected.length && run.capabilities.has('ordered'))
    pairInOrder(expected, received)
  for (const each of expected) {
    // An error reply beside messages of which it is not known how they end may be one of theirs.
    if (each.receipt !== undefined || each.instead !== undefined || unforeseen > 0) continue
    each.instead = [...left].find((receipt) => sameRoute(receipt, each)) ?? [...left][0]
    if (each.instead !== undefined) left.delete(each.instead)
  }
  if (unforeseen > 0 || received.length <= expected.length) return expected
  for (const each of expected) each.surplus = [...left].find((receipt) => sameJson(receipt.json, each.json))
  return expected
}

/** One reply each, but not those that were due: which is wrong is told by their order. */
function pairInOrder(expected: readonly ExpectedError[], received: readonly Receipt[]): void {
  expected.forEach((each, index) => {
    const receipt = received[index]
    const exact = sameJson(receipt?.json, each.json)
    each.receipt = exact ? receipt : undefined
    each.instead = exact ? undefined : receipt
  })
}

/** Whether it is known what this message must be answered with: one handler, which returned or threw by script. */
function foreseen(message: Message): boolean {
  const [call] = message.calls
  if (call?.leave === undefined || message.calls.length !== 1) return false
  return call.leave.outcome === 'ok' || call.ops.some((op) => op.name === 'throw')
}

function ofMessage(run: Run, conn: Connection, message: Message): ExpectedError[] {
  const [call] = message.calls
  if (call === undefined || !foreseen(message)) return []
  const because = reason(run, call)
  if (because === undefined) return []
  const shown = publicThrows.includes(because) ? call.leave?.error : undefined
  const reply = {
    error: shown?.message ?? maskedMessage,
    errorName: shown?.name ?? 'InternalError',
    ...route(conn, message),
  }
  const proof = (call.settled && fenceAfter(run, conn, call.settled)) ?? (call === hungUpOn(run, conn) ? conn.closed : undefined)
  return [{ conn, call, message, because, json: reply, unique: false, proof }]
}

function reason(run: Run, call: Call): ExpectedError['because'] | undefined {
  if (call.leave?.outcome === 'rejected') return call.ops.find((op) => op.name === 'throw')?.args.error as Throwable | undefined
  const value = call.leave?.value ?? null
  if (isUndefined(value)) return undefined
  const shaped = shapeOutput(call.channel, call.handler, value)
  if (shaped !== undefined && 'refused' in shaped) return 'refused output'
  const wire = replyWire(call)
  return wire === undefined || ('hex' in wire && !run.capabilities.has('binary')) ? 'unsendable' : undefined
}

/** The first declared routing key that the message holds as an own property with a string value. */
function route(conn: Connection, { json }: Message): { [key: string]: Json } {
  const key = probeChannels
    .get(conn.channel)
    ?.keys.find((name) => json !== undefined && Object.hasOwn(json, name) && typeof json[name] === 'string')
  if (key === undefined || json === undefined) return {}
  return Object.fromEntries([[key, json[key] as Json]])
}

function sameRoute(receipt: Receipt, expected: ExpectedError): boolean {
  const extra = Object.keys(expected.json).find((key) => key !== 'error' && key !== 'errorName')
  return extra === undefined || receipt.json?.[extra] === expected.json[extra]
}
