/**
 * What the schemas of `strict` make of data, as pure functions: the schemas themselves and the judgments (VALID) both
 * stand on these, so that they cannot differ.
 */
import type { SchemaIssue, StandardSchema } from '../application.ts'
import { build, type Tagged } from '../values.ts'

/** What a schema makes of data. */
export type Checked = { value: unknown } | { issues: SchemaIssue[] } | { throws: 'error' | 'string' | 'late' }

type Fields = Record<string, unknown>
const fieldsOf = (data: unknown): Fields => (typeof data === 'object' && data !== null ? (data as Fields) : {})
const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined)

/** The size a message is given that names none. */
export const defaultSize = 10

/**
 * Refuses with the issues that the data itself lists, whole segments and `{ key }` segments of paths alike; makes a number
 * of a text that is a whole one: 0 is a value like any other. A list of no issues is a refusal too: by the Standard
 * Schema only a falsy value of `issues` is a success.
 */
const picky = (data: unknown): Checked => {
  if (typeof data === 'string' && /^\d+$/.test(data)) return { value: Number(data) }
  const issues = own(fieldsOf(data), 'issues')
  return Array.isArray(issues) ? { issues: issues as SchemaIssue[] } : { value: data }
}

/** Each schema by the action it guards. */
export const strictSchemas: Readonly<Record<string, (data: unknown) => Checked>> = {
  /** Strips what it does not know, makes numbers of `count`, gives `size` a default, refuses a `count` that is no number. */
  shape: (data) => {
    const fields = fieldsOf(data)
    const given = own(fields, 'count')
    const count = given === undefined ? {} : { count: Number(given) }
    if (Number.isNaN(count.count)) return { issues: [{ path: ['count'], message: 'must be a number' }] }
    return { value: { id: own(fields, 'id'), ops: own(fields, 'ops'), ...count, size: own(fields, 'size') ?? defaultSize } }
  },
  picky,
  /** Answers with a promise, after so many turns of the event loop as the data asks for, and leaves its mark on what it takes. */
  late: (data) => {
    const checked = picky(data)
    return 'value' in checked ? { value: { ...fieldsOf(checked.value), settled: true } } : checked
  },
  /** Shows what it was given, beside that itself. */
  seen: (data) => ({ value: { ...fieldsOf(data), saw: data } }),
  /** Gives the value that the data holds in its written form, whatever that is: nothing at all, too. */
  becomes: (data) => ({ value: build((own(fieldsOf(data), 'value') ?? null) as Tagged) }),
  /** Throws what the data asks for. */
  throws: (data) => {
    const kind = own(fieldsOf(data), 'error')
    return kind === 'error' || kind === 'string' || kind === 'late' ? { throws: kind } : { value: data }
  },
}

/** What a schema that throws says: clients must never see it. */
export const schemaSecret = 'the schema threw a secret'

/** The Standard Schema of one of these. */
export function strictSchema(action: string): StandardSchema {
  const check = strictSchemas[action] as (data: unknown) => Checked
  const answer = (data: unknown) => {
    const checked = check(data)
    if (!('throws' in checked)) return checked
    if (checked.throws === 'late') return Promise.reject(new Error(schemaSecret))
    throw checked.throws === 'string' ? schemaSecret : new Error(schemaSecret)
  }
  const later = async (data: unknown) => turned(data).then(() => answer(data))
  const waits = (data: unknown): boolean =>
    action === 'late' || (action === 'becomes' && own(fieldsOf(data), 'turns') !== undefined)
  const validate = (data: unknown) => (waits(data) ? later(data) : answer(data))
  return { '~standard': { version: 1, vendor: 'probe', validate } } as StandardSchema
}

async function turned(data: unknown): Promise<void> {
  const turns = Math.min(Number(own(fieldsOf(data), 'turns') ?? 0), 10)
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
}
