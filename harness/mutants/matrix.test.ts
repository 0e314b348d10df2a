import { expect, test } from 'vitest'
import { requirementById } from '../../spec/requirements/index.ts'
import type { Kill } from './kill.ts'
import { matrixOf, median } from './matrix.ts'

const kill = (of: Partial<Kill>): Kill => ({
  ...{ name: 'm', expected: 'PUB-02', also: [], caughtBy: ['PUB-02'], clauses: ['everyone else'] },
  ...{ programs: 3, steps: 2, killed: true, ...of },
})

test('medians leave out what was not found', () => {
  expect(median([])).toBeNull()
  expect(median([5, 1, 3])).toBe(3)
  const { median: middle } = matrixOf([kill({ programs: 9 }), kill({ programs: null, steps: null }), kill({ programs: 1 })], 7)
  expect(middle).toEqual({ programs: 9, steps: 2 })
})

test('clauses that no mutant has broken are listed, those of the expected id alone count as broken', () => {
  const clauses = Object.keys(requirementById('PUB-02')?.clauses ?? {})
  const { unbroken, mutants } = matrixOf([kill({ clauses: clauses.slice(0, 1) })], 7)
  expect(unbroken['PUB-02'] ?? []).toEqual(clauses.slice(1))
  expect(unbroken['PUB-01']).toEqual(Object.keys(requirementById('PUB-01')?.clauses ?? {}))
  expect(matrixOf([kill({ clauses })], 7).unbroken['PUB-02']).toBeUndefined()
  expect(mutants[0]).not.toHaveProperty('killed')
})
