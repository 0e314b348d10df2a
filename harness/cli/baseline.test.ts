/** Baselines as a user of the command line has them: written, held against, stale, expired, new failures beside known ones. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import type { Baseline, BaselineEntry } from '../../spec/baseline.ts'
import { command } from '../testing/command.ts'

const schema = JSON.parse(readFileSync(new URL('../../reports/schema/baseline-1.schema.json', import.meta.url), 'utf8')) as object
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema)
const directory = mkdtempSync(join(tmpdir(), 'baseline-'))
const mutant = 'mutant:excludes-nobody'

const run = (system: string, seed: number, ...args: string[]) =>
  command([
    'run',
    system,
    '--only',
    'LIFE-15,PUB-02',
    '--seed',
    `${seed}`,
    '--runs',
    '60',
    '--out',
    join(directory, 'out'),
    ...args,
  ])

const known: BaselineEntry = {
  system: mutant,
  requirement: 'PUB-02',
  signature: 'PUB-02 [not the excluded one] a connection received it',
  reason: 'issue 12',
  expires: '2999-12-31',
}

/** A file with these entries. */
function fileOf(name: string, ...entries: BaselineEntry[]): string {
  const path = join(directory, name)
  writeFileSync(path, JSON.stringify({ schemaVersion: 1, entries } satisfies Baseline))
  return path
}

test('what is written is valid, and the same failure under another seed does not fail the run', async () => {
  const path = join(directory, 'written.json')
  const written = await run(mutant, 1, '--write-baseline', path, '--reason', 'issue 12', '--expires', '2999-12-31')
  expect(written.code).toBe(0)
  const baseline = JSON.parse(readFileSync(path, 'utf8')) as Baseline
  expect(validate(baseline), JSON.stringify(validate.errors)).toBe(true)
  expect(baseline.entries).toEqual([known])
  const again = await run(mutant, 2, '--baseline', path, '--bail', '--report', 'json')
  expect(again.stdout).toContain('PUB-02 failed, as in the baseline (issue 12, until 2999-12-31)')
  expect(again.stdout).toContain('1 failed (1 as in the baseline)')
  expect(again.code).toBe(0)
  const { systems } = JSON.parse(readFileSync(join(directory, 'out', 'conformance.json'), 'utf8'))
  expect(systems[0].requirements[1]).toMatchObject({ verdict: 'failed', baseline: { reason: 'issue 12', expires: '2999-12-31' } })
})

test('writing again keeps the reason and the date of what still holds', async () => {
  const path = fileOf('again.json', known)
  await run(mutant, 3, '--write-baseline', path, '--reason', 'another', '--expires', '2998-12-31')
  expect((JSON.parse(readFileSync(path, 'utf8')) as Baseline).entries).toEqual([known])
})

test('another failure fails the run as before, with its card', async () => {
  const other = { ...known, signature: 'PUB-02 [everyone else] it had not arrived when a connection had been given everything' }
  const { code, stdout } = await run(mutant, 4, '--baseline', fileOf('other.json', other))
  expect(stdout).toContain('PUB-02 (must) violated')
  expect(stdout).toContain(`signature ${known.signature}`)
  expect(stdout).toMatch(/\n {2}PUB-02 failed\n/)
  expect(code).toBe(1)
})

test.each([
  ['stale', 'ws', { ...known, system: 'ws' }, /PUB-02: the baseline's entry ".*" is stale: .*remove it/],
  ['expired', mutant, { ...known, expires: '2020-01-31' }, /PUB-02: the baseline's entry ".*" expired on 2020-01-31/],
  ['of an unknown system', 'ws', { ...known, system: 'wss' }, /is of the system "wss", which is neither/],
])('an entry that is %s fails the run', async (_what, system, entry, line) => {
  const { code, stdout } = await run(system, 5, '--baseline', fileOf('wrong.json', entry))
  expect(stdout).toMatch(line)
  expect(code).toBe(1)
})

test('entries of another system and of requirements that were not run are left alone', async () => {
  const notRun = { ...known, system: 'ws', requirement: 'PUB-03', signature: 'PUB-03 [an unknown id] it rejected' }
  const { code, stderr } = await run('ws', 6, '--baseline', fileOf('elsewhere.json', known, notRun))
  expect(stderr).toBe('')
  expect(code).toBe(0)
})

const why = ['--reason', 'x']

test.each<[string, string[], RegExp]>([
  ['a file that is not there', ['--baseline', 'no/such/file'], /cannot read the baseline no\/such\/file/],
  ['a file of something else', ['--baseline', 'LICENSE'], /LICENSE is no baseline/],
  ['an unknown id', ['--baseline', fileOf('id.json', { ...known, requirement: 'PUB-99' })], /"PUB-99", which this version/],
  ['writing without a reason', ['--write-baseline', 'x', '--expires', '2999-01-01'], /needs --reason/],
  ['writing without a date', ['--write-baseline', 'x', ...why], /needs --expires/],
  ['writing with a date that is past', ['--write-baseline', 'x', ...why, '--expires', '2020-01-01'], /is past/],
  ['a reason and nothing to write', why, /are for --write-baseline/],
  ['both flags', ['--baseline', 'x', '--write-baseline', 'x', ...why, '--expires', '2999-01-01'], /one too many/],
  ['the simulated tier alone', ['--simulated', '--baseline', 'x'], /--simulated takes none/],
])('%s is refused in one line before anything is run', async (_what, args, line) => {
  const { code, stdout, stderr } = await run('ws', 7, ...args)
  expect(stderr).toMatch(line)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(stdout).toBe('')
  expect(code).toBe(2)
})
