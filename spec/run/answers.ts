/** Finds out what each received message answers to: a send, a publish, a reply, an error, or nothing. */
import type { Wire } from '../history.ts'
import { shapeOutput } from '../probe/channels/shaped.ts'
import type { Json, Tagged } from '../values.ts'
import { type Encoded, encode, encodeReply, sameWire } from '../wire.ts'
import type { Before } from './order.ts'
import { heldKey } from './route.ts'
import type { Answer, Call, Connection, Message, Publish, Receipt } from './run.ts'
import { tooLarge } from './size.ts'

interface Candidate {
  wire: Wire
  answer: Answer
  taken: number
}

/**
 * Gives every receipt its answer, and publishes and messages their receipts. Of several that look alike it is the first
 * that has none yet; where messages overlap (`before` is given), the first that can have been sent by then.
 */
export function answerReceipts(
  connections: readonly Connection[],
  calls: readonly Call[],
  publishes: readonly Publish[],
  before?: Before,
): void {
  const byChannel = new Map<string, Call[]>()
  for (const call of calls) byChannel.set(call.channelId, [...(byChannel.get(call.channelId) ?? []), call])
  for (const connection of connections) {
    const own = byChannel.get(connection.channelId ?? '') ?? []
    const candidates = [...own.flatMap(sentBy), ...publishes.flatMap(publishedBy)]
    for (const receipt of connection.received) answer(receipt, connection, candidates, before)
  }
}

function answer(receipt: Receipt, connection: Connection, candidates: Candidate[], before: Before | undefined): void {
  const fence = receipt.json?.fence
  if (typeof fence === 'string') {
    const message = connection.messages.find((each) => each.json?.fence === fence)
    receipt.answers = { kind: 'fence', message }
    message?.replies.push(receipt)
    receipt.copy = message?.replies.length ?? 1
    return
  }
  const matching = candidates.filter((each) => sameWire(each.wire, receipt.wire))
  const free = matching.filter((each) => each.taken === 0)
  const able = before === undefined ? undefined : free.find((each) => canHaveCome(before, each.answer, receipt))
  const chosen = able ?? free[0] ?? matching.at(-1)
  if (chosen !== undefined) {
    receipt.copy = ++chosen.taken
    receipt.answers = chosen.answer
    if (chosen.answer.kind === 'publish') chosen.answer.publish.receipts.push(receipt)
    if (chosen.answer.kind === 'reply') chosen.answer.call.message?.replies.push(receipt)
    return
  }
  if (typeof receipt.json?.errorName === 'string') answerError(receipt, connection, receipt.json)
}

/** Not what was certainly sent later, nor the reply of a handler that has closed its channel. */
function canHaveCome(before: Before, of: Answer, { event }: Receipt): boolean {
  if (of.kind === 'reply') return before(event, of.call.leave) !== 'yes' && !of.call.ops.some((op) => op.name === 'close')
  return before(event, of.kind === 'send' ? of.op.begin : of.kind === 'publish' ? of.publish.begin : undefined) !== 'yes'
}

/**
 * An error reply names no step: it goes to the first message that still lacks a reply, did not succeed and has its routing
 * key, or no routing key where it has none.
 */
function answerError(receipt: Receipt, connection: Connection, json: { [key: string]: Json }): void {
  const open = connection.messages.filter((each) => !each.fence && each.replies.length === 0 && mayFail(each))
  const key = Object.keys(json).find((name) => !['error', 'errorName', 'issues'].includes(name))
  const alike = (each: Message): boolean => (key === undefined ? heldKey(each) === undefined : each.json?.[key] === json[key])
  const message = open.find(alike) ?? open[0]
  receipt.answers = { kind: 'error', message }
  message?.replies.push(receipt)
}

const mayFail = (message: Message): boolean =>
  message.calls.length === 0 || message.calls.some((call) => call.leave?.outcome !== 'ok' || !sendable(call))

/** What is too large for some platforms becomes an error there (STATELESS-15). */
function sendable(call: Call): boolean {
  const wire = replyWire(call)
  return wire !== undefined && !tooLarge(wire)
}

function sentBy(call: Call): Candidate[] {
  const sends = call.ops
    .filter((op) => op.name === 'send')
    .flatMap((op) => {
      const encoded = sendWire(call, op.args.value ?? null)
      return 'wire' in encoded ? [{ wire: encoded.wire, answer: { kind: 'send', op } as Answer, taken: 0 }] : []
    })
  const wire = replyWire(call)
  return wire === undefined ? sends : [...sends, { wire, answer: { kind: 'reply', call }, taken: 0 }]
}

/** Whether a middleware's result is the reply by itself: the outermost one's, of a message that reached no handler. */
const repliesAlone = (call: Call): boolean =>
  call.enter.middleware?.which === 'outer' && call.enter.middleware.kind !== 'disconnect' && call.core === undefined

/**
 * What the result of a handler must become, or of the outermost middleware around it, whose word is the last (AUTH-13);
 * undefined where nothing is sent or nothing can be.
 */
export function replyWire(call: Call): Wire | undefined {
  if (call.handler === 'middleware' && !repliesAlone(call)) return undefined
  const { leave } = call.outer ?? call
  if (leave?.outcome !== 'ok') return undefined
  const shaped = returned(call, leave.value ?? null)
  if ('refused' in shaped) return undefined
  const { value } = shaped
  const [key, action] = routeOf(call)
  if (key === undefined || action === undefined) {
    if (sameUndefined(value)) return undefined
    return sent(call, encode(value))
  }
  return sent(call, encodeReply(value, key, action))
}

function sent(call: Call, encoded: Encoded): Wire | undefined {
  return 'wire' in encoded && !(call.textOnly === true && 'hex' in encoded.wire) ? encoded.wire : undefined
}

/** What `channel.send` of this value in this call must become, its output schema included (SEND-13). */
export function sendWire(call: Call, value: Tagged): Encoded {
  const shaped = shapeOutput(call.channel, call.handler, value) ?? { value }
  if ('refused' in shaped) return shaped
  const encoded = encode(shaped.value)
  return sent(call, encoded) === undefined && 'wire' in encoded ? { refused: 'bytes, on a system that sends none' } : encoded
}

/** A returned value behind its output schema; a schema is not asked about nothing. */
function returned(call: Call, value: Tagged): { value: Tagged } | { refused: string } {
  return sameUndefined(value) ? { value } : (shapeOutput(call.channel, call.handler, value) ?? { value })
}

const sameUndefined = (value: Json): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && value.$ === 'undefined'

/** The probe's only channel with middleware has the one routing key. */
function routeOf(call: Call): [key: string | undefined, action: string | undefined] {
  const { middleware } = call.enter
  return middleware === undefined ? splitHandler(call.handler) : [middleware.action && 'action', middleware.action]
}

/** 'action:probe' is the key and the name of an action; 'onMessage' has neither. */
export function splitHandler(handler: string): [key: string | undefined, action: string | undefined] {
  const colon = handler.indexOf(':')
  return colon < 0 ? [undefined, undefined] : [handler.slice(0, colon), handler.slice(colon + 1)]
}

function publishedBy(publish: Publish): Candidate[] {
  return publish.wire === undefined ? [] : [{ wire: publish.wire, answer: { kind: 'publish', publish }, taken: 0 }]
}
