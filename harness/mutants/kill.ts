/** Hunts one mutant: is it found, and is nothing else blamed? */
import { type ConformOptions, conformHost } from '../../conformance/conform.ts'
import { type Host, HostError } from '../../conformance/host.ts'
import type { Family } from '../../conformance/programs/family.ts'
import { families } from '../../conformance/programs/index.ts'
import { storesFamilies } from '../../conformance/programs/stores/index.ts'
import { scaleFamilies } from '../../conformance/select.ts'
import { simulatedPrograms } from '../../conformance/simulated/conform.ts'
import { simulatedFamilies } from '../../conformance/simulated/families.ts'
import { hostSimulated } from '../../conformance/simulated/host.ts'
import { hostStores } from '../../conformance/stores/host.ts'
import type { Area } from '../../spec/requirement.ts'
import { hostInChild } from '../drivers/child.ts'
import { buildMutant } from './build.ts'
import type { Mutant } from './mutant.ts'

/** What came of a hunt. */
export interface Kill {
  name: string
  expected: string
  also: string[]
  caughtBy: string[]
  /** Programs run until `expected` was first violated; null where it never was. */
  programs: number | null
  /** Killed: `expected` is violated, and nothing outside `expected` and `also`. */
  killed: boolean
  couldNotJudge?: string
}

/** All examples, and so many generated programs of one area alone: enough to find and to attribute, in seconds. */
function quickFamilies(area: Area, runs: number): Family[] {
  const own = scaleFamilies(
    families.filter((family) => family.area === area),
    runs,
  )
  return [...own, ...families.filter((family) => family.area !== area).map((family) => ({ ...family, runs: 0 }))]
}

/** Where a mutant is hunted, and with what. */
type Ground = { host: Host } & Pick<ConformOptions, 'families' | 'interleavings'>

/** @throws HostError where the mutant does not start */
async function groundOf(mutant: Mutant, runs: number | undefined): Promise<Ground> {
  switch (mutant.tier ?? 'live') {
    case 'live': {
      const host = await hostInChild(`mutant:${mutant.name}`)
      return { host, families: runs === undefined ? families : quickFamilies(mutant.area, runs) }
    }
    case 'simulated': {
      const host = hostSimulated(await buildMutant(mutant))
      return { host, families: scaleFamilies(simulatedFamilies, runs ?? simulatedPrograms) }
    }
    case 'interleaved': {
      const { name, stores } = await buildMutant(mutant)
      if (stores === undefined) throw new HostError(`${name} has no stores of its own`)
      const own = runs === undefined ? storesFamilies : scaleFamilies(storesFamilies, runs)
      return { host: hostStores({ ...stores, name }), families: own, interleavings: 1_000 }
    }
  }
}

/** Runs the suite against a mutant without shrinking: the default programs, or `runs` generated ones beside the examples. */
export async function hunt(mutant: Mutant, seed: number, runs?: number): Promise<Kill> {
  const also = Object.keys(mutant.also)
  const base = { name: mutant.name, expected: mutant.expected, also }
  let ground: Ground
  try {
    ground = await groundOf(mutant, runs)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return { ...base, caughtBy: [], programs: null, killed: false, couldNotJudge: error.message }
  }
  const { host, ...options } = ground
  let programs = 0
  let first: number | null = null
  try {
    const result = await conformHost(host, {
      ...options,
      seed,
      shrink: false,
      onProgram: (observation) => {
        programs++
        if (observation.violations.some((each) => each.requirement === mutant.expected)) first ??= programs
      },
    })
    const caughtBy = result.requirements.filter((each) => each.verdict === 'failed').map((each) => each.id)
    const blamed = caughtBy.filter((id) => id !== mutant.expected && !also.includes(id))
    const killed = caughtBy.includes(mutant.expected) && blamed.length === 0
    const { couldNotJudge } = result
    return { ...base, caughtBy, programs: first, killed, ...(couldNotJudge === undefined ? {} : { couldNotJudge }) }
  } finally {
    await host.end()
  }
}
