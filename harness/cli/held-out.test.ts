/** The record of held-out defects, of literal hunts. */
import { expect, test } from 'vitest'
import { heldOutForm, parsed } from '../../scripts/scoreboard/forms.ts'
import type { HeldOut } from '../mutants/held-out/held-out.ts'
import type { Kill } from '../mutants/kill.ts'
import { heldOutRecord, huntHeldOut } from './held-out.ts'

const defect = (name: string, of: Partial<HeldOut> = {}): HeldOut => ({
  ...{ name, base: 'ws', expected: 'PUB-02', alternatives: ['PUB-04'], standsFor: 'a mistake', shows: 'a publish', edits: [] },
  ...of,
})
const kill = (name: string, of: Partial<Kill> = {}): Kill => ({
  ...{ name, expected: 'PUB-02', also: ['PUB-04'], caughtBy: ['PUB-02'], clauses: ['everyone else'], programs: 3, steps: null },
  ...{ killed: true, ...of },
})

test('a record holds what came of each, in the order of the set', () => {
  const set = [defect('one', { answer: 'a better generator' }), defect('two', { alternatives: [] })]
  const kills = [kill('two', { caughtBy: [], programs: null, killed: false, couldNotJudge: 'it died' }), kill('one')]
  const record = heldOutRecord('first', set, kills, 7)
  // Whoever reads it takes what is written here.
  expect(parsed(heldOutForm, 'the record', JSON.stringify(record))).toEqual(record)
  const { set: name, seed, contract, package: version, node, date, defects } = record
  expect({ name, seed, contract, node }).toEqual({ name: 'first', seed: 7, contract: '1.0', node: process.versions.node })
  expect(version).toMatch(/^\d+\.\d+\.\d+/)
  expect(date).toMatch(/^\d{4}-\d{2}-\d{2}T/)
  const told = { expected: 'PUB-02', standsFor: 'a mistake' }
  expect(defects).toEqual([
    { name: 'one', ...told, alternatives: ['PUB-04'], caughtBy: ['PUB-02'], programs: 3, killed: true },
    { name: 'two', ...told, alternatives: [], caughtBy: [], programs: null, killed: false, couldNotJudge: 'it died' },
  ])
})

test('a set that there is not', async () => {
  for (const name of ['hundredth', 'constructor'])
    await expect(huntHeldOut(name, [], 7, () => {})).rejects.toThrow(
      `unknown set ${JSON.stringify(name)}: expected one of first, second`,
    )
})
