/** Where the contract sends a message: what every judgment of routing and validation compares with (ROUTE, VALID). */
import type { Wire } from '../history.ts'
import { probeChannels } from '../probe/channels/index.ts'
import type { ProbeChannel } from '../probe/channels.ts'
import { describe, type Json, sameJson, type Tagged, withoutKey } from '../values.ts'
import { parseJson } from '../wire.ts'
import type { Message } from './run.ts'

/** Where a message must go. */
export interface Route {
  /** 'key:action', 'onMessage', or null: no handler, but an UnknownRouteError. */
  handler: string | null
  /** The routing key and the action it was matched by. */
  key?: string
  action?: string
  /** What the handler must be given, schemas aside, as a trace writes it down. */
  data: Tagged
  kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'no JSON' | 'bytes'
  /** The first declared routing key that the message holds with a string value: what an error reply carries. */
  held?: { key: string; value: string }
  /** The JSON it is, if it is JSON. */
  json?: Json
}

/** Routes one message on one channel. */
export function routeOf(channel: ProbeChannel, wire: Wire): Route {
  const unrouted = channel.onMessage ? 'onMessage' : null
  if ('hex' in wire) return { handler: unrouted, data: { $: 'bytes', of: wire.hex }, kind: 'bytes' }
  const parsed = parseJson(wire.text)
  if (parsed === undefined) return { handler: unrouted, data: wire.text, kind: 'no JSON' }
  const { json } = parsed
  const kind = kindOf(json)
  if (kind !== 'object') return { handler: unrouted, data: describe(json), kind, json }
  const fields = json as { [key: string]: Json }
  const strings = channel.keys.filter((key) => Object.hasOwn(fields, key) && typeof fields[key] === 'string')
  const [first] = strings
  const held = first === undefined ? undefined : { key: first, value: fields[first] as string }
  const key = strings.find((each) => channel.handlers?.includes(`${each}:${fields[each] as string}`))
  if (key === undefined) return { handler: unrouted, data: describe(json), kind, held, json }
  const action = fields[key] as string
  return { handler: `${key}:${action}`, key, action, data: describe(withoutKey(fields, key)), kind, held, json }
}

function kindOf(json: Json): Route['kind'] {
  if (json === null) return 'null'
  if (Array.isArray(json)) return 'array'
  return typeof json as 'object' | 'string' | 'number' | 'boolean'
}

/** Whether two written-down values are the same; the order of an object's properties says nothing, whatever their names. */
export function sameTagged(a: Tagged, b: Tagged): boolean {
  return sameJson(ordered(a), ordered(b))
}

/** Objects whose keys need a tag are written as lists of entries: those in the order of their keys. */
function ordered(tagged: Tagged): Tagged {
  if (tagged === null || typeof tagged !== 'object') return tagged
  if (Array.isArray(tagged)) return tagged.map(ordered)
  if (tagged.$ === 'object' && Array.isArray(tagged.of)) {
    const entries = (tagged.of as [string, Json][]).map(([key, value]): [string, Json] => [key, ordered(value)])
    return { $: 'object', of: entries.sort(([one], [other]) => (one < other ? -1 : 1)) }
  }
  return Object.fromEntries(Object.entries(tagged).map(([key, value]) => [key, ordered(value)]))
}

/** The property of a written-down object; undefined where it has none of its own. */
export function fieldOf(tagged: Tagged, key: string): Tagged | undefined {
  if (tagged === null || typeof tagged !== 'object' || Array.isArray(tagged)) return undefined
  if (tagged.$ === 'object' && Array.isArray(tagged.of))
    return (tagged.of as [string, Json][]).find(([name]) => name === key)?.[1]
  return Object.hasOwn(tagged, key) ? tagged[key] : undefined
}

/** A written-down object less one property, so that a key kept by mistake is one requirement's finding and not everybody's. */
export function taggedLess(tagged: Tagged, key: string | undefined): Tagged {
  if (key === undefined || tagged === null || typeof tagged !== 'object' || Array.isArray(tagged)) return tagged
  if (tagged.$ === 'object' && Array.isArray(tagged.of))
    return { $: 'object', of: (tagged.of as [string, Json][]).filter(([name]) => name !== key) }
  return withoutKey(tagged, key)
}

/** One line for a written-down value. */
export function showTagged(tagged: Tagged, length = 160): string {
  const text = JSON.stringify(tagged)
  return text.length > length ? `${text.slice(0, length)}…` : text
}

/** The routing key that every error reply to this message carries: the first declared that it holds with a string. */
export function heldKey(message: Message): { key: string; value: string } | undefined {
  const channel: ProbeChannel | undefined = probeChannels.get(message.conn.channel)
  for (const key of channel?.keys ?? []) {
    const value = message.json !== undefined && Object.hasOwn(message.json, key) ? message.json[key] : undefined
    if (typeof value === 'string') return { key, value }
  }
  return undefined
}

/** Fields of an error reply that it may not have: it is its text, its name, the issues of a validation error and the message's routing key. */
export function surplusOf(reply: { [key: string]: Json } | undefined, held: { key: string } | undefined): string[] {
  const allowed = ['error', 'errorName', ...(reply?.errorName === 'ValidationError' ? ['issues'] : []), held?.key]
  return Object.keys(reply ?? {}).filter((key) => !allowed.includes(key))
}
