/** Opens and closes stores, each within its time: what never resolves is told of instead of waited for. */
import type { OpenStores, StoreSurroundings, StoreSystem } from '../../spec/stores.ts'
import { alarm } from '../deadlines.ts'
import { HostError } from '../host.ts'

/**
 * Opens the stores.
 * @param limit milliseconds after which they are given up
 * @throws HostError where `open` has not resolved by then, and whatever it rejects with
 */
export async function openStores(system: StoreSystem, surroundings: StoreSurroundings, limit: number): Promise<OpenStores> {
  const opening = system.open(surroundings)
  const opened = await within(limit, opening)
  if (opened !== 'late') return opened
  // What opens after all is used by nobody.
  void opening.then((open) => open.close()).catch(() => undefined)
  throw new HostError(
    `the stores ${system.name} did not open: \`open\` did not resolve within ${limit / 1000} s; look at what it waits for, such as a server that does not answer`,
  )
}

/**
 * Closes them.
 * @param limit milliseconds after which they are given up
 * @throws HostError where `close` has not resolved by then, and whatever it rejects with
 */
export async function closeStores({ name }: StoreSystem, open: OpenStores, limit: number): Promise<void> {
  if ((await within(limit, open.close())) !== 'late') return
  throw new HostError(
    `the stores ${name} did not close: \`close\` did not resolve within ${limit / 1000} s; look at what it waits for, such as a connection that never ends`,
  )
}

async function within<T>(limit: number, answer: Promise<T>): Promise<T | 'late'> {
  const { late, cancel } = alarm(limit)
  return Promise.race([answer, late]).finally(cancel)
}
