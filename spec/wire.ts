/** The wire format of contract.md as pure functions: what a value must look like to the client that receives it. */
import type { Wire } from './history.ts'
import { build, type Json, sameJson, type Tagged, toHex } from './values.ts'

/** The message a value must become, or why it cannot become one (SEND-04, SEND-11). */
export type Encoded = { wire: Wire } | { refused: string }

/** Bytes of any buffer or view, its own range only; undefined for what is neither. */
export function bytesIn(value: unknown): Uint8Array | undefined {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  return undefined
}

/** What `channel.send`, `publish` or an unrouted return of this value puts on the wire (SEND-05, SEND-11). */
export function encode(tagged: Tagged): Encoded {
  const value = build(tagged)
  const bytes = bytesIn(value)
  if (bytes !== undefined) return { wire: { hex: toHex(bytes) } }
  if (typeof value === 'string') {
    return value.isWellFormed() ? { wire: { text: value } } : { refused: 'an ill-formed string' }
  }
  return encodeJson(value)
}

function encodeJson(value: unknown): Encoded {
  try {
    const text = JSON.stringify(value)
    return text === undefined ? { refused: 'no JSON form' } : { wire: { text } }
  } catch (error) {
    return { refused: String((error as Error).message) }
  }
}

/** What the return value of a handler routed by `key` puts on the wire (SEND-03). */
export function encodeReply(tagged: Tagged, key: string, action: string): Encoded {
  const value = build(tagged)
  if (bytesIn(value) !== undefined) return encode(tagged)
  if (value === undefined) return { wire: { text: JSON.stringify({ [key]: action }) } }
  const encoded = typeof value === 'string' ? encodeJson(value) : encode(tagged)
  if (!('wire' in encoded) || !('text' in encoded.wire)) return encoded
  const json = JSON.parse(encoded.wire.text) as Json
  const merged = json !== null && typeof json === 'object' && !Array.isArray(json) ? { ...json } : { result: json }
  Object.defineProperty(merged, key, { value: action, enumerable: true, writable: true, configurable: true })
  return { wire: { text: JSON.stringify(merged) } }
}

/** Texts of which the JSON is compared: an object, an array, and null among spaces. */
const holdsMore = /^\s*[[{n]/

/** Whether a received message is this one: the same bytes, the same text, or the same JSON however it is written. */
export function sameWire(expected: Wire, received: Wire): boolean {
  if ('hex' in expected || 'hex' in received) return 'hex' in expected && 'hex' in received && expected.hex === received.hex
  if (expected.text === received.text) return true
  // Most are no such text, and a parse that throws is slow.
  if (!holdsMore.test(expected.text) || !holdsMore.test(received.text)) return false
  const a = parseJson(expected.text)
  const b = parseJson(received.text)
  return a !== undefined && b !== undefined && typeof a.json === 'object' && sameJson(a.json, b.json)
}

/** The JSON a text holds, or undefined where it is not JSON. */
export function parseJson(text: string): { json: Json } | undefined {
  try {
    return { json: JSON.parse(text) as Json }
  } catch {
    return undefined
  }
}

/** The JSON object a message is, or undefined. */
export function objectIn(wire: Wire): { [key: string]: Json } | undefined {
  if (!('text' in wire) || !wire.text.trimStart().startsWith('{')) return undefined
  const json = parseJson(wire.text)?.json
  return json !== null && typeof json === 'object' && !Array.isArray(json) ? json : undefined
}

/** One line for a message, cut to `length` characters. */
export function showWire(wire: Wire, length = 120): string {
  const text = 'text' in wire ? wire.text : `bytes ${wire.hex}`
  return text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text
}
