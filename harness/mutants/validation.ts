import type { Mutant } from './mutant.ts'

/** Defects of this area. */
export const validationMutants: readonly Mutant[] = []
