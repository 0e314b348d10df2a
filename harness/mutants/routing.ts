import type { Mutant } from './mutant.ts'

/** Defects of this area. */
export const routingMutants: readonly Mutant[] = []
