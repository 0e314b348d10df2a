/** Hunts one mutant: is it found, and is nothing else blamed? */
import { conformHost } from '../../conformance/conform.ts'
import { type Host, HostError } from '../../conformance/host.ts'
import type { Family } from '../../conformance/programs/family.ts'
import { families } from '../../conformance/programs/index.ts'
import { scaleFamilies } from '../../conformance/select.ts'
import type { Area } from '../../spec/requirement.ts'
import { hostInChild } from '../drivers/child.ts'
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

/** Runs the suite against a mutant without shrinking: the default programs, or `runs` generated ones beside the examples. */
export async function hunt(mutant: Mutant, seed: number, runs?: number): Promise<Kill> {
  const also = Object.keys(mutant.also)
  let host: Host
  try {
    host = await hostInChild(`mutant:${mutant.name}`)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return {
      name: mutant.name,
      expected: mutant.expected,
      also,
      caughtBy: [],
      programs: null,
      killed: false,
      couldNotJudge: error.message,
    }
  }
  let programs = 0
  let first: number | null = null
  try {
    const result = await conformHost(host, {
      seed,
      families: runs === undefined ? families : quickFamilies(mutant.area, runs),
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
    return {
      name: mutant.name,
      expected: mutant.expected,
      also,
      caughtBy,
      programs: first,
      killed,
      ...(couldNotJudge === undefined ? {} : { couldNotJudge }),
    }
  } finally {
    await host.end()
  }
}
