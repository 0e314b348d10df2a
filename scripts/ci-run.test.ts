/** What .ci/run says and returns, with an npm of our own in place of the real one. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConformanceResult, RequirementResult, SystemResult } from '../spec/result.ts'

const script = fileURLToPath(new URL('../.ci/run', import.meta.url))
let folder = ''

/** Writes what the real commands would leave, and fails where it is told to. */
const fakeNpm = `#!/usr/bin/env node
const { writeFileSync } = require('node:fs')
const { join } = require('node:path')
const args = process.argv.slice(2)
const tests = args.find((each) => each.startsWith('--outputFile.json='))
if (tests) writeFileSync(tests.slice(tests.indexOf('=') + 1), process.env.TESTS)
if (args.includes('conformance') && args.includes('--out')) writeFileSync(join(args[args.indexOf('--out') + 1], 'conformance.json'), process.env.RESULT)
process.exit(process.env.FAIL && args.includes(process.env.FAIL) ? 1 : 0)
`

const requirement: RequirementResult = {
  id: 'PUB-02',
  level: 'must',
  verdict: 'passed',
  exercised: 30,
  programs: 30,
  clauses: {},
  violations: [],
}
const ws: SystemResult = { name: 'ws', capabilities: [], programs: 30, steps: 60, timeouts: 0, requirements: [requirement] }
const uws: SystemResult = { ...ws, name: 'uws' }
const result: ConformanceResult = {
  schemaVersion: 1,
  contractVersion: '1.0',
  packageVersion: '0.0.0',
  nodeVersion: '20.0.0',
  date: '2026-01-01T00:00:00.000Z',
  seed: 1,
  timeoutsHit: 0,
  systems: [ws, uws],
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-run-'))
  writeFileSync(join(folder, 'npm'), fakeNpm)
  chmodSync(join(folder, 'npm'), 0o755)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the script; its closing line and exit code. */
function ci({
  fail = '',
  failedTests = 0,
  systems = result.systems,
}: {
  fail?: string
  failedTests?: number
  systems?: SystemResult[]
}) {
  const env = {
    ...process.env,
    PATH: [folder, dirname(process.execPath), process.env.PATH].join(delimiter),
    FAIL: fail,
    TESTS: JSON.stringify({ numPassedTests: 40, numFailedTests: failedTests }),
    RESULT: JSON.stringify({ ...result, systems }),
  }
  const { stdout, status } = spawnSync('bash', [script], { env, encoding: 'utf8' })
  return { closing: stdout.trimEnd().split('\n').at(-1), status, stdout }
}

test('a green run sums steps, tests and requirements', { timeout: 30_000 }, () => {
  expect(ci({})).toMatchObject({ closing: expect.stringMatching(/^4\d passed, 0 failed$/), status: 0 })
})

test.each(['ci', 'types', 'lint', 'test', 'conformance'])(
  'a failing `%s` fails it, and the closing line stands',
  { timeout: 30_000 },
  (fail) => {
    expect(ci({ fail })).toMatchObject({ closing: expect.stringMatching(/^\d+ passed, [1-9]\d* failed$/), status: 1 })
  },
)

test('a failed test, a skipped system and a failed requirement fail it', { timeout: 60_000 }, () => {
  expect(ci({ failedTests: 2, fail: 'test' })).toMatchObject({
    closing: expect.stringMatching(/ passed, [23] failed$/),
    status: 1,
  })
  const skipped = ci({ systems: [ws, { ...uws, skipped: 'no binary', requirements: [] }] })
  expect(skipped).toMatchObject({ closing: expect.stringMatching(/ passed, 1 failed$/), status: 1 })
  expect(skipped.stdout).toContain('uws was not judged')
  const failed = ci({ systems: [ws, { ...uws, requirements: [{ ...requirement, verdict: 'failed' }] }] })
  expect(failed).toMatchObject({ closing: expect.stringMatching(/ passed, 1 failed$/), status: 1 })
})
