/** The one list of bundled systems. */
import type { System } from '../spec/system.ts'

/** A system that comes with the kit; loading it may need an optional dependency. */
export interface BundledSystem {
  name: string
  load(): Promise<System>
}

export const bundledSystems: readonly BundledSystem[] = []
