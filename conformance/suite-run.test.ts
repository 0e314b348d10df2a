import { expect, test } from 'vitest'
import { life15 } from '../spec/requirements/lifecycle/ordering.ts'
import { pub02 } from '../spec/requirements/publishing/exclusion.ts'
import type { Card } from './card.ts'
import { type ConformOptions, conformHost } from './conform.ts'
import { hostInProcess } from './doors/in-process.ts'
import { type Host, HostError } from './host.ts'
import { type Faults, minimalSystem } from './testing/minimal-system.ts'
import { plainFamilies } from './testing/plain-families.ts'

const suite = { seed: 1, requirements: [life15, pub02], families: plainFamilies }

const host = (faults: Faults = {}): Host => hostInProcess(minimalSystem(faults))

/** A host that can be made to die. */
function mortal(faults: Faults = {}): { host: Host; die(): void } {
  let die = (): void => {}
  const died = new Promise<never>((_, reject) => {
    die = () => reject(new HostError('it has died'))
  })
  died.catch(() => undefined)
  return { host: { ...host(faults), died }, die }
}

/** Runs the suite on two hosts; tells what came of it, and whether the second was let go before the run was over. */
async function shared(own: Host, other: Host, onProgram: (programs: number) => void = () => {}) {
  let [programs, released, cards] = [0, false, 0]
  const result = await conformHost(own, {
    ...suite,
    onBegin: (help) => void help(other).then(() => (released = true)),
    onProgram: () => onProgram(++programs),
    onCard: async () => {
      cards++
      return undefined
    },
  })
  return { result, released, cards, programs }
}

test('two hosts share the programs of one run', async () => {
  const alone = await conformHost(host(), suite)
  const { result, released } = await shared(host(), host())
  expect(result.programs).toBe(alone.programs)
  expect(result.couldNotJudge).toBeUndefined()
  expect(released).toBe(true)
})

test('what only the second host shows is reported as well', async () => {
  const { result, cards } = await shared(host(), host({ excludesNobody: true, overlaps: true }))
  const failed = result.requirements.filter(({ verdict }) => verdict === 'failed')
  expect(failed.length).toBeGreaterThan(0)
  expect(cards).toBe(failed.length)
})

test('a second host that cannot be started leaves the run to the first', async () => {
  const refused = { ...host(), launch: () => Promise.reject(new HostError('the port is taken')) }
  const { result, released } = await shared(host(), refused)
  expect(result.couldNotJudge).toBeUndefined()
  expect(result.requirements.map(({ verdict }) => verdict)).toEqual(['passed', 'passed'])
  expect(released).toBe(true)
})

test.each(['own', 'other'])('when the %s host dies the run ends, and nobody goes on', async (dies) => {
  const { host: dying, die } = mortal()
  const [own, other] = dies === 'own' ? [dying, host()] : [host(), dying]
  const { result, released, programs } = await shared(own, other, (count) => count === 6 && die())
  expect(result.couldNotJudge).toMatch(/^it has died/)
  expect(released).toBe(true)
  expect(programs).toBeLessThan(20)
  expect(result.programs).toBe(programs)
})

/** Runs the suite; tells what failed, and what has a card. */
async function failing(faults: Faults, options: Partial<ConformOptions>): Promise<{ failed: string[]; cards: Card[] }> {
  const cards: Card[] = []
  const { requirements } = await conformHost(host(faults), {
    ...suite,
    ...options,
    onCard: async (card) => {
      cards.push(card)
      return undefined
    },
  })
  return { failed: requirements.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id), cards }
}

const known = ['PUB-02 [not the excluded one] a connection received it']

test('bail stops at the first failure, and passes over one that is known', async () => {
  const faults = { excludesNobody: true, overlaps: true }
  expect((await failing(faults, { bail: true })).failed).toEqual(['PUB-02'])
  expect((await failing(faults, { bail: true, known })).failed).toEqual(['LIFE-15', 'PUB-02'])
})

test('no program is begun once the caller has what it wants', async () => {
  let programs = 0
  const until = () => programs === 3
  const result = await conformHost(host(), { ...suite, until, onProgram: () => programs++ })
  expect([programs, result.programs]).toEqual([3, 3])
})

test('what is known is named and has no card, as a regression neither', async () => {
  const faults = { excludesNobody: true }
  const { cards: regressions } = await failing(faults, {})
  expect(regressions.map(({ requirement }) => requirement)).toEqual(['PUB-02'])
  expect(await failing(faults, { known })).toEqual({ failed: ['PUB-02'], cards: [] })
  expect(await failing(faults, { known, regressions, families: [] })).toEqual({ failed: ['PUB-02'], cards: [] })
  expect((await failing(faults, { regressions, families: [] })).cards).toHaveLength(1)
})
