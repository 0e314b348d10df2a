/** The schema of the JSON report against a literal report, typed as the result it is made from, and broken ones. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import type { ConformanceResult, RequirementResult, SystemResult } from '../../spec/result.ts'

const schema = JSON.parse(readFileSync(new URL('./conformance-1.schema.json', import.meta.url), 'utf8')) as object
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema)

const failed: RequirementResult = {
  id: 'PUB-02',
  level: 'must',
  verdict: 'failed',
  exercised: 31,
  programs: 22,
  clauses: {
    others: { exercised: 31, programs: 22, undecided: 4 },
    excluded: { exercised: 0, programs: 0, undecided: 0, heavy: true },
  },
  violations: [
    {
      requirement: 'PUB-02',
      clause: 'excluded',
      signature: 'PUB-02 [excluded] … on a connection',
      expected: 'nothing on topic "a" for c2',
      observed: 'm3 (event 17)',
      events: ['12 c1 publish m3', '17 c2 receive m3'],
      card: 'cards/ws-PUB-02.json',
    },
  ],
}
const absent: RequirementResult = {
  ...failed,
  id: 'AUTH-12',
  level: 'should',
  verdict: 'not-applicable',
  clauses: {},
  violations: [],
}
const ws: SystemResult = {
  name: 'ws',
  capabilities: ['stateful', 'ordered'],
  programs: 400,
  steps: 2300,
  timeouts: 0,
  requirements: [failed, absent],
}
const none = { capabilities: [], programs: 0, steps: 0, timeouts: 0, requirements: [] }
const report: ConformanceResult = {
  schemaVersion: 1,
  contractVersion: '1.0',
  packageVersion: '0.1.0',
  nodeVersion: '20.20.2',
  date: '2026-11-21T06:10:41.000Z',
  seed: 20261121,
  timeoutsHit: 0,
  systems: [
    ws,
    { ...ws, name: 'dynamodb-serverless', engine: 'dynalite 4.0.0' },
    { ...none, name: 'uws', skipped: 'no binary for this Node' },
    { ...none, name: './mine.ts', couldNotJudge: 'it did not start' },
  ],
}

test('a report whose failure is in the baseline is accepted', () => {
  const known: RequirementResult = {
    ...failed,
    baseline: { reason: 'issue 12', expires: '2027-01-31' },
    baselineErrors: ['stale'],
  }
  const [system] = report.systems
  expect(validate({ ...report, systems: [{ ...system, requirements: [known] }] }), JSON.stringify(validate.errors)).toBe(true)
})

test('a report is accepted', () => {
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true)
})

/** The report with one value replaced; `undefined` removes it. */
function planted(path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(report) as unknown as Record<string | number, unknown>
  let at = copy
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>
  const last = path.at(-1) as string
  if (value === undefined) delete at[last]
  else at[last] = value
  return copy
}

const first = ['systems', 0, 'requirements', 0]
const violation = [...first, 'violations', 0]

test.each<[string, (string | number)[], unknown]>([
  ...Object.keys(report).map((key): [string, string[], undefined] => [`no ${key}`, [key], undefined]),
  ...Object.keys(ws).map((key): [string, (string | number)[], undefined] => [
    `no ${key} of a system`,
    ['systems', 0, key],
    undefined,
  ]),
  ...Object.keys(failed).map((key): [string, (string | number)[], undefined] => [
    `no ${key} of a requirement`,
    [...first, key],
    undefined,
  ]),
  ['another version', ['schemaVersion'], 2],
  ['a date without a time', ['date'], '2026-11-21'],
  ['a seed that is text', ['seed'], '7'],
  ['fewer than no time-outs', ['timeoutsHit'], -1],
  ['an unknown field', ['more'], 1],
  ['an unknown field of a system', ['systems', 0, 'more'], 1],
  ['a capability twice', ['systems', 0, 'capabilities'], ['binary', 'binary']],
  ['a nameless system', ['systems', 0, 'name'], ''],
  ['an id without its area', [...first, 'id'], '02'],
  ['an unknown level', [...first, 'level'], 'may'],
  ['an unknown verdict', [...first, 'verdict'], 'skipped'],
  ['half a program', [...first, 'programs'], 0.5],
  ['a clause without counts', [...first, 'clauses', 'others'], { exercised: 1 }],
  ['a heavy that is no boolean', [...first, 'clauses', 'others', 'heavy'], 'yes'],
  ['a violation without its signature', [...violation, 'signature'], undefined],
  ['a baseline without its reason', [...first, 'baseline'], { expires: '2027-01-31' }],
  ['a baseline without its date', [...first, 'baseline'], { reason: 'known' }],
  ['a baseline until some time', [...first, 'baseline'], { reason: 'known', expires: 'soon' }],
  ['baseline errors that are none', [...first, 'baselineErrors'], []],
  ['a violation without what was seen', [...violation, 'observed'], undefined],
  ['events that are no lines', [...violation, 'events'], [12]],
])('%s is refused', (_name, path, value) => {
  expect(validate(planted(path, value))).toBe(false)
})
