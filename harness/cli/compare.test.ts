/** `compare` as a person runs it: exit codes, what is written, and bad usage. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { command } from '../testing/command.ts'

const talkative = fileURLToPath(new URL('../testing/talkative-issues.ts', import.meta.url))
const noSystem = fileURLToPath(new URL('../testing/no-system.ts', import.meta.url))
const outOf = (): string => mkdtempSync(join(tmpdir(), 'compare-'))
const few = ['--runs', '10', '--seed', '1']

test('two systems that keep the contract: nothing, and 0', { timeout: 60_000 }, async () => {
  const out = outOf()
  const { code, stdout } = await command(['compare', 'ws', 'memory-serverless', '--only', 'PUB-02', ...few, '--out', out])
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
    /^ws and memory-serverless: no difference; \d+ programs, \d{3,} facts compared, \d+ programs left out; seed 1$/,
  )
  expect(code).toBe(0)
  expect(JSON.parse(readFileSync(join(out, 'comparison.json'), 'utf8'))).toMatchObject({
    systems: ['ws', 'memory-serverless'],
    differences: [],
  })
})

test('a mutant: the difference, which requirement it breaks, and 1', { timeout: 60_000 }, async () => {
  const { code, stdout } = await command([
    ...['compare', 'ws', 'mutant:excludes-nobody', '--only', 'PUB-02', '--bail', ...few, '--out', outOf()],
  ])
  expect(stdout).toContain('"mutant:excludes-nobody" is wrong by PUB-02')
  expect(code).toBe(1)
})

test('a difference is told with what the wrong side violates, kept, and shown again', { timeout: 90_000 }, async () => {
  const out = outOf()
  const { code, stdout } = await command(['compare', 'ws', talkative, '--only', 'VALID-01', ...few, '--out', out])
  expect(stdout).toContain('"mutant:talkative-issues" is wrong by VALID-01')
  expect(code).toBe(1)
  const file = join(out, 'differences', 'ws-mutant_talkative-issues-replies.json')
  expect(stdout).toContain(`again     channel-conformance compare --again ${file}`)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ references: ['ws', talkative], kind: 'replies' })
  const again = await command(['compare', '--again', file, '--out', out])
  expect(again.stdout).toContain('is wrong by VALID-01')
  expect(again.code).toBe(1)
  const same = await command(['compare', 'ws', 'uws', '--again', file, '--out', out])
  expect(same.stdout).toContain('"ws" and "uws" no longer differ in that')
  expect(same.code).toBe(0)
})

test('a system whose package is missing: why, and 2', { timeout: 30_000 }, async () => {
  const hook = `export async function resolve(specifier, context, next) {
    if (!specifier.startsWith('@aws-sdk/')) return next(specifier, context)
    throw Object.assign(new Error("Cannot find package '" + specifier + "'"), { code: 'ERR_MODULE_NOT_FOUND' })
  }`
  const inUrl = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`
  const preload = `import { register } from 'node:module'; register(${JSON.stringify(inUrl(hook))})`
  const NODE_OPTIONS = `--import ${inUrl(preload)}`
  const { code, stdout } = await command(['compare', 'ws', 'dynamodb-serverless', '--out', outOf()], { NODE_OPTIONS })
  expect(stdout).toMatch(/^ws and dynamodb-serverless: could not be compared: dynamodb-serverless: the AWS SDK is not installed/)
  expect(code).toBe(2)
})

test.each([
  [['compare'], /compare takes two systems, not 0/],
  [['compare', 'ws'], /compare takes two systems, not 1/],
  [['compare', 'ws', 'uws', 'ws'], /compare takes two systems, not 3/],
  [['compare', 'ws', 'nope'], /unknown system "nope"/],
  [['compare', 'ws', './nope.ts'], /cannot read \.\/nope\.ts/],
  [['compare', 'ws', noSystem], /expected the default export of .*no-system\.ts to be a system/],
  [['compare', 'ws', 'uws', '--only', 'PUB'], /no requirement or area is called "PUB"/],
  [['compare', 'ws', 'uws', '--runs', 'x'], /'x' is invalid/],
  [['compare', '--again', './nope.json'], /cannot read the difference \.\/nope\.json/],
  [['compare', '--again', 'package.json'], /package\.json is no difference of version 1/],
])('%s', { timeout: 30_000 }, async (args, message) => {
  const { code, stdout, stderr } = await command([...args, '--out', outOf()])
  expect(`${stdout}${stderr}`).toMatch(message)
  expect(code).toBe(2)
})
