import { closingMutants } from './lifecycle/closing.ts'
import { connectingMutants } from './lifecycle/connecting.ts'
import { handshakeMutants } from './lifecycle/handshakes.ts'
import { orderingMutants } from './lifecycle/ordering.ts'
import { togetherMutants } from './lifecycle/together.ts'
import type { Mutant } from './mutant.ts'

/** Defects of this area. */
export const lifecycleMutants: readonly Mutant[] = [
  ...orderingMutants,
  ...handshakeMutants,
  ...connectingMutants,
  ...closingMutants,
  ...togetherMutants,
]
