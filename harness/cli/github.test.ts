/** What GitHub Actions is told by a run that is one of its steps, and that nobody is told anything elsewhere. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { markdownSummary } from '../../reports/markdown/summary.ts'
import { cards, everything } from '../../reports/testing/results.ts'
import { command } from '../testing/command.ts'
import { tellGithub } from './github.ts'
import type { WrittenCard } from './reports.ts'

/** A run that fails, with a file for the summary in which another command has written before. */
async function failingRun(env: (summary: string) => Record<string, string>) {
  const out = mkdtempSync(join(tmpdir(), 'github-'))
  const summary = join(out, 'step-summary')
  writeFileSync(summary, 'before\n')
  const args = ['run', 'mutant:excludes-nobody', '--only', 'PUB-02', '--seed', '7', '--runs', '20', '--out', out]
  const ran = await command(args, env(summary))
  return { ...ran, out, summary: readFileSync(summary, 'utf8') }
}

test('on GitHub: an annotation, and the summary behind what is there', { timeout: 60_000 }, async () => {
  const { code, stdout, out, summary } = await failingRun((file) => ({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file }))
  expect(code).toBe(1)
  const commands = stdout.split('\n').filter((line) => line.startsWith('::'))
  expect(commands).toHaveLength(1)
  expect(commands[0]).toMatch(
    /^::error title=PUB-02 \(must\) violated by mutant%3Aexcludes-nobody::With a subscriber's id.*%0Aexpected nothing.*; observed c0 received it%0Achannel-conformance replay /,
  )
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^MUST: 0 passed, 1 failed/)
  expect(summary).toMatch(/^before\n## Channel conformance/)
  expect(summary).toContain(`channel-conformance replay ${join(out, 'cards', 'mutant_excludes-nobody-PUB-02.json')}`)
})

test('anywhere else: nothing of it', { timeout: 60_000 }, async () => {
  const { code, stdout, summary } = await failingRun((file) => ({ GITHUB_ACTIONS: 'false', GITHUB_STEP_SUMMARY: file }))
  expect(code).toBe(1)
  expect(stdout).not.toMatch(/^\s*::/m)
  expect(summary).toBe('before\n')
})

test('a summary that cannot be written: one line, exit code 2', { timeout: 60_000 }, async () => {
  const out = mkdtempSync(join(tmpdir(), 'github-'))
  const args = ['run', 'ws', '--only', 'PUB-02', '--seed', '7', '--runs', '5', '--out', out]
  const { code, stderr } = await command(args, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(out, 'no', 'such') })
  expect(code).toBe(2)
  expect(stderr).toMatch(/^error: cannot write the summary to .*such: ENOENT.*\n$/)
})

const onGithub = (file?: string) => ({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file })
const written = cards as readonly WrittenCard[]

test('no summary is asked for: annotations alone', () => {
  const printed: string[] = []
  expect(tellGithub(onGithub(), everything, written, (lines) => printed.push(...lines))).toEqual([])
  expect(printed.filter((line) => line.startsWith('::error'))).toHaveLength(4)
  expect(printed.filter((line) => line.startsWith('::warning'))).toHaveLength(3)
})

test.each([
  ['the last that GitHub takes is whole', 0, 'step 0'],
  ['one that GitHub would not take for its size is short', 1, '- <code>leaky</code> PUB-02 (must)'],
])('%s', (_name, tooMuch, told) => {
  const file = join(mkdtempSync(join(tmpdir(), 'github-')), 'summary')
  const before = 1024 * 1024 - Buffer.byteLength(markdownSummary(everything, cards)) + tooMuch
  writeFileSync(file, ' '.repeat(before))
  expect(tellGithub(onGithub(file), everything, written, () => {})).toEqual([])
  const text = readFileSync(file, 'utf8').slice(before)
  expect(text).toContain(told)
  expect(text.includes('step 0')).toBe(tooMuch === 0)
})
