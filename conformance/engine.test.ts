import { expect, test } from 'vitest'
import type { Requirement } from '../spec/requirement.ts'
import { life15 } from '../spec/requirements/lifecycle/ordering.ts'
import { pub05 } from '../spec/requirements/publishing/copies.ts'
import { pub02 } from '../spec/requirements/publishing/exclusion.ts'
import type { Card } from './card.ts'
import { conformHost } from './conform.ts'
import { hostInProcess } from './doors/in-process.ts'
import { type Faults, minimalSystem } from './testing/minimal-system.ts'
import { plainFamilies } from './testing/plain-families.ts'

/** The system is made for these alone. */
const suite = { seed: 1, requirements: [life15, pub02], families: plainFamilies }

async function found(faults: Faults, requirements: readonly Requirement[] = suite.requirements): Promise<Card[]> {
  const cards: Card[] = []
  await conformHost(hostInProcess(minimalSystem(faults)), {
    ...{ ...suite, requirements },
    onCard: async (card) => {
      cards.push(card)
      return undefined
    },
  })
  return cards
}

test('a system that keeps the contract passes', async () => {
  const result = await conformHost(hostInProcess(minimalSystem()), suite)
  expect(result.requirements.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['LIFE-15', 'passed'],
    ['PUB-02', 'passed'],
  ])
  expect(result.timeouts).toBe(0)
})

test('a hub that excludes nobody is found, attributed and shrunk', async () => {
  const [card, ...others] = await found({ excludesNobody: true })
  expect(others).toEqual([])
  expect(card?.requirement).toBe('PUB-02')
  expect(card?.size).toBeLessThanOrEqual(2)
  expect(card?.reproduced).toEqual({ times: 10, of: 10 })
})

test('overlapping handlers are found, attributed and shrunk', async () => {
  const [card, ...others] = await found({ overlaps: true })
  expect(others).toEqual([])
  expect(card?.requirement).toBe('LIFE-15')
  expect(card?.size).toBeLessThanOrEqual(2)
})

test('what shows on new connections alone is shrunk on connections of its own', async () => {
  const [card] = await found({ greets: true }, [pub05])
  expect(card?.requirement).toBe('PUB-05')
  expect(card?.program.clients).toEqual([{ channel: 'main', fresh: true }])
  expect(card?.reproduced).toEqual({ times: 10, of: 10 })
})

test('a system that never answers is told of, with the step it did not answer', async () => {
  const impatient = { stall: 20, hang: 20, absent: 20, start: 1_000 }
  const result = await conformHost(hostInProcess(minimalSystem({ hangs: true })), { ...suite, deadlines: impatient })
  expect(result.timeouts).toBe(1)
  expect(result.couldNotJudge).toMatch(/no answer to step 2\.0 within 0\.02 s/)
})

test.each([1, 2, 3])('what fails now and then is not shrunk to what hardly ever does (chance %i)', async (start) => {
  let state = start
  const chance = (): number => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const [card] = await found({ excludesNobody: (subscribers) => chance() < (subscribers > 1 ? 0.4 : 0.08) })
  const { times = 0, of = 0 } = card?.reproduced ?? {}
  expect(times / of).toBeGreaterThan(0.3)
})
