import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { HostError } from '../../conformance/host.ts'
import { ReusedChild } from './child-reused.ts'

const folder = mkdtempSync(join(tmpdir(), 'child-reused-'))
let modules = 0

/** A system whose name says in which process it is. */
function told(): string {
  const file = join(folder, `told${modules++}.ts`)
  const start = `async () => ({ url: 'ws://127.0.0.1:1', stop: async () => {} })`
  writeFileSync(file, `export default { name: String(process.pid), capabilities: ['stateful'], start: ${start} }\n`)
  return file
}

const reused = new ReusedChild()
afterAll(() => reused.end())

test('one process hosts one system after another, until something in it is left running', { timeout: 60_000 }, async () => {
  const first = await reused.host(told())
  const launched = await first.launch({}, () => {})
  await launched.stop()
  await first.end()
  const second = await reused.host(told())
  expect(second.name).toBe(first.name)
  await second.launch({}, () => {})
  await second.end()
  expect(() => process.kill(Number(first.name), 0)).toThrow('ESRCH')
  const third = await reused.host(told())
  expect(third.name).not.toBe(first.name)
  await third.end()
})

test('what cannot be loaded is told of, and the next is hosted', { timeout: 60_000 }, async () => {
  const before = await reused.host(told())
  await before.end()
  await expect(reused.host('no-such-system')).rejects.toThrow(HostError)
  const after = await reused.host(told())
  expect(after.name).toMatch(/^\d+$/)
  await after.end()
})
