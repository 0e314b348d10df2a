/** What stores do not offer is told of as not observable, by clause and with the reason. */
import { expect, test, vi } from 'vitest'
import type { Observation, Requirement } from '../../spec/requirement.ts'
import { stores as storeRequirements } from '../../spec/requirements/stores/index.ts'
import type { OpenStores, StoreSystem } from '../../spec/stores.ts'
import { Tally } from '../tally.ts'
import { conformStores, testStores } from './index.ts'
import { mapStores } from './testing/map-stores.ts'
import { unobserved } from './unobserved.ts'

const settings = { seed: 1, out: false, runs: 250, interleavings: 20 } as const

/** Map stores that say so of their pages, and offer this beside their operations. */
const offering = (pages: boolean | undefined, more: Partial<OpenStores> = {}): StoreSystem => {
  const { open, ...system } = mapStores()
  return { ...system, pages, open: async (surroundings) => ({ ...(await open(surroundings)), ...more }) }
}

async function judged(system: StoreSystem) {
  const { systems } = await conformStores(system, settings)
  return systems[0]?.requirements ?? []
}

const everything: Partial<OpenStores> = {
  residue: async () => ({ channels: [], subscriptions: [] }),
  liveReads: () => 0,
}

/** A clause that needs it, by what a store need not offer. */
const optional: [requirement: string, clause: string, named: string, needs: Observation][] = [
  ['STORE-05', 'nothing kept', 'residue', 'store residue'],
  ['STORE-06', 'nothing kept', 'residue', 'store residue'],
  ['STORE-08', 'across pages', 'pages: true', 'store pages'],
  ['STORE-10', 'live ones unread', 'liveReads', 'live reads'],
]

test('stores without pages, residue and liveReads: exactly the clauses that need them', { timeout: 60_000 }, async () => {
  const requirements = await judged(offering(undefined))
  const told = requirements.flatMap(({ id, unseen = {} }) => Object.entries(unseen).map((each) => [id, ...each]))
  expect(told.map(([id, clause]) => [id, clause])).toEqual(optional.map(([id, clause]) => [id, clause]))
  for (const [index, [, , reason]] of told.entries()) expect(reason).toContain(optional[index]?.[2])
  for (const [id, clause] of optional) expect(requirements.find((each) => each.id === id)?.clauses).not.toHaveProperty(clause)
})

test('stores with all of them: every clause is decided', { timeout: 60_000 }, async () => {
  const requirements = await judged(offering(true, everything))
  expect(requirements.filter(({ unseen }) => unseen !== undefined)).toEqual([])
  for (const [id, clause] of optional)
    expect(requirements.find((each) => each.id === id)?.clauses[clause]?.exercised).toBeGreaterThan(0)
})

test.each(optional)('%s with nothing but [%s] is not observable, never passed', (id, clause, _named, needs) => {
  const whole = storeRequirements.find((each) => each.id === id) as Requirement
  const alone = { ...whole, clauses: { [clause]: whole.clauses[clause] } } as Requirement
  const verdict = (observes: Observation[]) => new Tally().results([alone], new Set(['store']), new Set(observes))[0]?.verdict
  expect(verdict(['stores'])).toBe('not-observable')
  expect(verdict(['stores', needs])).toBe('not-exercised')
  expect(Object.keys(unobserved(alone, new Set(['stores'])))).toEqual([clause])
  expect(unobserved(alone, new Set(['stores', needs]))).toEqual({})
})

test('a test file says on the console what was not observable', { timeout: 60_000 }, async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  let run = (): Promise<void> => Promise.resolve()
  const runner = {
    describe: (_name: string, body: () => void) => body(),
    it: (_name: string, body: () => Promise<void>) => {
      run = body
    },
  }
  testStores(offering(true), runner as never, { ...settings, only: 'STORE-10' })
  await run()
  expect(warn.mock.calls).toEqual([
    ['map: STORE-10 [live ones unread] is not observable: `open` gives no `liveReads`, so what a sweep reads cannot be seen'],
  ])
  warn.mockRestore()
})
