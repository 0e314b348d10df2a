import type { Mutant } from './mutant.ts'

/** Defects of this area. */
export const publishingMutants: readonly Mutant[] = []
