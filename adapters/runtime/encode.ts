/** What goes to clients: values, replies and error replies as the wire format has them. Pure. */
import { maskedMessage, PublicError, type ReplyIssue, ValidationError } from '../../spec/errors.ts'
import { setOwn } from './json.ts'

/** One message ready for a transport: text, or bytes that nobody else holds. */
export type Encoded = string | Uint8Array

/** A routing key and the value a message held for it, as the text replies are joined with. */
export interface RouteTag {
  readonly key: string
  readonly action: string
  /** `"key":"action"` */
  readonly pair: string
}

/** Makes the tag of replies to messages routed by `key` to `action`. */
export function routeTag(key: string, action: string): RouteTag {
  return { key, action, pair: `${JSON.stringify(key)}:${JSON.stringify(action)}` }
}

/** The value's own range of bytes as a copy, since a later change of them must not show (SEND-06); else undefined. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice()
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return new Uint8Array(value).slice()
  return undefined
}

/**
 * Encodes what `send`, `publish` and unrouted returns send (SEND-05).
 * @throws TypeError for what has no encoding (SEND-11), undefined included (SEND-04)
 */
export function encode(value: unknown): Encoded {
  if (typeof value === 'string') {
    if (!isWellFormed(value)) throw new TypeError('an ill-formed string cannot be sent as text')
    return value
  }
  return bytesOf(value) ?? toJson(value)
}

/**
 * Encodes what a routed handler returned (SEND-03).
 * @throws TypeError as `encode` does
 */
export function encodeRouted(value: unknown, tag: RouteTag): Encoded {
  if (value === undefined) return `{${tag.pair}}`
  const bytes = bytesOf(value)
  if (bytes !== undefined) return bytes
  const text = toJson(value)
  if (!text.startsWith('{')) return `{${tag.pair},"result":${text}}`
  if (text.length === 2) return `{${tag.pair}}`
  // Only an object that may hold the routing key itself has to be taken apart; for all others the key is spliced in.
  if (Object.hasOwn(value as object, tag.key) || typeof (value as { toJSON?: unknown }).toJSON === 'function') {
    const merged = JSON.parse(text) as object
    setOwn(merged, tag.key, tag.action)
    return JSON.stringify(merged)
  }
  return `${text.slice(0, -1)},${tag.pair}}`
}

/** The reply to an event that failed with `error`: public errors show themselves, everything else is masked (SEND-10). */
export function encodeError(error: unknown, route: { key: string; value: string } | undefined): string {
  const reply: { error: string; errorName: string; issues?: readonly ReplyIssue[] } = {
    error: maskedMessage,
    errorName: 'InternalError',
  }
  if (error instanceof PublicError) {
    reply.error = String(error.message)
    reply.errorName = String(error.name)
    if (error instanceof ValidationError) reply.issues = error.issues
  }
  if (route !== undefined) setOwn(reply, route.key, route.value)
  return JSON.stringify(reply)
}

function toJson(value: unknown): string {
  let text: string | undefined
  try {
    text = JSON.stringify(value)
  } catch (error) {
    throw new TypeError('the value cannot be written as JSON', { cause: error })
  }
  if (text === undefined) throw new TypeError(value === undefined ? 'undefined cannot be sent' : 'the value has no JSON form')
  return text
}

/** Whether every surrogate of `text` has its partner, so that it can travel as UTF-8 unchanged. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed()
}
