import { expect, test } from 'vitest'
import { hostInProcess } from '../doors/in-process.ts'
import { type Faults, minimalSystem } from '../testing/minimal-system.ts'
import { plainFamilies } from '../testing/plain-families.ts'
import { compareAgain } from './again.ts'
import { type Comparison, compareHosts } from './differential.ts'

const hosted = (faults: Faults = {}, name = 'minimal') => hostInProcess({ ...minimalSystem(faults), name })

const compare = (faults: Faults, options: { bail?: boolean } = {}): Promise<Comparison> =>
  compareHosts([hosted(), hosted(faults, 'other')], { seed: 1, families: plainFamilies, ...options })

test('a system does not differ from itself', async () => {
  const { programs, facts, differences, unsteady, couldNotJudge } = await compare({})
  expect({ differences, unsteady, couldNotJudge }).toEqual({ differences: [], unsteady: [], couldNotJudge: undefined })
  expect(programs).toBeGreaterThan(20)
  expect(facts.delivery).toBeGreaterThan(programs)
})

test('a hub that excludes nobody: the difference is shrunk, told once, and laid at its door', async () => {
  const { differences } = await compare({ excludesNobody: true })
  const finding = differences.find(({ kind }) => kind === 'delivery')
  expect(differences.map(({ kind }) => kind)).toEqual([...new Set(differences.map(({ kind }) => kind))])
  expect(finding).toMatchObject({ systems: ['minimal', 'other'], values: [0, 1], size: 2, reproduced: { times: 10, of: 10 } })
  expect(finding?.wrong.map(({ system, requirement }) => `${system} ${requirement}`)).toEqual(['other PUB-02'])
  if (finding === undefined) throw new Error('it was not found')
  expect((await compareAgain([hosted(), hosted({ excludesNobody: true })], finding)).finding?.values).toEqual([0, 1])
  expect((await compareAgain([hosted(), hosted()], finding)).finding).toBeUndefined()
})

test('what a system does now and then is no difference', async () => {
  let state = 1
  const sometimes = (): boolean => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647 < 0.4
  }
  const { differences } = await compare({ excludesNobody: sometimes })
  expect(differences).toEqual([])
})

test('bail ends at the first difference', async () => {
  const whole = await compare({ excludesNobody: true })
  const short = await compare({ excludesNobody: true }, { bail: true })
  expect(short.programs).toBeLessThan(whole.programs)
  expect(short.differences).toHaveLength(1)
})

test('a system that never answers cannot be compared', async () => {
  const impatient = { stall: 20, hang: 20, absent: 20, start: 1_000 }
  const hosts = [hosted(), hosted({ hangs: true }, 'other')] as const
  const { couldNotJudge, differences } = await compareHosts(hosts, { seed: 1, families: plainFamilies, deadlines: impatient })
  expect(couldNotJudge).toMatch(/^other gave no answer within 0\.02 s, while waiting for/)
  expect(differences).toEqual([])
})
