/** What a system under test prints, and what is said of one that cannot be loaded. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { command } from '../testing/command.ts'

const folder = mkdtempSync(join(tmpdir(), 'child-output-'))
const ws = fileURLToPath(new URL('../systems/ws.ts', import.meta.url))

function moduleOf(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

test('it is shown on stderr where it is asked for', { timeout: 60_000 }, async () => {
  const talks = moduleOf(
    'talks.ts',
    `import { ws } from ${JSON.stringify(ws)}
const start = (...given) => {
  console.log('hello from the adapter')
  return ws.start(...given)
}
export default { ...ws, start }
`,
  )
  const run = ['run', talks, '--only', 'PUB-02', '--runs', '1', '--out', join(folder, 'out')]
  const shown = await command(run, { CHANNEL_CONFORMANCE_OUTPUT: '1' })
  expect(shown.stderr).toContain('hello from the adapter\n')
  expect(shown.stdout).not.toContain('hello')
  expect((await command(run)).stderr).not.toContain('hello')
})

test('a module that cannot be translated: where, and what was expected', { timeout: 60_000 }, async () => {
  const broken = moduleOf('broken.ts', 'syntax error here(\n')
  const { code, stdout, stderr } = await command(['run', broken])
  expect(`${stdout}${stderr}`).toMatch(
    /cannot load \S+broken\.ts: TransformError: Transform failed with 1 error: \S+broken\.ts:1:7: ERROR: Expected ";"/,
  )
  expect(code).toBe(2)
})
