/** Records that are right, and one line for each that is wrong. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { heldOutSets } from '../../harness/mutants/held-out/held-out.ts'
import type { RequirementResult } from '../../spec/result.ts'
import { readRecords, readSubmissions } from './read.ts'
import { heldOut, judged, kill, matrix, references, result, slice, system } from './testing/records.ts'

/** A directory with these files; what is no text is written as JSON. */
function directory(files: Readonly<Record<string, unknown>>): string {
  const path = mkdtempSync(join(tmpdir(), 'records-'))
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(path, name), typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** The one line that a directory is refused with, without the directory. */
function refused(read: (path: string) => unknown, files: Readonly<Record<string, unknown>>): string {
  const path = directory(files)
  try {
    read(path)
  } catch (error) {
    return (error as Error).message.replaceAll(`${path}/`, '')
  }
  return 'it was accepted'
}

test('records of each kind are read, matrices by seed', () => {
  const {
    conformance,
    sources,
    slices,
    matrices,
    heldOut: sets,
  } = readRecords(
    directory({
      'conformance.json': references(),
      'sources.json': { sources: 'a-b-c-d' },
      'false-positives.ndjson': `${JSON.stringify(slice())}\n${JSON.stringify(slice({ seed: 2 }))}\n`,
      'mutants-10.json': matrix(10, []),
      'mutants-9.json': matrix(9, [kill('one')]),
      'held-out-first.json': heldOut(),
    }),
  )
  expect(conformance?.systems).toHaveLength(4)
  expect(sources).toBe('a-b-c-d')
  expect(slices.map(({ seed }) => seed)).toEqual([1, 2])
  expect(matrices.map(({ seed }) => seed)).toEqual([9, 10])
  expect(sets.map(({ set }) => set)).toEqual(['first'])
})

test('where nothing is recorded there is nothing', () => {
  expect(readRecords(join(directory({}), 'absent'))).toEqual({ slices: [], matrices: [], heldOut: [] })
  expect(readRecords(directory({ 'false-positives.ndjson': '' })).slices).toEqual([])
  expect(readSubmissions(join(directory({}), 'absent'))).toEqual([])
})

const matrixExpected = 'expected the mutants.json of `mutants --report json`'
const runExpected = 'expected the unedited conformance.json of `run --report json`'
const { contract: _, ...unstamped } = matrix(1, [])

test.each<[string, unknown, string]>([
  ['mutants-1.json', '{', `mutants-1.json is not JSON: ${matrixExpected}`],
  [
    'mutants-1.json',
    unstamped,
    `mutants-1.json is wrong at the top, which must have required property 'contract': ${matrixExpected}`,
  ],
  [
    'mutants-1.json',
    matrix(1, [kill('one', { programs: -1 })]),
    `mutants-1.json is wrong at /mutants/0/programs, which must be >= 0: ${matrixExpected}`,
  ],
  ['mutants-2.json', matrix(1, []), 'mutants-2.json is of the seed 1: expected it as mutants-1.json'],
  ['held-out-second.json', heldOut(), 'held-out-second.json is of the set first: expected it as held-out-first.json'],
  [
    'held-out-hundredth.json',
    heldOut({ set: 'hundredth' }),
    `held-out-hundredth.json is of a set that there is not: expected ${Object.keys(heldOutSets).join(' or ')}`,
  ],
  [
    'false-positives.ndjson',
    `${JSON.stringify(slice())}\n${JSON.stringify({ ...slice(), busy: '2' })}\n`,
    'false-positives.ndjson, line 2, is wrong at /busy, which must be integer: expected a line of what `npm run false-positives` writes',
  ],
  [
    'sources.json',
    {},
    "sources.json is wrong at the top, which must have required property 'sources': expected what `npm run scoreboard` writes",
  ],
  [
    'notes.txt',
    '',
    'notes.txt is no record: expected conformance.json, false-positives.ndjson, sources.json, mutants-SEED.json or held-out-SET.json',
  ],
  [
    'conformance.json',
    result([system('ws')]),
    'conformance.json lacks memory-serverless, uws, dynamodb-serverless: expected every bundled system',
  ],
  [
    'conformance.json',
    result([...references().systems, system('mine')]),
    'conformance.json holds "mine": expected ws, memory-serverless, uws, dynamodb-serverless alone',
  ],
])('a wrong %s', (name, content, line) => {
  expect(refused(readRecords, { [name]: content })).toBe(line)
})

const known: Partial<RequirementResult> = { verdict: 'failed', baseline: { reason: 'issue 12', expires: '2027-01-31' } }

test.each<[string, unknown, string]>([
  ['not JSON', 'system: mine', `mine.json is not JSON: ${runExpected}`],
  [
    'another version of the schema',
    { ...result([system('mine')]), schemaVersion: 2 },
    `mine.json is wrong at /schemaVersion, which must be equal to constant (1): ${runExpected}`,
  ],
  [
    'a field of their own',
    { ...result([system('mine')]), author: 'me' },
    `mine.json is wrong at the top, which must NOT have additional properties ("author"): ${runExpected}`,
  ],
  [
    'the name of a bundled system',
    result([system('mine'), system('WS ')]),
    'mine.json calls its system "WS ", as a bundled one is called: expected a name of its own',
  ],
  [
    'the same name twice',
    result([system('mine'), system('mine')]),
    'mine.json calls its system "mine", as mine.json does: expected one file for a system',
  ],
  ['another seed', result([system('mine')], { seed: 7 }), 'mine.json has the seed 7: expected --seed 20261121'],
  ['no system', result([]), 'mine.json holds no system: expected one that was judged'],
  [
    'nothing judged',
    result([system('mine', { requirements: [], couldNotJudge: 'it died' })]),
    'mine.json: nothing of "mine" was judged: expected a whole run',
  ],
  [
    'a baseline',
    result([system('mine', { requirements: judged({ 'PUB-02': known }) })]),
    'mine.json: PUB-02 of "mine" is excused: expected a run without --baseline',
  ],
  [
    'a selection',
    result([system('mine', { requirements: judged().slice(1) })]),
    'mine.json does not judge LIFE-01 of "mine": expected a run without --only and --skip',
  ],
  [
    'a requirement twice',
    result([system('mine', { requirements: [...judged(), ...judged().slice(0, 1)] })]),
    'mine.json judges LIFE-01 of "mine" twice',
  ],
  [
    'a level of their own',
    result([system('mine', { requirements: judged({ 'PUB-02': { level: 'should' } }) })]),
    'mine.json judges PUB-02 (should), which contract 1.0 does not have',
  ],
])('a submission with %s', (_name, content, line) => {
  expect(refused(readSubmissions, { 'mine.json': content })).toBe(line)
})

test('submissions that follow the rules: one that fails, one of an older contract', () => {
  const failing = result([system('failing', { requirements: judged({ 'PUB-02': { verdict: 'failed' } }) })])
  const old = result([system('old', { requirements: judged().slice(0, 3) })], { contractVersion: '0.9' })
  const found = readSubmissions(directory({ 'failing.json': failing, 'old.json': old }))
  expect(found).toEqual([
    { file: 'failing.json', result: failing },
    { file: 'old.json', result: old },
  ])
})

test('submissions of two files with the same name, and files that are none', () => {
  const mine = result([system('mine')])
  expect(refused(readSubmissions, { 'a.json': mine, 'b.json': mine })).toBe(
    'b.json calls its system "mine", as a.json does: expected one file for a system',
  )
  expect(refused(readSubmissions, { 'README.md': '' })).toBe('README.md is no submission: expected NAME.json')
  const path = directory({})
  mkdirSync(join(path, 'folder'))
  expect(() => readSubmissions(path)).toThrow('folder is no submission: expected NAME.json')
})
