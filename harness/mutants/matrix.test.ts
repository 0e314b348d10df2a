import { expect, test } from 'vitest'
import { requirementById } from '../../spec/requirements/index.ts'
import type { Kill } from './kill.ts'
import { matrixOf, median, stampOf } from './matrix.ts'

const kill = (of: Partial<Kill>): Kill => ({
  ...{ name: 'm', expected: 'PUB-02', also: [], caughtBy: ['PUB-02'], clauses: ['PUB-02 everyone else'] },
  ...{ programs: 3, steps: 2, killed: true, ...of },
})

const stamp = stampOf(7)

test('medians leave out what was not found', () => {
  expect(median([])).toBeNull()
  expect(median([5, 1, 3])).toBe(3)
  const { median: middle } = matrixOf(
    [kill({ programs: 9 }), kill({ programs: null, steps: null }), kill({ programs: 1 })],
    stamp,
  )
  expect(middle).toEqual({ programs: 9, steps: 2 })
})

test('clauses that no mutant has broken are listed, those of ids that a mutant entails count as broken', () => {
  const clauses = Object.keys(requirementById('PUB-02')?.clauses ?? {})
  const { unbroken, mutants } = matrixOf([kill({ clauses: clauses.slice(0, 1).map((each) => `PUB-02 ${each}`) })], stamp)
  expect(unbroken['PUB-02'] ?? []).toEqual(clauses.slice(1))
  expect(unbroken['PUB-01']).toEqual(Object.keys(requirementById('PUB-01')?.clauses ?? {}))
  expect(
    matrixOf([kill({ expected: 'PUB-01', clauses: clauses.map((each) => `PUB-02 ${each}`) })], stamp).unbroken['PUB-02'],
  ).toBeUndefined()
  expect(mutants[0]).not.toHaveProperty('killed')
})

test('a matrix says what it was made with, and for how long each was looked for', () => {
  const { contract, package: version, node, date } = stamp
  expect(matrixOf([], { ...stamp, runs: 150 })).toMatchObject({ seed: 7, contract, package: version, node, date, runs: 150 })
  expect(contract).toBe('1.0')
  expect(node).toBe(process.versions.node)
  expect(new Date(date).toISOString()).toBe(date)
  expect(matrixOf([], stamp)).not.toHaveProperty('runs')
})
