/** The JSON report as a user gets it, against its schema; and the line that a card prints, run. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import type { ConformanceResult } from '../../spec/result.ts'
import { command } from '../testing/command.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../reports/schema/conformance-1.schema.json', import.meta.url), 'utf8'),
) as object
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema)
const scope = ['--only', 'LIFE-15,PUB-02', '--seed', '7', '--runs', '60']

async function report(system: string) {
  const out = mkdtempSync(join(tmpdir(), 'report-'))
  const ran = await command(['run', system, ...scope, '--report', 'json', '--out', out])
  return { ...ran, result: JSON.parse(readFileSync(join(out, 'conformance.json'), 'utf8')) as ConformanceResult }
}

test('a passing run: valid, and every requirement has a verdict', { timeout: 60_000 }, async () => {
  const { code, result } = await report('ws')
  expect(validate(result), JSON.stringify(validate.errors)).toBe(true)
  expect(code).toBe(0)
  expect(result.systems[0]?.requirements.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['LIFE-15', 'passed'],
    ['PUB-02', 'passed'],
  ])
})

test('what a system runs on is told in the line and in the report', { timeout: 60_000 }, async () => {
  const { result, stdout } = await report('harness/testing/on-an-engine.ts')
  expect(validate(result), JSON.stringify(validate.errors)).toBe(true)
  expect(result.systems[0]).toMatchObject({ name: 'stored', engine: 'dynalite 4.0.0' })
  expect(stdout).toContain('stored on dynalite 4.0.0: 2 passed')
})

test('a failing run: valid, exit code 1, and the line its card prints fails again', { timeout: 60_000 }, async () => {
  const { code, result, stdout } = await report('mutant:excludes-nobody')
  expect(validate(result), JSON.stringify(validate.errors)).toBe(true)
  expect(code).toBe(1)
  const line = /replay {4}channel-conformance (replay .*)/.exec(stdout)?.[1] ?? ''
  const replayed = await command(line.split(' '))
  expect(replayed.stdout).toMatch(/PUB-02 \(must\) violated/)
  expect(replayed.code).toBe(1)
  const mended = await command([...line.split(' '), '--system', 'ws'])
  expect(mended.stdout).toMatch(/PUB-02 no longer fails on ws/)
  expect(mended.code).toBe(0)
})

test('a broken report is refused', async () => {
  const { result } = await report('ws')
  expect(validate({ ...result, seed: 'seven' })).toBe(false)
  expect(validate({ ...result, systems: [{ ...result.systems[0], requirements: [{ id: 'X' }] }] })).toBe(false)
  expect(validate({ ...result, more: 1 })).toBe(false)
}, 60_000)
