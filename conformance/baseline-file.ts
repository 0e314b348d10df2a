/** Reads and checks a baseline before anything is run. */
import { readFile } from 'node:fs/promises'
import type { Baseline, BaselineEntry } from '../spec/baseline.ts'
import { requirementById } from '../spec/requirements/index.ts'
import { clauseSigned } from './signature.ts'

/** A baseline that cannot be read or is none, in one line. */
export class BaselineError extends Error {
  override name = 'BaselineError'
}

/** The baseline of a path, or one that has been parsed. @throws BaselineError */
export async function loadBaseline(from: string | Baseline): Promise<Baseline> {
  if (typeof from !== 'string') return checkBaseline(from, 'the baseline')
  const text = await readFile(from, 'utf8').catch((error: Error) => {
    throw new BaselineError(`cannot read the baseline ${from}: ${error.message}`)
  })
  return checkBaseline(parsed(text, from), from)
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BaselineError(`${path} is no baseline: expected the JSON that \`run --write-baseline FILE\` writes`)
  }
}

/** Checks the form of `value`, which errors call `what`. @throws BaselineError */
export function checkBaseline(value: unknown, what: string): Baseline {
  const { schemaVersion, entries, ...others } = (value ?? {}) as Partial<Baseline>
  const [other] = Object.keys(others)
  if (schemaVersion !== 1 || !Array.isArray(entries) || other !== undefined)
    throw new BaselineError(`${what} is no baseline: expected { "schemaVersion": 1, "entries": […] } and nothing else`)
  for (const [index, entry] of entries.entries()) {
    const wrong = wrongIn(entry)
    if (wrong !== undefined) throw new BaselineError(`entry ${index + 1} of ${what} ${wrong}`)
  }
  return { schemaVersion, entries }
}

const fields = ['system', 'requirement', 'signature', 'reason', 'expires'] as const satisfies (keyof BaselineEntry)[]

/** What is wrong with an entry, if anything. */
function wrongIn(entry: Partial<BaselineEntry> | null): string | undefined {
  const given = entry ?? {}
  const lacking = fields.find((field) => typeof given[field] !== 'string' || given[field].trim() === '')
  if (lacking !== undefined) return `has no ${lacking}: each needs ${fields.join(', ')}`
  const other = Object.keys(given).find((field) => !fields.some((each) => each === field))
  if (other !== undefined) return `has a field ${JSON.stringify(other)}: expected ${fields.join(', ')}`
  const { requirement: id, signature, expires } = given as BaselineEntry
  const requirement = requirementById(id)
  if (requirement === undefined) return `names the requirement ${JSON.stringify(id)}, which this version does not have`
  if (clauseOf(id, signature) === undefined)
    return `has the signature ${JSON.stringify(signature)}: expected one of ${id}, which begins with ${clauseSigned(id, 'clause')}`
  if (!isDate(expires)) return `expires on ${JSON.stringify(expires)}: expected a date, YYYY-MM-DD`
  return undefined
}

/** The clause that a signature of a requirement names; undefined where it names none of its clauses. */
export function clauseOf(id: string, signature: string): string | undefined {
  const clauses = Object.keys(requirementById(id)?.clauses ?? {})
  return clauses.find((clause) => signature.startsWith(`${clauseSigned(id, clause)} `))
}

/** Whether a text is a day of the calendar, YYYY-MM-DD. */
export function isDate(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
