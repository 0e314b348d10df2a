import { expect, test } from 'vitest'
import { requirements } from '../spec/requirements/index.ts'
import { floors } from './health.ts'
import { families } from './programs/index.ts'
import { enoughOf, parseShard, scaleFamilies, selectFamilies, selectRequirements } from './select.ts'

test('ids and areas choose requirements, and their areas choose families', () => {
  expect(selectRequirements(requirements, 'life-15, PUB-02').map(({ id }) => id)).toEqual(['LIFE-15', 'PUB-02'])
  const publishing = selectRequirements(requirements, 'publishing', 'PUB-02')
  expect(publishing.every(({ area, id }) => area === 'publishing' && id !== 'PUB-02')).toBe(true)
  expect(selectFamilies(families, publishing).every(({ area }) => area === 'publishing')).toBe(true)
})

test('what is neither: every area, and what an id looks like', () => {
  const areas = 'lifecycle, routing, authentication, validation, sending, subscriptions, publishing, stateless, stores'
  const said = (word: string, id: string): string =>
    `no requirement or area is called "${word}": expected an area (${areas}) or an id such as ${id}; \`channel-conformance list\` shows them all`
  expect(() => selectRequirements(requirements, 'PUB')).toThrow(said('PUB', 'PUB-01'))
  expect(() => selectRequirements(requirements, undefined, 'store')).toThrow(said('store', 'STORE-01'))
  expect(() => selectRequirements(requirements, 'LIFE-15,LIFE-99')).toThrow(said('LIFE-99', requirements[0]?.id ?? ''))
})

test('runs are shared out as the families are', () => {
  const scaled = scaleFamilies(families, 1_000).reduce((sum, { runs }) => sum + runs, 0)
  expect(Math.abs(scaled - 1_000)).toBeLessThanOrEqual(families.length)
})

test('shares', () => {
  expect(parseShard('2/4')).toEqual({ index: 2, of: 4 })
  for (const wrong of ['0/4', '5/4', '1', 'a/b', '1/0']) expect(() => parseShard(wrong)).toThrow('--shard takes a share')
})

test('a run goes on to the floor unless it is said how much is run', () => {
  expect(enoughOf({})).toBe(floors.clause)
  expect(enoughOf({ enough: 3, runs: 10 })).toBe(3)
  for (const extent of [{ runs: 10 }, { time: 1 }, { shard: '1/2' }]) expect(enoughOf(extent)).toBeUndefined()
  expect(() => enoughOf({ enough: 3, shard: '1/2' })).toThrow('exclude each other')
})
