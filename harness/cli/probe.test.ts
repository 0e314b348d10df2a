/** `probe` as a user has it: on systems that declare too much and too little, and on mutants that lost what they declare. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { command } from '../testing/command.ts'

const errors = (stdout: string): string[] =>
  [...stdout.matchAll(/^error: \S+ declares (\w+), but/gm)].map(([, name]) => name ?? '')
const hints = (stdout: string): string[] =>
  [...stdout.matchAll(/^hint: \S+ declares no (\w+), but/gm)].map(([, name]) => name ?? '')

test.each(['ws', 'uws', 'memory-serverless'])('%s has what it declares, and nothing else', async (system) => {
  const { code, stdout } = await command(['probe', system])
  expect([errors(stdout), hints(stdout)]).toEqual([[], []])
  expect(stdout).toMatch(/\n {2}capability +declared +found +evidence\n/)
  expect(code).toBe(0)
})

test('declared too much: an error for each, and exit code 1', async () => {
  const { code, stdout } = await command(['probe', 'harness/testing/boastful.ts'])
  expect(errors(stdout)).toEqual(['ordered', 'pathParameters', 'binary', 'customSubscribers'])
  expect(code).toBe(1)
})

test('declared too little: a hint for each, and exit code 0', async () => {
  const { code, stdout } = await command(['probe', 'harness/testing/modest.ts'])
  const missed = ['pathParameters', 'binary', 'closeCodes', 'gracefulStop', 'customSubscribers', 'protocolCloseCodes']
  expect(hints(stdout)).toEqual(missed)
  expect(stdout).toMatch(/declares no binary, but seems to have it: declare it and be judged by \d more requirements/)
  expect(errors(stdout)).toEqual([])
  expect(code).toBe(0)
})

test('`run` mentions what is not declared in one line', async () => {
  const out = mkdtempSync(join(tmpdir(), 'probe-'))
  const scope = ['--only', 'PUB-02', '--runs', '10', '--seed', '1', '--out', out]
  const modest = await command(['run', 'harness/testing/modest.ts', ...scope])
  expect(modest.stdout).toMatch(
    /\n {2}not declared, but seems to be there: pathParameters, binary, .*protocolCloseCodes; `.*probe/,
  )
  const ws = await command(['run', 'ws', ...scope])
  expect(ws.stdout).not.toContain('not declared')
})

test.each([
  ['reads-bytes-as-text', 'binary'],
  ['close-without-code', 'closeCodes'],
  ['stop-cuts-handlers', 'gracefulStop'],
  ['stop-leaves-before-disconnects', 'gracefulStop'],
  ['unwired-route-is-a-server-error', 'handshakeStatus'],
])('the mutant %s is told that it has no %s', async (name, capability) => {
  const { code, stdout } = await command(['probe', `mutant:${name}`])
  expect(errors(stdout)).toEqual([capability])
  expect(code).toBe(1)
})

test('what cannot be probed is told in one line, with exit code 2', async () => {
  const { code, stdout } = await command(['probe', 'harness/testing/no-system.ts'])
  expect(stdout).toMatch(/^harness\/testing\/no-system.ts: could not be probed: .*\n$/)
  expect(code).toBe(2)
})
