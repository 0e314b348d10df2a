import { expect, test } from 'vitest'
import { hostInProcess } from '../../conformance/doors/in-process.ts'
import { families } from '../../conformance/programs/index.ts'
import { loadSystem } from '../load-system.ts'
import { buildMutant } from './build.ts'
import { mutants } from './index.ts'
import { hunt } from './kill.ts'
import type { Mutant } from './mutant.ts'

const hosted = async (reference: string) => hostInProcess(await loadSystem(reference))

function named(name: string): Mutant {
  const mutant = mutants.find((each) => each.name === name)
  if (mutant === undefined) throw new Error(`no mutant is called ${name}`)
  return mutant
}

/** A cover of the one example whose key begins with this. */
function only(key: string): Record<string, string[]> {
  for (const { name, examples } of families) {
    const chosen = Object.keys(examples).find((each) => each.startsWith(key))
    if (chosen !== undefined) return { [name]: [chosen] }
  }
  throw new Error(`no example is called ${key}`)
}

test('a mutant is killed by its id, in few programs', async () => {
  const kill = await hunt(named('excludes-nobody'), { seed: 1, runs: 20, hosted, cover: only('SEND-05 ') })
  expect(kill).toMatchObject({ killed: true, caughtBy: ['PUB-02'] })
  expect(kill).not.toHaveProperty('rare')
})

test('what is blamed for a further id survives: the examples of the cover are run though its own is found', async () => {
  const mutant = {
    ...named('excludes-nobody'),
    edits: ['excludes-nobody', 'falsy-sends-dropped'].flatMap((name) => named(name).edits),
  }
  const hunted = (key: string) =>
    hunt(mutant, { seed: 1, runs: 20, cover: only(key), hosted: async () => hostInProcess(await buildMutant(mutant)) })
  expect(await hunted('PUB-02 ')).toMatchObject({ killed: true, caughtBy: ['PUB-02'] })
  expect(await hunted('SEND-05 ')).toMatchObject({ killed: false, caughtBy: ['SEND-05', 'PUB-02'] })
})

test('what its id is not blamed for is looked for longer, and survives', async () => {
  const mutant: Mutant = { ...named('excludes-nobody'), expected: 'SUB-01', area: 'subscriptions' }
  const kill = await hunt(mutant, { seed: 1, runs: 5, hosted, cover: only('PUB-02 ') })
  expect(kill).toMatchObject({ killed: false, rare: true, programs: null })
  expect(kill.caughtBy).toEqual(['PUB-02'])
}, 240_000)
