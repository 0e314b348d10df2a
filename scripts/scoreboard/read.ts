/** Reads what is committed and checks it: whatever is there is used or is an error, nothing is passed over. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { heldOutSets } from '../../harness/mutants/held-out/held-out.ts'
import type { Submission } from '../../reports/scoreboard/recorded.ts'
import type { HeldOutRecord, KillMatrix } from '../../spec/records.ts'
import type { ConformanceResult } from '../../spec/result.ts'
import type { Slice } from '../false-positives/record.ts'
import { conformanceForm, heldOutForm, matrixForm, parsed, sliceForm, sourcesForm } from './forms.ts'
import { checkReferences, checkSubmissions } from './whole-run.ts'

/** The names of records that there may be one of. */
export const files = {
  conformance: 'conformance.json',
  campaign: 'false-positives.ndjson',
  sources: 'sources.json',
} as const

/** All records. */
export interface Records {
  conformance?: ConformanceResult
  /** The sources with which the pages were last made. */
  sources?: string
  slices: Slice[]
  matrices: KillMatrix[]
  heldOut: HeldOutRecord[]
}

/** The files of a directory; there is none of what nobody has recorded. */
const entries = (directory: string): string[] => (existsSync(directory) ? readdirSync(directory).toSorted() : [])

/** The records of a directory. @throws Error in one line for a file that is wrong, or that is none of them */
export function readRecords(directory: string): Records {
  const records: Records = { slices: [], matrices: [], heldOut: [] }
  for (const name of entries(directory)) {
    const file = join(directory, name)
    const content = readFileSync(file, 'utf8')
    if (name === files.conformance) {
      records.conformance = parsed(conformanceForm, file, content)
      checkReferences(file, records.conformance)
    } else if (name === files.sources) records.sources = parsed(sourcesForm, file, content).sources
    else if (name === files.campaign) records.slices = slicesOf(file, content)
    else if (/^mutants-.*\.json$/.test(name)) records.matrices.push(matrixOf(name, file, content))
    else if (/^held-out-.*\.json$/.test(name)) records.heldOut.push(heldOutOf(name, file, content))
    else
      throw new Error(`${file} is no record: expected ${Object.values(files).join(', ')}, mutants-SEED.json or held-out-SET.json`)
  }
  records.matrices.sort((a, b) => a.seed - b.seed)
  return records
}

function slicesOf(file: string, content: string): Slice[] {
  return content
    .split('\n')
    .flatMap((line, index) => (line === '' ? [] : [parsed(sliceForm, `${file}, line ${index + 1},`, line)]))
}

function matrixOf(name: string, file: string, content: string): KillMatrix {
  const matrix = parsed(matrixForm, file, content)
  const own = `mutants-${matrix.seed}.json`
  if (name !== own) throw new Error(`${file} is of the seed ${matrix.seed}: expected it as ${own}`)
  return matrix
}

function heldOutOf(name: string, file: string, content: string): HeldOutRecord {
  const record = parsed(heldOutForm, file, content)
  const own = `held-out-${record.set}.json`
  if (name !== own) throw new Error(`${file} is of the set ${record.set}: expected it as ${own}`)
  if (!Object.hasOwn(heldOutSets, record.set))
    throw new Error(`${file} is of a set that there is not: expected ${Object.keys(heldOutSets).join(' or ')}`)
  return record
}

/** Third parties' results, by the name of the file. @throws Error in one line for one that breaks a rule */
export function readSubmissions(directory: string): Submission[] {
  const submissions = entries(directory).map((name) => {
    const path = join(directory, name)
    if (!name.endsWith('.json')) throw new Error(`${path} is no submission: expected NAME.json`)
    return { path, file: name, result: parsed(conformanceForm, path, readFileSync(path, 'utf8')) }
  })
  checkSubmissions(submissions.map(({ path, result }) => ({ file: path, result })))
  return submissions.map(({ file, result }) => ({ file, result }))
}
