import type { Mutant } from './mutant.ts'
import { encodingMutants } from './sending/encoding.ts'
import { errorsMutants } from './sending/errors.ts'
import { repliesMutants } from './sending/replies.ts'

/** Defects of this area. */
export const sendingMutants: readonly Mutant[] = [...repliesMutants, ...encodingMutants, ...errorsMutants]
