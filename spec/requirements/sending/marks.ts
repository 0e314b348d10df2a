/** Recognising messages: by the name that the kit put into a value, and by their form. */
import type { HistoryEvent, Wire } from '../../history.ts'
import { layered } from '../../probe/channels/layered.ts'
import type { Connection, Receipt, Run } from '../../run/run.ts'
import type { Json, Tagged } from '../../values.ts'
import { objectIn } from '../../wire.ts'

/** The name in a value: its property `m`, also behind a tag that keeps the value's JSON form. */
export function markOf(value: Tagged): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  if (value.$ === 'frozen' || value.$ === 'toJSON') return markOf(value.of ?? null)
  return typeof value.m === 'string' && !Object.hasOwn(value, '$') ? value.m : undefined
}

/** Whether a message holds the name, in whatever form. */
export function carries(receipt: Receipt, mark: string): boolean {
  return 'text' in receipt.wire && receipt.wire.text.includes(JSON.stringify(mark))
}

/** One text for all messages that `sameWire` takes for the same. */
export function canonical(wire: Wire): string {
  if ('hex' in wire) return `bytes ${wire.hex}`
  const json = objectIn(wire)
  return json === undefined ? wire.text : JSON.stringify(sorted(json, 0))
}

/** What is nested deeper is left out: messages may be nested deeper than the stack is. */
const deepest = 64

function sorted(json: Json, depth: number): Json {
  if (json === null || typeof json !== 'object') return json
  if (depth > deepest) return 'deeper'
  if (Array.isArray(json)) return json.map((each) => sorted(each, depth + 1))
  return Object.keys(json)
    .sort()
    .map((key) => [key, sorted(json[key] ?? null, depth + 1)])
}

/** Whether nothing else that a client may see tells of this: a tagged value that JSON lacks entirely. */
export const isUndefined = (value: Tagged | undefined): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && value.$ === 'undefined'

/** Whether the connection was certainly not ending yet at `event`. */
export function openAt(run: Run, conn: Connection | undefined, event: HistoryEvent | undefined): boolean {
  return conn !== undefined && (conn.ending === undefined || run.before(event, conn.ending) === 'yes')
}

/** Whether middleware stands around the handlers of this connection: what is sent in the end is then its to say (AUTH-13). */
export const hasMiddleware = (conn: Connection): boolean => conn.channel === layered.name || conn.spec.middleware !== undefined
