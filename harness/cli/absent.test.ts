/** Bundled systems that cannot be loaded: one that lacks an optional package is skipped, one with a fault is an error. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { command } from '../testing/command.ts'

/** A place without the AWS SDK, in which the module of memory-serverless has a mistake. */
const hooks = `
  export async function resolve(specifier, context, next) {
    if (!specifier.startsWith('@aws-sdk/')) return next(specifier, context)
    throw Object.assign(new Error("Cannot find package '" + specifier + "'"), { code: 'ERR_MODULE_NOT_FOUND' })
  }
  export async function load(url, context, next) {
    if (!/systems\\/memory-serverless\\.ts/.test(url)) return next(url, context)
    return { format: 'module', shortCircuit: true, source: 'undefined.boom' }
  }
`
const inUrl = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`
const preload = `import { register } from 'node:module'; register(${JSON.stringify(inUrl(hooks))})`
const NODE_OPTIONS = `--import ${inUrl(preload)}`

const run = (...args: string[]) =>
  command(['run', '--only', 'PUB-02', '--runs', '1', '--out', mkdtempSync(join(tmpdir(), 'absent-')), ...args], { NODE_OPTIONS })

const skipped =
  'dynamodb-serverless: skipped: the AWS SDK is not installed (@aws-sdk/client-dynamodb, @aws-sdk/client-apigatewaymanagementapi, @aws-sdk/client-lambda); install it with: npm install @aws-sdk/client-dynamodb @aws-sdk/client-apigatewaymanagementapi @aws-sdk/client-lambda'
const broken =
  /^memory-serverless: could not be judged: it could not be loaded: TypeError: Cannot read properties of undefined \(reading 'boom'\) \(at .*memory-serverless\.ts.*\)$/

test('asked for, and its package is missing: skipped, with reason and remedy, and exit code 2', { timeout: 60_000 }, async () => {
  const { code, stdout } = await run('dynamodb-serverless')
  const [line, last] = stdout.split('\n')
  expect(line).toBe(skipped)
  expect(last).toContain('1 systems skipped')
  expect(code).toBe(2)
})

test('asked for, and its module throws: an error, with where', { timeout: 60_000 }, async () => {
  const { code, stdout } = await run('memory-serverless')
  expect(stdout.split('\n')[0]).toMatch(broken)
  expect(stdout).toContain('0 systems skipped')
  expect(code).toBe(2)
})

test('the simulated tier tells the two apart as well', { timeout: 60_000 }, async () => {
  const { code, stdout } = await run('--simulated')
  expect(stdout).toContain(skipped)
  expect(stdout.split('\n').find((line) => line.startsWith('memory-serverless'))).toMatch(broken)
  expect(code).toBe(2)
})

test('both are in every report', { timeout: 60_000 }, async () => {
  const out = mkdtempSync(join(tmpdir(), 'absent-'))
  await run('dynamodb-serverless', 'memory-serverless', '--report', 'json,junit,markdown', '--out', out)
  for (const file of ['conformance.json', 'junit.xml', 'summary.md']) {
    const text = readFileSync(join(out, file), 'utf8')
    expect(text).toContain('the AWS SDK is not installed')
    expect(text).toContain('it could not be loaded')
  }
})

test('doctor tells the two apart as well', { timeout: 60_000 }, async () => {
  const { stdout } = await command(['doctor'], { NODE_OPTIONS })
  expect(stdout).toMatch(/^system dynamodb-serverless +would be skipped: the AWS SDK is not installed/m)
  expect(stdout).toMatch(/^system memory-serverless +cannot run here: it could not be loaded: TypeError/m)
})
