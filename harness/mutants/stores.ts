import type { Mutant } from './mutant.ts'
import { changingMutants } from './stores/changing.ts'
import { dynamodbMutants } from './stores/dynamodb.ts'
import { operationMutants } from './stores/operations.ts'
import { readingMutants } from './stores/reading.ts'
import { recordMutants } from './stores/records.ts'
import { storeMutants } from './stores/stores.ts'

export const storesMutants: readonly Mutant[] = [
  ...operationMutants,
  ...readingMutants,
  ...changingMutants,
  ...recordMutants,
  ...storeMutants,
  ...dynamodbMutants,
]
