/** The matrix that the command writes is the one that the scoreboard reads. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { matrixForm, parsed } from '../../scripts/scoreboard/forms.ts'
import { heldOutSets } from '../mutants/held-out/held-out.ts'
import { command } from '../testing/command.ts'

test('a mutant is hunted, and what came of it is recorded with what it was made with', async () => {
  const out = mkdtempSync(join(tmpdir(), 'mutants-'))
  const args = ['mutants', 'excludes-nobody', '--seed', '7', '--runs', '20', '--report', 'json', '--out', out]
  const { code, stdout } = await command(args)
  expect(stdout).toMatch(/^killed {3}excludes-nobody: expected PUB-02/)
  expect(code).toBe(0)
  const file = join(out, 'mutants.json')
  const matrix = parsed(matrixForm, file, readFileSync(file, 'utf8'))
  expect(matrix).toMatchObject({ seed: 7, runs: 20, contract: '1.0', node: process.versions.node })
  const [kill] = matrix.mutants
  expect(kill).toMatchObject({ name: 'excludes-nobody', expected: 'PUB-02', also: [], caughtBy: ['PUB-02'] })
  expect(kill?.clauses).toContain('PUB-02 not the excluded one')
  expect(kill).not.toHaveProperty('rare')
})

test('a report of another kind, a set and a defect that there are not, are told of before anything is hunted', async () => {
  const out = mkdtempSync(join(tmpdir(), 'mutants-'))
  expect(await command(['mutants', '--report', 'xml', '--out', out])).toMatchObject({
    code: 2,
    stderr: 'error: there is no report of kind "xml": expected json\n',
  })
  expect(await command(['mutants', '--held-out', 'hundredth', '--out', out])).toMatchObject({
    code: 2,
    stderr: `error: unknown set "hundredth": expected one of ${Object.keys(heldOutSets).join(', ')}\n`,
  })
  expect(await command(['mutants', '--held-out', 'first', 'no-such-defect', '--out', out])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: unknown defect "no-such-defect" of the first set: expected one of \S+, /),
  })
})
