/** The command: from a result to pages and records, what it refuses, and what it says of pages that are edited. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runSuite } from './run-suite.ts'
import { references, result, system } from './testing/records.ts'

const script = fileURLToPath(new URL('../scoreboard.ts', import.meta.url))

function workplace() {
  const folder = mkdtempSync(join(tmpdir(), 'scoreboard-'))
  const [records, pages, from] = ['records', 'pages', 'conformance.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  mkdirSync(join(pages, 'submissions'), { recursive: true })
  writeFileSync(from, JSON.stringify(references()))
  const scoreboard = (...args: string[]) => {
    const all = ['--import', 'tsx', script, '--records', records, '--pages', pages, ...args]
    const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8' })
    return { status, stdout: stdout.replaceAll(`${folder}/`, ''), stderr: stderr.replaceAll(`${folder}/`, '') }
  }
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
  return { records, pages, from, scoreboard, read }
}

test('pages are made from a result, again the same, and held against their records', () => {
  const { records, pages, from, scoreboard, read } = workplace()
  expect(scoreboard('--from', from)).toMatchObject({
    status: 0,
    stdout: 'wrote records/conformance.json\nwrote records/sources.json\nwrote pages/README.md\nwrote pages/self-coverage.md\n',
  })
  expect(readdirSync(records)).toEqual(['conformance.json', 'sources.json'])
  const first = read('pages/README.md')
  expect(first).toContain('| <code>ws</code> |  | judged |')
  expect(scoreboard('--check')).toMatchObject({ status: 0, stderr: '' })
  expect(scoreboard('--from', join(records, 'conformance.json')).status).toBe(0)
  expect(scoreboard('--recorded').status).toBe(0)
  expect(read('pages/README.md')).toBe(first)

  appendFileSync(join(pages, 'README.md'), 'mine is better\n')
  rmSync(join(pages, 'self-coverage.md'))
  expect(scoreboard('--check')).toMatchObject({
    status: 1,
    stderr:
      'pages/README.md does not follow from the records: npm run scoreboard -- --recorded\npages/self-coverage.md is not there: npm run scoreboard -- --recorded\n',
  })
  expect(read('pages/README.md')).toContain('mine is better')
})

test('a submission is on the page, or refused in one line before anything is written', () => {
  const { pages, from, scoreboard, read, records } = workplace()
  const submission = join(pages, 'submissions', 'theirs.json')
  writeFileSync(submission, JSON.stringify(result([system('ws')])))
  expect(scoreboard('--from', from)).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'error: pages/submissions/theirs.json calls its system "ws", as a bundled one is called: expected a name of its own\n',
  })
  expect(() => readdirSync(records)).toThrow()
  writeFileSync(submission, JSON.stringify(result([system('theirs')])))
  expect(scoreboard('--from', from).status).toBe(0)
  expect(read('pages/README.md')).toContain('### <code>theirs</code>')
})

test('what else is refused', () => {
  const { from, scoreboard } = workplace()
  expect(scoreboard('--check', '--recorded').stderr).toBe('error: --from, --recorded and --check exclude each other\n')
  writeFileSync(from, JSON.stringify(result([system('ws')])))
  expect(scoreboard('--from', from).stderr).toBe(
    'error: conformance.json lacks memory-serverless, uws, dynamodb-serverless: expected every bundled system\n',
  )
  expect(scoreboard('--from', `${from}.absent`).stderr).toContain('no such file')
})

test('the suite is run by the ordinary command, with the seed of the scoreboard', async () => {
  const { seed, systems } = await runSuite(['ws', '--only', 'PUB-02', '--runs', '5'])
  expect(seed).toBe(20261121)
  expect(systems.map(({ name, requirements }) => [name, requirements.map(({ verdict }) => verdict)])).toEqual([
    ['ws', ['passed']],
  ])
  await expect(runSuite(['--only', 'NONE-01'])).rejects.toThrow(
    'the run ended with exit code 2 and reported nothing: expected conformance.json',
  )
})
