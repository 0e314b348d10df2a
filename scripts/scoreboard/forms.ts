/** What each record must look like: a file that does not is told of in one line. */
import { readFileSync } from 'node:fs'
import { Ajv, type AnySchema, type ErrorObject } from 'ajv'
import type { HeldOutRecord, KillMatrix } from '../../spec/records.ts'
import type { ConformanceResult } from '../../spec/result.ts'
import type { Slice } from '../false-positives/record.ts'

/** A kind of record. */
export interface Form<T> {
  /** What a wrong one is compared with. */
  what: string
  schema: AnySchema
  /** Nothing but its type. */
  of?: T
}

const text = { type: 'string' }
const texts = { type: 'array', items: text }
const count = { type: 'integer', minimum: 0 }
const found = { type: ['integer', 'null'], minimum: 0 }
const stamp = {
  seed: count,
  contract: text,
  package: text,
  node: text,
  date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z$' },
}

/** An object that may hold more than it must. */
const object = (properties: object, optional: object = {}) => ({
  type: 'object',
  required: Object.keys(properties),
  properties: { ...properties, ...optional },
})

export const conformanceForm: Form<ConformanceResult> = {
  what: 'the unedited conformance.json of `run --report json`',
  schema: JSON.parse(
    readFileSync(new URL('../../reports/schema/conformance-1.schema.json', import.meta.url), 'utf8'),
  ) as AnySchema,
}

const kill = object(
  { name: text, expected: text, also: texts, caughtBy: texts, clauses: texts, programs: found, steps: found },
  { reproduced: object({ times: count, of: count }), rare: { const: true }, couldNotJudge: text },
)

export const matrixForm: Form<KillMatrix> = {
  what: 'the mutants.json of `mutants --report json`',
  schema: object(
    { ...stamp, mutants: { type: 'array', items: kill }, median: object({ programs: found, steps: found }) },
    { runs: count },
  ),
}

const defect = object(
  {
    ...{ name: text, expected: text, alternatives: texts, standsFor: text, caughtBy: texts, programs: found },
    killed: { type: 'boolean' },
  },
  { couldNotJudge: text },
)

export const heldOutForm: Form<HeldOutRecord> = {
  what: 'what `mutants --held-out SET --report json` writes',
  schema: object({ ...stamp, set: text, defects: { type: 'array', items: defect } }),
}

const violation = object({ requirement: text, clause: text, observed: text })

export const sliceForm: Form<Slice> = {
  what: 'a line of what `npm run false-positives` writes',
  schema: object(
    {
      ...{ date: text, sources: text, contract: text, node: text, system: text, seed: count, busy: count },
      ...{ programs: count, timeouts: count, violations: { type: 'array', items: violation }, unexercised: texts },
    },
    { engine: text, couldNotJudge: text },
  ),
}

export const sourcesForm: Form<{ sources: string }> = {
  what: 'what `npm run scoreboard` writes',
  schema: object({ sources: text }),
}

const ajv = new Ajv({ strict: true, allowUnionTypes: true })

/** The record that a text holds. @throws Error in one line, which says which file and what was expected */
export function parsed<T>({ what, schema }: Form<T>, file: string, content: string): T {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    throw new Error(`${file} is not JSON: expected ${what}`)
  }
  const validate = ajv.compile(schema)
  if (validate(value)) return value as T
  const [error] = validate.errors ?? []
  throw new Error(`${file} is wrong${error === undefined ? '' : ` at ${fault(error)}`}: expected ${what}`)
}

function fault({ instancePath, message = 'is wrong', params }: ErrorObject): string {
  const { allowedValue, additionalProperty } = params as { allowedValue?: unknown; additionalProperty?: string }
  const more = allowedValue ?? additionalProperty
  return `${instancePath || 'the top'}, which ${message}${more === undefined ? '' : ` (${JSON.stringify(more)})`}`
}
