/** One mutant of each area from search to replay: a card is of use only if it is small, steady and fails again. */
import { afterAll, expect, test } from 'vitest'
import type { Card } from '../../conformance/card.ts'
import { conformHost } from '../../conformance/conform.ts'
import type { Host } from '../../conformance/host.ts'
import { families } from '../../conformance/programs/index.ts'
import { replayCard } from '../../conformance/replay.ts'
import { scaleFamilies } from '../../conformance/select.ts'
import { cardLines } from '../../reports/text/card.ts'
import { requirements } from '../../spec/requirements/index.ts'
import { hostInChild } from '../drivers/child.ts'
import { mutants } from './index.ts'

const seed = 20261121

/** The mutants every release has to find, one for each area. */
const proved = [
  'queue-overflows',
  'keeps-the-routing-key',
  'public-by-default',
  'tells-the-first-issue',
  'falsy-replies-dropped',
  'has-wildcards',
  'excludes-nobody',
  'answers-with-a-body',
  'store-subscribes-anybody',
]

const hosts: Host[] = []
afterAll(() => Promise.all(hosts.map((host) => host.end())))

test('there is one for each area', () => {
  const areas = proved.map((name) => mutants.find((mutant) => mutant.name === name)?.area)
  expect(areas.toSorted()).toEqual([...new Set(requirements.map(({ area }) => area))].sort())
})

test.each(proved)('%s is found, shrunk to a few steps, and fails again', async (name) => {
  const mutant = mutants.find((each) => each.name === name)
  if (mutant === undefined) throw new Error(`no mutant is called ${name}`)
  const host = await hostInChild(`mutant:${name}`)
  hosts.push(host)
  const cards: Card[] = []
  const own = families.filter(({ area }) => area === mutant.area)
  await conformHost(host, {
    seed,
    // Only what it is expected to violate is judged: every further id would be shrunk too.
    requirements: requirements.filter(({ id }) => id === mutant.expected),
    families: scaleFamilies(own, 60),
    onCard: async (card) => {
      cards.push(card)
      return undefined
    },
  })
  expect(cards.map(({ requirement }) => requirement)).toEqual([mutant.expected])
  for (const card of cards) {
    expect(card.size).toBeLessThanOrEqual(5)
    expect(card.reproduced.times, cardLines(card).join('\n')).toBeGreaterThanOrEqual(9)
    expect(card.reproduced.of).toBe(10)
    expect((await replayCard(host, card)).card?.requirement).toBe(mutant.expected)
  }
})
