/** `channel-conformance mutants --held-out SET`: does a run of the suite find what its authors did not think of? */
import type { HeldOutRecord } from '../../spec/records.ts'
import { asMutant, type HeldOut, heldOutSets } from '../mutants/held-out/held-out.ts'
import { hunt, type Kill } from '../mutants/kill.ts'
import { stampOf } from '../mutants/matrix.ts'
import type { Mutant, Tier } from '../mutants/mutant.ts'

/** Hunts at the same time: each has a process of its own beside the kit's, and emulated platforms are mostly waited for. */
const atOnce = 7

/** Hunts the named defects of a set (all where none is named), gives each to `onKill` as it ends, and all to whoever keeps records. @throws Error for a name that is none */
export async function huntHeldOut(
  name: string,
  names: readonly string[],
  seed: number,
  onKill: (kill: Kill) => void,
): Promise<HeldOutRecord> {
  if (!Object.hasOwn(heldOutSets, name))
    throw new Error(`unknown set ${JSON.stringify(name)}: expected one of ${Object.keys(heldOutSets).join(', ')}`)
  const set = heldOutSets[name] ?? []
  const unknown = names.find((each) => !set.some((defect) => defect.name === each))
  if (unknown !== undefined)
    throw new Error(
      `unknown defect ${JSON.stringify(unknown)} of the ${name} set: expected one of ${set.map((each) => each.name).join(', ')}`,
    )
  const waiting = set.filter((each) => names.length === 0 || names.includes(each.name)).values()
  const kills: Kill[] = []
  const work = async (): Promise<void> => {
    for (const defect of waiting) {
      const kill = { ...(await huntOne(asMutant(name, defect), seed)), name: defect.name }
      kills.push(kill)
      onKill(kill)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return heldOutRecord(name, set, kills, seed)
}

/** The record of a set: its defects in the order of their author, whichever hunt ended first. */
export function heldOutRecord(name: string, set: readonly HeldOut[], kills: readonly Kill[], seed: number): HeldOutRecord {
  return {
    set: name,
    ...stampOf(seed),
    defects: set.flatMap(({ name, expected, alternatives, standsFor }) => {
      const kill = kills.find((each) => each.name === name)
      if (kill === undefined) return []
      const { caughtBy, programs, killed, couldNotJudge } = kill
      const what = { name, expected, alternatives: [...alternatives], standsFor, caughtBy, programs, killed }
      return [{ ...what, ...(couldNotJudge !== undefined && { couldNotJudge }) }]
    }),
  }
}

/** What a run of the suite runs of a system beside its live programs. */
const beside: Readonly<Record<string, readonly Tier[]>> = {
  'memory-serverless': ['simulated', 'interleaved'],
  'dynamodb-serverless': ['interleaved'],
}

/**
 * Hunts with all that a run of the suite runs, until something is violated; with its other tiers where the live one
 * found nothing. Found: the expected id is violated, or one that the author named as fair a verdict.
 */
export async function huntOne(mutant: Mutant, seed: number, hunting: typeof hunt = hunt): Promise<Kill> {
  const first = found(await hunting(mutant, { seed, bail: true }))
  if (first.killed) return first
  const live = first.caughtBy.length === 0 ? first : found(await hunting(mutant, { seed }))
  if (live.killed) return live
  for (const tier of beside[mutant.base] ?? []) {
    const there = found(await hunting({ ...mutant, tier }, { seed }))
    if (there.killed) return there
  }
  return live
}

const found = (kill: Kill): Kill => ({
  ...kill,
  killed: [kill.expected, ...kill.also].some((id) => kill.caughtBy.includes(id)),
})
