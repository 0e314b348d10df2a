import type { Mutant } from './mutant.ts'
import { batchingMutants } from './sending/batching.ts'
import { encodingMutants } from './sending/encoding.ts'
import { errorsMutants } from './sending/errors.ts'
import { repliesMutants } from './sending/replies.ts'
import { unsendableMutants } from './sending/unsendable.ts'

/** Defects of this area. */
export const sendingMutants: readonly Mutant[] = [
  ...repliesMutants,
  ...encodingMutants,
  ...batchingMutants,
  ...errorsMutants,
  ...unsendableMutants,
]
