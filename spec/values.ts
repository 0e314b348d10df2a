/**
 * Values in programs and traces. JSON lacks many of the values a handler can send or return; those are written as an
 * object with the one key `$`, so that programs and histories stay plain JSON.
 */

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** A JSON value in which an object with the key `$` stands for something JSON lacks. */
export type Tagged = Json

// By index: the bytes of a buffer that was taken away have no length, and an iterator over them throws.
const hexOf = (bytes: Uint8Array): string =>
  Array.from({ length: bytes.length }, (_, at) => (bytes[at] ?? 0).toString(16).padStart(2, '0')).join('')
const hexIn = (buffer: ArrayBufferLike, from: number, length: number): string =>
  length === 0 ? '' : hexOf(new Uint8Array(buffer, from, length))
const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** The hexadecimal form of `bytes`. */
export const toHex = hexOf
/** The bytes of a hexadecimal string. */
export const fromHex = bytesOf

/** How each tag becomes a value; `of` is the tag's own field. */
const builders: Record<string, (of: Json) => unknown> = {
  undefined: () => undefined,
  nan: () => Number.NaN,
  infinity: () => Number.POSITIVE_INFINITY,
  '-0': () => -0,
  date: (of) => new Date(of as string),
  bigint: (of) => BigInt(of as string),
  symbol: (of) => Symbol(of as string),
  function: () => () => 'called',
  cycle: () => {
    const loop: Record<string, unknown> = { name: 'cycle' }
    loop.self = loop
    return loop
  },
  'throwing toJSON': () => ({
    toJSON() {
      throw new Error('toJSON threw')
    },
  }),
  'undefined toJSON': () => ({ toJSON: () => undefined }),
  toJSON: (of) => ({ hidden: true, toJSON: () => build(of) }),
  bytes: (of) => bytesOf(of as string),
  buffer: (of) => bytesOf(of as string).buffer,
  view: (of) => {
    const bytes = bytesOf(of as string)
    const whole = new Uint8Array(bytes.length + 8).fill(0xee)
    whole.set(bytes, 4)
    // Views differ in how many bytes an element of theirs has.
    const wide = bytes.length > 0 && bytes.length % 2 === 0
    return wide ? new Uint16Array(whole.buffer, 4, bytes.length / 2) : new DataView(whole.buffer, 4, bytes.length)
  },
  frozen: (of) => Object.freeze(build(of)),
  repeat: (of) => {
    const [text, times] = of as [string, number]
    return text.repeat(times)
  },
  object: (of) => {
    const made = {}
    for (const [key, value] of of as [string, Json][]) {
      Object.defineProperty(made, key, { value: build(value), enumerable: true, writable: true, configurable: true })
    }
    return made
  },
}

/** The names of all tags. */
export const tagNames = Object.keys(builders)

/**
 * Makes the value that `tagged` stands for.
 * @throws Error for a tag nobody knows
 */
export function build(tagged: Tagged): unknown {
  if (tagged === null || typeof tagged !== 'object') return tagged
  if (Array.isArray(tagged)) return tagged.map(build)
  if (Object.hasOwn(tagged, '$')) {
    const make = builders[tagged.$ as string]
    if (make === undefined) throw new Error(`unknown value tag ${JSON.stringify(tagged.$)}`)
    return make(tagged.of ?? null)
  }
  const made: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(tagged)) {
    if (key === '__proto__') {
      Object.defineProperty(made, key, { value: build(value), enumerable: true, writable: true, configurable: true })
    } else made[key] = build(value)
  }
  return made
}

/**
 * Writes any value down so that `build` would make its like; own enumerable properties only. Cycles and depths over
 * 64 are written as `{ $: 'cut' }`: a description never fails.
 */
export function describe(value: unknown, depth = 0): Tagged {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (Number.isNaN(value)) return { $: 'nan' }
      if (Object.is(value, -0)) return { $: '-0' }
      return Number.isFinite(value) ? value : { $: 'infinity' }
    case 'undefined':
      return { $: 'undefined' }
    case 'bigint':
      return { $: 'bigint', of: String(value) }
    case 'symbol':
      return { $: 'symbol', of: value.description ?? '' }
    case 'function':
      return { $: 'function' }
    default:
      return value === null ? null : describeObject(value as object, depth)
  }
}

function describeObject(value: object, depth: number): Tagged {
  if (depth > 64) return { $: 'cut' }
  if (Array.isArray(value)) return value.map((item) => describe(item, depth + 1))
  if (value instanceof Uint8Array) return { $: 'bytes', of: hexOf(value) }
  if (value instanceof ArrayBuffer) return { $: 'buffer', of: hexIn(value, 0, value.byteLength) }
  if (ArrayBuffer.isView(value)) {
    return { $: 'view', of: hexIn(value.buffer, value.byteOffset, value.byteLength) }
  }
  if (value instanceof Date) return { $: 'date', of: value.toJSON() }
  const keys = Object.keys(value)
  if (keys.includes('$') || keys.includes('__proto__')) {
    return { $: 'object', of: keys.map((key) => [key, describe((value as Record<string, unknown>)[key], depth + 1)]) }
  }
  const made: { [key: string]: Json } = {}
  for (const key of keys) made[key] = describe((value as Record<string, unknown>)[key], depth + 1)
  return made
}

/** Whether two JSON values are the same, key order aside. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every(
    (key) => Object.hasOwn(b, key) && sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  )
}

/** A copy less one property; the others stay own properties, whatever their names. */
export function withoutKey(of: { [key: string]: Json }, key: string): { [key: string]: Json } {
  const { [key]: _left, ...rest } = of
  return rest
}

/** The fields of a described object, whatever their names; undefined for what is no plain object. */
export function fieldsOf(described: Tagged): Map<string, Json> | undefined {
  if (described === null || typeof described !== 'object' || Array.isArray(described)) return undefined
  if (!Object.hasOwn(described, '$')) return new Map(Object.entries(described))
  return described.$ === 'object' ? new Map(described.of as [string, Json][]) : undefined
}
