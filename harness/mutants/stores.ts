import type { Mutant } from './mutant.ts'
import { dynamodbMutants } from './stores/dynamodb.ts'
import { operationMutants } from './stores/operations.ts'
import { storeMutants } from './stores/stores.ts'

export const storesMutants: readonly Mutant[] = [...operationMutants, ...storeMutants, ...dynamodbMutants]
