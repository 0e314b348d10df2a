/** `channel-conformance mutants --held-out SET`: does a run of the suite find what its authors did not think of? */
import { asMutant, type HeldOut, heldOutSets } from '../mutants/held-out/held-out.ts'
import { hunt, type Kill } from '../mutants/kill.ts'

/** The defects of a set. @throws Error for a name that is none */
export function heldOutSet(name: string): readonly HeldOut[] {
  const set = heldOutSets[name]
  if (set === undefined)
    throw new Error(`unknown set ${JSON.stringify(name)}: expected one of ${Object.keys(heldOutSets).join(', ')}`)
  return set
}

/**
 * Hunts with all that a run of the suite runs; where the system has a simulated tier, with that too if the first found
 * nothing. Found: the expected id is violated, or one that the author named as fair a verdict.
 */
export async function huntHeldOut(defect: HeldOut, seed: number): Promise<Kill> {
  const mutant = asMutant(defect)
  const live = found(await hunt(mutant, { seed }))
  if (live.killed || defect.base !== 'memory-serverless') return live
  const simulated = found(await hunt({ ...mutant, tier: 'simulated' }, { seed }))
  return simulated.killed ? simulated : live
}

const found = (kill: Kill): Kill => ({
  ...kill,
  killed: [kill.expected, ...kill.also].some((id) => kill.caughtBy.includes(id)),
})
