/** Hunts one mutant: is it found, and is nothing else blamed? */
import type { Card } from '../../conformance/card.ts'
import { type ConformOptions, conformHost } from '../../conformance/conform.ts'
import { patienceOf } from '../../conformance/deadlines.ts'
import { type Host, HostError } from '../../conformance/host.ts'
import { mergeResults } from '../../conformance/merge.ts'
import type { Family } from '../../conformance/programs/family.ts'
import { families } from '../../conformance/programs/index.ts'
import { storesFamilies } from '../../conformance/programs/stores/index.ts'
import { enoughOf, scaleFamilies } from '../../conformance/select.ts'
import { simulatedPrograms } from '../../conformance/simulated/conform.ts'
import { simulatedFamilies } from '../../conformance/simulated/families.ts'
import { hostSimulated } from '../../conformance/simulated/host.ts'
import { hostStores } from '../../conformance/stores/host.ts'
import type { RecordedKill } from '../../spec/records.ts'
import type { SystemResult } from '../../spec/result.ts'
import { hostInChild } from '../drivers/child.ts'
import { buildMutant } from './build.ts'
import { cardOf, type Found } from './card.ts'
import { type Cover, coverFamilies, coveringFor, coverOf } from './cover.ts'
import type { Mutant } from './mutant.ts'

/** What came of a hunt. */
export interface Kill extends RecordedKill {
  /** `expected` is violated, and nothing outside `expected` and `also`. */
  killed: boolean
}

/** How a mutant is hunted. */
export interface HuntOptions {
  seed: number
  /** So many generated programs beside the examples; all that a run of the suite runs by default where absent. */
  runs?: number
  /** Ends with the first program that violates anything. */
  bail?: boolean
  /** Hosts a live mutant, and what it is made from; in a child process where absent. */
  hosted?(reference: string): Promise<Host>
  /** Hosts a live mutant where its card is confirmed; in a child process of its own, as `replay` does, where absent. */
  replaying?(reference: string): Promise<Host>
  /** The cover of what it is made from; found out by the hunt itself where absent. */
  cover?: Cover
  /** Given the card of what violates `expected`; absent: nothing is shrunk. */
  onCard?(card: Card): Promise<void>
}

/** So many generated programs of the families that are directed at an id, with all their examples. */
function directedFamilies(id: string, runs: number): Family[] {
  const directed = families.filter(({ examples }) => Object.keys(examples).some((name) => name.startsWith(`${id} `)))
  return scaleFamilies(directed, runs)
}

/** Programs of a whole area, for what few programs show. */
const rareRuns = 400

/** Where what few programs show is looked for longer: in the whole area, or in all that the tier has. */
function rarely({ area, tier = 'live' }: Mutant): readonly Family[] {
  if (tier === 'simulated') return scaleFamilies(simulatedFamilies, simulatedPrograms)
  if (tier === 'interleaved') return storesFamilies
  const own = families.filter((family) => family.area === area)
  return scaleFamilies(own, rareRuns)
}

/**
 * So long, in milliseconds, a mutant that hangs is waited for: there are hundreds of hunts, on a machine that is known.
 * Stateless ones may wait for leases, or for an engine, and have all the time they want.
 */
const impatience = patienceOf(6_000)

type Hosting = NonNullable<HuntOptions['hosted']>

const patienceWith = ({ area, base }: Mutant): Pick<ConformOptions, 'deadlines'> =>
  area === 'stateless' || base === 'dynamodb-serverless' ? {} : { deadlines: impatience }

/** Where a mutant is hunted, and with what. */
interface Ground {
  host: Host
  search: Pick<ConformOptions, 'enough' | 'families' | 'interleavings'>
  /** With the search only until the id is found, then these for all: whatever few examples decide every clause. */
  attribution?: readonly Family[]
}

/** @throws HostError where the mutant does not start */
async function groundOf(mutant: Mutant, runs: number | undefined, hosted: Hosting, cover?: Cover): Promise<Ground> {
  switch (mutant.tier ?? 'live') {
    case 'live': {
      const host = await hosted(`mutant:${mutant.name}`)
      if (runs === undefined) return { host, search: { families, enough: enoughOf({}) } }
      const attribution = coverFamilies(cover ?? (await coverOf(coveringFor(mutant.base), hosted)))
      return { host, search: { families: directedFamilies(mutant.expected, runs) }, attribution }
    }
    case 'simulated': {
      const host = hostSimulated(await buildMutant(mutant))
      return { host, search: { families: scaleFamilies(simulatedFamilies, runs ?? simulatedPrograms) } }
    }
    case 'interleaved': {
      const { name, stores } = await buildMutant(mutant)
      if (stores === undefined) throw new HostError(`${name} has no stores of its own`)
      const own = runs === undefined ? storesFamilies : scaleFamilies(storesFamilies, runs)
      return { host: hostStores({ ...stores, name }), search: { families: own, interleavings: 1_000 } }
    }
  }
}

/** So many programs that violate the expected id are kept. */
const mostFound = 30

/** Runs the suite against a mutant. */
export async function hunt(mutant: Mutant, hunting: HuntOptions): Promise<Kill> {
  const { seed, runs, bail, hosted = hostInChild, replaying = hostInChild, cover, onCard } = hunting
  const { name, expected } = mutant
  const also = Object.keys(mutant.also)
  const base = { name, expected, also, caughtBy: [], clauses: [], programs: null, steps: null, killed: false }
  let ground: Ground
  try {
    ground = await groundOf(mutant, runs, hosted, cover)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    return { ...base, couldNotJudge: error.message }
  }
  const { host, attribution } = ground
  let programs = 0
  let first: number | undefined
  const found: Found[] = []
  const clauses = new Set<string>()
  const search = (how: Partial<ConformOptions>): Promise<SystemResult> =>
    conformHost(host, {
      ...(bail !== undefined && { bail }),
      ...how,
      seed,
      ...(runs !== undefined && patienceWith(mutant)),
      shrink: false,
      onProgram: ({ violations, program }, family) => {
        programs++
        const own = violations.filter((each) => each.requirement === expected)
        for (const { requirement, clause } of violations)
          if (requirement === expected || also.includes(requirement)) clauses.add(`${requirement} ${clause}`)
        if (own.length === 0) return
        first ??= programs
        if (found.length < mostFound) found.push({ program, family })
      },
    })
  try {
    const until = (): boolean => first !== undefined
    let result = await search({ ...ground.search, ...(attribution !== undefined && { until }) })
    if (attribution !== undefined) result = mergeResults(result, await search({ families: attribution }))
    const rare = !until() && runs !== undefined
    if (rare) result = mergeResults(result, await search({ families: rarely(mutant), until }))
    const caughtBy = result.requirements.filter((each) => each.verdict === 'failed').map((each) => each.id)
    const blamed = caughtBy.filter((id) => id !== expected && !also.includes(id))
    const { couldNotJudge } = result
    const how = { seed, ...patienceWith(mutant) }
    const card = onCard === undefined ? undefined : await cardOf({ host, replaying, mutant, how }, found)
    if (card !== undefined) await onCard?.(card)
    return {
      ...base,
      caughtBy,
      clauses: [...clauses],
      programs: first ?? null,
      steps: card?.size ?? null,
      ...(card !== undefined && { reproduced: card.reproduced }),
      killed: caughtBy.includes(expected) && blamed.length === 0,
      ...(rare && { rare }),
      ...(couldNotJudge === undefined ? {} : { couldNotJudge }),
    }
  } finally {
    await host.end()
  }
}
