/** What the command writes to a terminal and to a pipe. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { command } from '../testing/command.ts'
import { lookOf, print } from './terminal.ts'

const out = mkdtempSync(join(tmpdir(), 'terminal-'))
const card = join(out, 'cards', 'mutant_excludes-nobody-PUB-02.json')
const quiet = { CI: '', NO_COLOR: '', FORCE_COLOR: '', TERM: 'xterm' }
const replay = async (env: Record<string, string>, file = card) => (await command(['replay', file], { ...quiet, ...env })).stdout
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what colours are made of
const escapes = /\u001b\[\d+m/g

beforeAll(async () => {
  await command(['run', 'mutant:excludes-nobody', '--only', 'PUB-02', '--seed', '7', '--runs', '20', '--out', out])
}, 60_000)
afterEach(() => vi.restoreAllMocks())

test('a pipe gets plain text, whatever CI says; FORCE_COLOR colours it and changes nothing else', {
  timeout: 60_000,
}, async () => {
  const text = await replay({})
  expect(text).toMatch(/^PUB-02 \(must\) violated by "mutant:excludes-nobody", reproduced 1 of 1 times\n {2}rule {6}With/)
  expect(text).not.toMatch(escapes)
  expect(text).toContain(`\n  replay    channel-conformance replay ${card}\n`)
  expect(await replay({ CI: 'true' })).not.toMatch(escapes)
  expect(await replay({ NO_COLOR: '1', FORCE_COLOR: '1' })).not.toMatch(escapes)
  const coloured = await replay({ FORCE_COLOR: '1' })
  expect(coloured).toMatch(escapes)
  const head = (of: string): string[] => of.replaceAll(escapes, '').split('\n').slice(0, 10)
  expect(head(coloured)).toEqual(head(text))
})

test('a card that somebody sent says nothing to the terminal', { timeout: 60_000 }, async () => {
  const evil = join(out, 'evil.json')
  const sent = JSON.parse(readFileSync(card, 'utf8'))
  sent.program.prefix.unshift({ do: 'text', client: 0, text: 'a\u001b[31m\r\n::error::x' })
  writeFileSync(evil, JSON.stringify(sent))
  const text = await replay({}, evil)
  expect(text).toContain('c0 text text=a\\u001b[31m\\r\\n::error::x')
  expect(text).toMatch(/^ +step 0 .*─ a\\u001b\[31m\\r\\n::error::x ─+▶│/m)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/)
})

test.each([
  [{ isTTY: true, columns: 43 }, 43],
  [{ isTTY: true, columns: 300 }, 120],
  [{ isTTY: true, columns: 0 }, 80],
  [{ isTTY: false, columns: 43 }, 100],
])('%j is taken to be %i columns wide', (stream, width) => {
  expect(lookOf(stream, {}).width).toBe(width)
})

test('lines of plain text are shown, not obeyed', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  print(['mine\u001b]0;title\u0007: 1 failed', 'one\nline'])
  expect(write.mock.calls).toEqual([['mine\\u001b]0;title\\u0007: 1 failed\none\\nline\n']])
})
