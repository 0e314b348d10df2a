/** The catalogue is frozen: an id keeps its level, its clauses and their capabilities. A change here is a change of the contract. */
import { expect, test } from 'vitest'
import { isCapability } from '../capabilities.ts'
import { contractVersion, requirements } from './index.ts'

const frozen = (): string =>
  requirements
    .map(({ id, level, since, title, capabilities = [], clauses }) => {
      const tags = (names: readonly string[] = []): string => names.map((name) => ` [${name}]`).join('')
      const lines = Object.entries(clauses).map(
        ([name, clause]) => `  ${name}${tags(clause.capabilities)}${clause.heavy === true ? ' (heavy)' : ''}`,
      )
      return [`${id} ${level} ${since}${tags(capabilities)} ${title}`, ...lines].join('\n')
    })
    .join('\n')

test('ids, levels and clauses are as released', async () => {
  await expect(`${frozen()}\n`).toMatchFileSnapshot(`./catalogue-${contractVersion}.snap.txt`)
})

test('ids are unique and stand in order within their area', () => {
  const ids = requirements.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const area of new Set(requirements.map((each) => each.area))) {
    const own = requirements.filter((each) => each.area === area).map(({ id }) => id)
    expect(own).toEqual(own.toSorted())
  }
})

test('capabilities exist, and every clause promises something', () => {
  for (const { id, capabilities = [], clauses, title } of requirements) {
    expect(title.length, id).toBeGreaterThan(10)
    expect(Object.keys(clauses).length, id).toBeGreaterThan(0)
    for (const clause of Object.values(clauses)) {
      expect(clause.promise.length, id).toBeGreaterThan(10)
      for (const name of [...capabilities, ...(clause.capabilities ?? [])]) expect(isCapability(name), `${id} ${name}`).toBe(true)
    }
  }
})
