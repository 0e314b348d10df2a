/** The record of held-out defects, of literal hunts. */
import { expect, test } from 'vitest'
import { heldOutForm, parsed } from '../../scripts/scoreboard/forms.ts'
import type { HeldOut } from '../mutants/held-out/held-out.ts'
import type { hunt, Kill } from '../mutants/kill.ts'
import type { Mutant } from '../mutants/mutant.ts'
import { heldOutRecord, huntHeldOut, huntOne } from './held-out.ts'

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

test.each([
  ['ws', ['live at once', 'live']],
  ['memory-serverless', ['live at once', 'live', 'simulated', 'interleaved']],
  ['dynamodb-serverless', ['live at once', 'live', 'interleaved']],
])('what %s runs is looked through until the defect is found', async (base, tiers) => {
  const mutant = { ...{ name: 'one', area: 'publishing', base, expected: 'PUB-02', also: {} } } as unknown as Mutant
  /** Blames an id that is none of its own, and the right one where it is told to. */
  const looked = async (until?: string) => {
    const seen: string[] = []
    const hunting: typeof hunt = async ({ tier = 'live' }, { bail }) => {
      seen.push(bail === true ? `${tier} at once` : tier)
      return kill('one', { caughtBy: seen.at(-1) === until ? ['PUB-02'] : ['LIFE-01'], also: [], killed: false })
    }
    return [(await huntOne(mutant, 7, hunting)).killed, seen]
  }
  expect(await looked()).toEqual([false, tiers])
  for (const [index, until] of tiers.entries()) expect(await looked(until)).toEqual([true, tiers.slice(0, index + 1)])
})
