/** What of the sources is held against the records. */
import { expect, test } from 'vitest'
import { heldOutSets } from '../../harness/mutants/held-out/held-out.ts'
import { mutants } from '../../harness/mutants/index.ts'
import { requirementById } from '../../spec/requirements/index.ts'
import { pagesOf } from './pages.ts'
import type { Records } from './read.ts'
import { heldOut, kill, matrix, slice } from './testing/records.ts'

const none: Records = { slices: [], matrices: [], heldOut: [] }
const clauses = Object.keys(requirementById('PUB-02')?.clauses ?? {})

test('a clause counts as broken if a mutant broke it with any seed', () => {
  const [first, ...others] = clauses
  if (first === undefined) throw new Error('PUB-02 has clauses')
  const found = (seed: number, broken: string[]) =>
    matrix(seed, [kill('excludes-nobody', { clauses: broken.map((each) => `PUB-02 ${each}`) })])
  const page = (...matrices: Records['matrices']) => pagesOf({ ...none, matrices }, [])['self-coverage.md']
  expect(page(found(1, [first]))).toContain(`| PUB-02 | ${others.map((each) => `<code>${each}</code>`).join(', ')} | **no reason`)
  expect(page(found(1, [first]), found(2, others))?.split('## Mutants that')[0]).not.toContain('PUB-02')
})

test('mutants say what they stand for; those of today that were not hunted are named', () => {
  const page = pagesOf({ ...none, matrices: [matrix(1, [kill('excludes-nobody')])] }, [])['self-coverage.md'] ?? ''
  const [other] = mutants
  expect(page).toContain(mutants.find(({ name }) => name === 'excludes-nobody')?.standsFor.split(' ')[0])
  expect(page.split('In no record: ')[1]).toContain(`<code>${other?.name}</code>`)
})

test('every set of held-out defects is on the page, recorded or not; campaigns are held against the sources of the pages', () => {
  const slices = [slice({ sources: 'a-b-c-x' })]
  const page = pagesOf({ ...none, heldOut: [heldOut()], slices, sources: 'a-b-c-d' }, [])['README.md']
  for (const set of Object.keys(heldOutSets)) expect(page).toContain(`### Set <code>${set}</code>`)
  expect(page).toContain('**1 of 1 found (100 %)**')
  expect(page).toContain('since which `harness` changed')
})
