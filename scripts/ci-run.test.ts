/** What .ci/run says and returns, with an npm of our own in place of the real one. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConformanceResult, RequirementResult, SystemResult } from '../spec/result.ts'

const script = fileURLToPath(new URL('../.ci/run', import.meta.url))
let folder = ''

/** Writes what the real commands would leave, and fails where it is told to. */
const fakeNpm = `#!/usr/bin/env node
const { mkdirSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const args = process.argv.slice(2)
const tests = args.find((each) => each.startsWith('--outputFile.json='))
if (tests) writeFileSync(tests.slice(tests.indexOf('=') + 1), process.env.TESTS)
const out = args[args.indexOf('--out') + 1]
if (args.includes('conformance')) writeFileSync(join(out, 'conformance.json'), process.env.RESULT)
if (args.includes('conformance:dynamodb-local') && process.env.LOCAL) {
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'conformance.json'), process.env.LOCAL)
}
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
const memory: SystemResult = { ...ws, name: 'memory-serverless' }
const dynamodb: SystemResult = { ...ws, name: 'dynamodb-serverless', engine: 'dynalite 4.0.0' }
const local: SystemResult = { ...dynamodb, engine: 'DynamoDB Local 1.25.1 at http://127.0.0.1:1' }
const result: ConformanceResult = {
  schemaVersion: 1,
  contractVersion: '1.0',
  packageVersion: '0.0.0',
  nodeVersion: '20.0.0',
  date: '2026-01-01T00:00:00.000Z',
  seed: 1,
  timeoutsHit: 0,
  systems: [ws, uws, memory, dynamodb],
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-run-'))
  mkdirSync(join(folder, 'bin'))
  for (const [name, text] of Object.entries({ npm: fakeNpm, 'bin/java': '#!/bin/sh\n', chromium: '#!/bin/sh\n' })) {
    writeFileSync(join(folder, name), text)
    chmodSync(join(folder, name), 0o755)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the script; its closing line and exit code. */
function ci({
  fail = '',
  failedTests = 0,
  systems = result.systems,
  onLocal = [local],
  java = folder,
}: {
  fail?: string
  failedTests?: number
  systems?: SystemResult[]
  onLocal?: SystemResult[] | undefined
  java?: string
}) {
  const env = {
    ...process.env,
    PATH: [folder, dirname(process.execPath), process.env.PATH].join(delimiter),
    FAIL: fail,
    TESTS: JSON.stringify({ numPassedTests: 40, numFailedTests: failedTests }),
    RESULT: JSON.stringify({ ...result, systems }),
    LOCAL: onLocal.length === 0 ? '' : JSON.stringify({ ...result, systems: onLocal }),
    JAVA_HOME: java,
    // Nothing is installed for this test.
    CI: '',
  }
  const { stdout, status } = spawnSync('bash', [script], { env, encoding: 'utf8' })
  return { closing: stdout.trimEnd().split('\n').at(-1), status, stdout }
}

test('a green run sums steps, tests and requirements', { timeout: 30_000 }, () => {
  expect(ci({})).toMatchObject({ closing: expect.stringMatching(/^54 passed, 0 failed$/), status: 0 })
})

test.each([
  'ci',
  'types',
  'lint',
  'test',
  'conformance',
  'conformance:dynamodb-local',
  'mutants',
  'false-positives',
  'html-report:check',
])('a failing `%s` fails it, and the closing line stands', { timeout: 30_000 }, (fail) => {
  expect(ci({ fail })).toMatchObject({ closing: expect.stringMatching(/^\d+ passed, [1-9]\d* failed$/), status: 1 })
})

test('a failed test, a skipped system and a failed requirement fail it', { timeout: 60_000 }, () => {
  expect(ci({ failedTests: 2, fail: 'test' })).toMatchObject({
    closing: expect.stringMatching(/ passed, [23] failed$/),
    status: 1,
  })
  const skipped = ci({ systems: [ws, { ...uws, skipped: 'no binary', requirements: [] }, memory, dynamodb] })
  expect(skipped).toMatchObject({ closing: expect.stringMatching(/ passed, 1 failed$/), status: 1 })
  expect(skipped.stdout).toContain('uws was not judged')
  const failed = ci({ systems: [ws, { ...uws, requirements: [{ ...requirement, verdict: 'failed' }] }, memory, dynamodb] })
  expect(failed).toMatchObject({ closing: expect.stringMatching(/ passed, 1 failed$/), status: 1 })
})

test('the run on DynamoDB Local is counted where there is Java, and said to be left out where there is none', {
  timeout: 60_000,
}, () => {
  const without = ci({ java: join(folder, 'none'), onLocal: [] })
  const passed = (ran: { closing?: string | undefined }): number =>
    Number(/^(\d+) passed, 0 failed$/.exec(ran.closing ?? '')?.[1])
  expect(without.stdout).toContain('left out: there is no Java here')
  // The step, and the one requirement.
  expect(passed(ci({}))).toBe(passed(without) + 2)
})

test('a run on DynamoDB Local that failed, ran elsewhere or left no result fails it', { timeout: 60_000 }, () => {
  const failed = ci({ onLocal: [{ ...local, requirements: [{ ...requirement, verdict: 'failed' }] }] })
  expect(failed).toMatchObject({ closing: expect.stringMatching(/ passed, 1 failed$/), status: 1 })
  const elsewhere = ci({ onLocal: [dynamodb] })
  expect(elsewhere).toMatchObject({ closing: expect.stringMatching(/ passed, 1 failed$/), status: 1 })
  expect(elsewhere.stdout).toContain('SHORT: dynamodb-serverless ran on dynalite 4.0.0')
  const none = ci({ onLocal: [] })
  expect(none).toMatchObject({ closing: expect.stringMatching(/ passed, 1 failed$/), status: 1 })
  expect(none.stdout).toContain('SHORT: no result of dynamodb-serverless')
})
