/** JSON values that come from handlers, schemas and clients. */

/** Sets an own property whatever its name: an assignment to `__proto__` would set the prototype instead (ROUTE-05). */
export function setOwn(target: object, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  } else (target as Record<string, unknown>)[key] = value
}

/** Copies what is known to be a JSON value: a session or opening data that passed `jsonCopy` (AUTH-11, LIFE-04). */
export function copyJson<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyJson) as T
  const copy = {}
  for (const key of Object.keys(value)) setOwn(copy, key, copyJson((value as Record<string, unknown>)[key]))
  return copy as T
}

/** A value that JSON would change. Its own class, to be told from a TypeError of the application's own code. */
export class NotJsonError extends TypeError {
  override name = 'TypeError'
}

/**
 * Copies `value` if it would survive JSON unchanged (LIFE-22).
 * @throws NotJsonError, a TypeError, naming the first part that would not
 */
export function jsonCopy(value: unknown): unknown {
  try {
    return copyChecked(value, '')
  } catch (error) {
    // Cycles and nesting too deep to copy both end as a RangeError of the stack.
    if (error instanceof RangeError) throw new NotJsonError('not a JSON value: it is a cycle or nested too deeply')
    throw error
  }
}

function copyChecked(value: unknown, path: string): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)) return value
  if (typeof value === 'object') return Array.isArray(value) ? copyArray(value, path) : copyObject(value, path)
  throw new NotJsonError(`not a JSON value${at(path)}: ${typeof value === 'number' ? value : typeof value}`)
}

function copyArray(value: unknown[], path: string): unknown[] {
  if (Reflect.ownKeys(value).length !== value.length + 1)
    throw new NotJsonError(`not a JSON value${at(path)}: a sparse or extended array`)
  return value.map((item, index) => copyChecked(item, `${path}[${index}]`))
}

function copyObject(value: object, path: string): object {
  const prototype = Object.getPrototypeOf(value) as unknown
  // Plain objects of other realms have a prototype of their own whose prototype is null.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new NotJsonError(`not a JSON value${at(path)}: an instance of a class`)
  }
  const keys = Object.keys(value)
  if (Reflect.ownKeys(value).length !== keys.length)
    throw new NotJsonError(`not a JSON value${at(path)}: it has hidden properties`)
  const copy = {}
  for (const key of keys) setOwn(copy, key, copyChecked((value as Record<string, unknown>)[key], `${path}.${key}`))
  return copy
}

const at = (path: string): string => (path === '' ? '' : ` at ${path.startsWith('.') ? path.slice(1) : path}`)
