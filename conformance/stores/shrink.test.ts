/** Minimal programs over stores: every step is needed, and none pretends to do what it only names. */
import { expect, test } from 'vitest'
import { requirements } from '../../spec/requirements/index.ts'
import { deadlines } from '../deadlines.ts'
import { Observer } from '../observe.ts'
import { hostStores } from './host.ts'
import { conformStores } from './index.ts'
import { type StoreProgram, storeSteps } from './program.ts'
import { storeCandidates } from './shrink.ts'
import { type MapDefects, mapStores } from './testing/map-stores.ts'

const parts = ['channels', 'prefix', 'together', 'after'] as const

/** The shortest program that shows `requirement` broken. */
async function shortest(defects: MapDefects, requirement: string): Promise<StoreProgram> {
  let found: StoreProgram | undefined
  await conformStores(mapStores(defects), {
    seed: 1,
    out: false,
    only: requirement,
    interleavings: 100,
    runs: 250,
    onCard: ({ program }) => {
      found = program.stores
    },
  })
  if (found === undefined) throw new Error(`${requirement} was not broken`)
  return found
}

test('a step that only names a topic becomes a look at it', { timeout: 60_000 }, async () => {
  const steps = storeSteps(await shortest({ foldsCase: true }, 'STORE-09'))
  expect(steps.map(({ op }) => op)).toEqual(['add', 'subscribe', 'subscribers'])
  const topics = steps.flatMap((step) => ('topic' in step ? [step.topic] : []))
  expect(new Set(topics).size).toBe(2)
  expect(new Set(topics.map((topic) => topic.toLowerCase())).size).toBe(1)
})

test.each<[MapDefects, string]>([
  [{ foldsCase: true }, 'STORE-09'],
  [{ trimsNames: true }, 'STORE-09'],
  [{ skipsPageEnds: true }, 'STORE-08'],
  [{ looksFirst: 'remove' }, 'STORE-04'],
  [{ keepsSubscriptions: true }, 'STORE-05'],
])('%o: no step of the shortest program can go', { timeout: 60_000 }, async (defects, requirement) => {
  const program = await shortest(defects, requirement)
  const observer = new Observer(hostStores(mapStores(defects)), requirements, deadlines)
  const fails = async (stores: StoreProgram): Promise<boolean> => {
    const { violations } = await observer.observe({ clients: [], prefix: [], phases: [], stores })
    return violations.some((violation) => violation.requirement === requirement)
  }
  expect(await fails(program)).toBe(true)
  for (const part of parts)
    for (const [index, step] of program[part].entries())
      expect(await fails({ ...program, [part]: program[part].toSpliced(index, 1) }), JSON.stringify(step)).toBe(false)
})

test('looks are not made into looks again', () => {
  const program: StoreProgram = {
    page: 1,
    channels: [],
    prefix: [{ op: 'find', id: 'a' }, { op: 'subscribers', topic: 't' }, { op: 'expired' }],
    together: [],
    after: [],
    early: false,
    choices: [],
  }
  expect([...storeCandidates(program)].map((candidate) => storeSteps(candidate).length)).toEqual([2, 2, 2])
})
