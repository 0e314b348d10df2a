/** What every family of programs must keep to. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { probeChannels } from '../../spec/probe/channels/index.ts'
import { requirementById, requirements } from '../../spec/requirements/index.ts'
import { families } from './index.ts'

const each = families.map((family) => [family.name, family] as const)

test('family names are unique, since they are part of the seed', () => {
  expect(new Set(families.map(({ name }) => name)).size).toBe(families.length)
})

test.each(each)('%s: every example lies within the generator, so that it shrinks', (_name, { arbitrary, examples }) => {
  for (const [key, example] of Object.entries(examples)) expect(arbitrary.canShrinkWithoutContext(example), key).toBe(true)
})

test.each(each)('%s: the same seed gives the same plain programs', (_name, { arbitrary }) => {
  const sample = () => fc.sample(arbitrary, { seed: 7, numRuns: 30 })
  const programs = sample()
  expect(sample()).toEqual(programs)
  expect(JSON.parse(JSON.stringify(programs))).toEqual(programs)
  for (const program of programs)
    for (const client of program.clients) expect(probeChannels.has(client.channel), client.channel).toBe(true)
})

/** What every connection of main shows, whatever it was made for. */
const shownByAll = ['SEND-02 onConnect']

test('every clause that can bind a stateful system has an example, and every example a clause', () => {
  const keys = families.flatMap(({ examples }) => Object.keys(examples))
  const clauses = requirements.flatMap(({ id, clauses }) => Object.keys(clauses).map((clause) => `${id} ${clause}`))
  expect(clauses.filter((clause) => !keys.some((key) => key === clause || key.startsWith(`${clause}:`)))).toEqual(shownByAll)
  const named = (key: string): boolean => {
    const requirement = requirementById(key.split(' ')[0] ?? '')
    return Object.keys(requirement?.clauses ?? {}).some(
      (clause) => key === `${requirement?.id} ${clause}` || key.startsWith(`${requirement?.id} ${clause}:`),
    )
  }
  expect(keys.filter((key) => !named(key))).toEqual([])
})
