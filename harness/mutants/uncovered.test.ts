/** Every clause that no recorded mutant breaks has a reason, and no reason is stale. */
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readRecords } from '../../scripts/scoreboard/read.ts'
import { requirementById } from '../../spec/requirements/index.ts'
import { unbroken } from './matrix.ts'
import { uncovered, wrongReasons } from './uncovered.ts'

const clausesOf = (id: string): string[] => Object.keys(requirementById(id)?.clauses ?? {})

test('reasons that are stale, lacking or of nothing are told', () => {
  const reasons = [
    { id: 'PUB-14', clauses: ['other processes'], reason: 'r' },
    { id: 'PUB-02', clauses: ['everyone else', 'no clause'], reason: 'r' },
    { id: 'PUB-99', clauses: ['a'], reason: 'r' },
  ]
  expect(wrongReasons(reasons, { 'PUB-14': ['other processes'], 'LIFE-01': ['one', 'two'] }, clausesOf)).toEqual([
    'PUB-02 "everyone else" is broken by a recorded mutant: remove its reason',
    'PUB-02 has no clause "no clause": remove its reason',
    'PUB-99 has no clause "a": remove its reason',
    'no recorded mutant breaks LIFE-01 "one": write one, or the reason',
    'no recorded mutant breaks LIFE-01 "two": write one, or the reason',
  ])
  expect(wrongReasons(reasons.slice(0, 1), { 'PUB-14': ['other processes'] }, clausesOf)).toEqual([])
})

test('every reason is of clauses that there are, and says something', () => {
  for (const { id, clauses, reason } of uncovered) {
    expect(clausesOf(id)).toEqual(expect.arrayContaining([...clauses]))
    expect(clauses.length).toBeGreaterThan(0)
    expect(reason.length).toBeGreaterThan(20)
  }
})

test('the recorded matrices leave open exactly what has a reason', ({ skip }) => {
  const { matrices } = readRecords(fileURLToPath(new URL('../../reports/records', import.meta.url)))
  skip(matrices.length === 0, 'no kill matrix is recorded: reports/scoreboard/README.md says how one is')
  expect(wrongReasons(uncovered, unbroken(matrices.flatMap(({ mutants }) => mutants)), clausesOf)).toEqual([])
})
