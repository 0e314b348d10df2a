/** `channel-conformance mutants --held-out SET`: does a run of the suite find what its authors did not think of? */
import { asMutant, type HeldOut, heldOutSets } from '../mutants/held-out/held-out.ts'
import { hunt, type Kill } from '../mutants/kill.ts'

/** Hunts at the same time: each has a process of its own beside the kit's. */
const atOnce = 2

/** Hunts the defects of a set, and gives each to `onKill` as it ends. @throws Error for a name that is none */
export async function huntHeldOut(
  name: string,
  seed: number,
  onKill: (kill: Kill) => void,
): Promise<{ killed: number; of: number }> {
  const set = heldOutSets[name]
  if (set === undefined)
    throw new Error(`unknown set ${JSON.stringify(name)}: expected one of ${Object.keys(heldOutSets).join(', ')}`)
  const waiting = set.values()
  let killed = 0
  const work = async (): Promise<void> => {
    for (const defect of waiting) {
      const kill = await huntOne(defect, seed)
      if (kill.killed) killed++
      onKill(kill)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { killed, of: set.length }
}

/**
 * Hunts with all that a run of the suite runs; where the system has a simulated tier, with that too if the first found
 * nothing. Found: the expected id is violated, or one that the author named as fair a verdict.
 */
async function huntOne(defect: HeldOut, seed: number): Promise<Kill> {
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
