/** Stores in this process, as the runner sees them. */
import type { StoreObservation } from '../../spec/requirement.ts'
import type { StoreSystem } from '../../spec/stores.ts'
import { deadlines } from '../deadlines.ts'
import { HostError, type Hosted } from '../host.ts'
import { beginning, executeStores } from './execute.ts'
import { closeStores, openStores } from './open.ts'

/** What each of these stores lets be seen: the same at every start. */
const observed = new WeakMap<StoreSystem, Promise<StoreObservation[]>>()

/**
 * What the stores let be seen, and how programs are run on them.
 * @param start milliseconds they have for opening, and for closing
 * @throws HostError where they cannot be opened and closed
 */
export async function hostedStores(
  system: StoreSystem,
  start = deadlines.start,
): Promise<{ observes: readonly StoreObservation[]; stores: NonNullable<Hosted['stores']> }> {
  let observes = observed.get(system)
  if (observes === undefined) {
    observes = look(system, start)
    observed.set(system, observes)
  }
  return { observes: await observes, stores: (program, patience) => executeStores(system, program, patience, start) }
}

/** Opens them once, to see what they offer. */
async function look(system: StoreSystem, start: number): Promise<StoreObservation[]> {
  try {
    const open = await openStores(system, { now: () => beginning, request: (_name, make) => make(), page: 100 }, start)
    await closeStores(system, open, start)
    return [
      'stores',
      ...(system.pages === true ? (['store pages'] as const) : []),
      ...(open.residue === undefined ? [] : (['store residue'] as const)),
      ...(open.liveReads === undefined ? [] : (['live reads'] as const)),
    ]
  } catch (error) {
    if (error instanceof HostError) throw error
    const { name, message } = error instanceof Error ? error : { name: 'a value', message: String(error) }
    throw new HostError(`the stores ${system.name} did not open: ${name}: ${message}`)
  }
}
