import { orderingMutants } from './lifecycle/ordering.ts'
import type { Mutant } from './mutant.ts'

/** Defects of this area. */
export const lifecycleMutants: readonly Mutant[] = [...orderingMutants]
