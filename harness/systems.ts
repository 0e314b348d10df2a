/** The one list of bundled systems. */
import type { System } from '../spec/system.ts'

/** A system that comes with the kit, loaded only when it is wanted: what it needs may not be installed. */
export interface BundledSystem {
  name: string
  /** @throws Error that says what is missing and which command installs it */
  load(): Promise<System>
}

/** Every bundled system, in the order they are run and reported. */
export const bundledSystems: readonly BundledSystem[] = [
  { name: 'ws', load: async () => (await import('./systems/ws.ts')).ws },
]
