/** The doors of test runners, shown with vitest's own functions and with node:test in a process of its own. */
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Baseline } from '../../spec/baseline.ts'
import { minimalSystem } from '../testing/minimal-system.ts'
import { plainFamilies } from '../testing/plain-families.ts'
import { conform } from './conform.ts'
import { runConformance } from './runner.ts'
import { testConformance } from './vitest.ts'

const scope = { only: 'LIFE-15,PUB-02', out: false, seed: 1, families: plainFamilies } as const

// These are tests themselves: the minimal system passes what it is asked.
testConformance(minimalSystem(), scope)

const known: Baseline = {
  schemaVersion: 1,
  entries: [
    {
      system: 'minimal',
      requirement: 'PUB-02',
      signature: 'PUB-02 [not the excluded one] a connection received it',
      reason: 'issue 12',
      expires: '9999-12-31',
    },
  ],
}

// One that is known to fail passes too.
testConformance(minimalSystem({ excludesNobody: true }), { ...scope, baseline: known })

/** Declares tests as a runner would and runs them one after another; `notes` is what they are told beside. */
async function outcomes(
  system: ReturnType<typeof minimalSystem>,
  baseline?: Baseline,
  notes: string[] = [],
): Promise<Record<string, string>> {
  const tests: [string, (context: unknown) => Promise<void>][] = []
  const runner = {
    describe: (_name: string, body: () => void) => body(),
    it: (name: string, body: (context: unknown) => Promise<void>) => tests.push([name, body]),
  }
  runConformance(system, runner as never, { ...scope, baseline })
  const told: Record<string, string> = {}
  for (const [name, body] of tests) {
    told[name.split(' ')[0] ?? ''] = await body({ annotate: async (text: string) => void notes.push(text) }).then(
      () => 'passed',
      (error: Error) => error.message,
    )
  }
  return told
}

test('a broken requirement fails its own test, with the card', async () => {
  const told = await outcomes(minimalSystem({ excludesNobody: true }))
  expect(told['LIFE-15']).toBe('passed')
  expect(told['PUB-02']).toMatch(/PUB-02 \(must\) violated by "minimal", program of \d steps/)
})

test('a requirement that fails as in the baseline passes with a note', async () => {
  const notes: string[] = []
  const told = await outcomes(minimalSystem({ excludesNobody: true }), known, notes)
  expect(told['PUB-02']).toBe('passed')
  expect(notes).toEqual(['PUB-02 failed, as in the baseline (issue 12, until 9999-12-31)'])
})

test('a stale entry fails the test of its requirement, and so does an expired one', async () => {
  const stale = await outcomes(minimalSystem(), known)
  expect(stale['PUB-02']).toMatch(/is stale: .*remove it/)
  const past = { ...known, entries: known.entries.map((entry) => ({ ...entry, expires: '2020-01-31' })) }
  const expired = await outcomes(minimalSystem({ excludesNobody: true }), past)
  expect(expired['PUB-02']).toMatch(/PUB-02 \(must\) violated/)
  expect(expired['PUB-02']).toMatch(/expired on 2020-01-31 \(issue 12\)/)
})

test('a system that cannot be judged fails every test with the reason', async () => {
  const told = await outcomes({ ...minimalSystem(), start: () => Promise.reject(new Error('no port')) })
  expect(told['LIFE-15']).toMatch(/could not be judged \(seed 1\): the system minimal did not start: Error: no port/)
  expect(told['PUB-02']).toBe(told['LIFE-15'])
})

test('no test names a parameter: mocha and jest would wait for the callback they take it for', () => {
  const lengths: number[] = []
  const runner = {
    describe: (_name: string, body: () => void) => body(),
    it: (_name: string, body: (...args: unknown[]) => unknown) => lengths.push(body.length),
  }
  runConformance(minimalSystem(), runner as never, scope)
  expect(lengths).toEqual([0, 0])
})

test('node:test', { timeout: 60_000 }, async () => {
  const here = (path: string): string => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)))
  const file = join(mkdtempSync(join(tmpdir(), 'door-')), 'door.test.ts')
  writeFileSync(
    file,
    `import { describe, it } from 'node:test'
import { runConformance } from ${here('../index.ts')}
import { minimalSystem } from ${here('../testing/minimal-system.ts')}
import { plainFamilies } from ${here('../testing/plain-families.ts')}
runConformance(minimalSystem({ overlaps: true }), { describe, it }, { only: 'LIFE-15,PUB-02', out: false, seed: 1, families: plainFamilies })
`,
  )
  const args = ['--import', import.meta.resolve('tsx'), '--test', '--test-reporter', 'tap', file]
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
  const output = await new Promise<string>((resolve) =>
    execFile(process.execPath, args, { env }, (_error, stdout) => resolve(stdout)),
  )
  expect(output).toMatch(/not ok \d+ - LIFE-15/)
  expect(output).toMatch(/\bok \d+ - PUB-02/)
  expect(output).toMatch(/reproduced \d+ of 10 times/)
})

test.each([
  [{}, 'no value as url, expected a ws: address, or a function that gives a channel’s'],
  [{ url: 'nonsense', stop: async () => {} }, '"nonsense" as url, expected a ws: address'],
  [{ url: 'ws://127.0.0.1:1' }, 'no value as stop, expected a function'],
])('a start that gives %o is told of', async (running, message) => {
  const system = { ...minimalSystem(), start: async () => running as never }
  const { systems } = await conform(system, { only: ['PUB-02'], seed: 1, families: plainFamilies, out: false })
  expect(systems[0]?.couldNotJudge).toContain(`the system minimal did not start as expected: its start gave ${message}`)
})
