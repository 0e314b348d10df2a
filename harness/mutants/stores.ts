import type { Mutant } from './mutant.ts'
import { operationMutants } from './stores/operations.ts'
import { storeMutants } from './stores/stores.ts'

export const storesMutants: readonly Mutant[] = [...operationMutants, ...storeMutants]
