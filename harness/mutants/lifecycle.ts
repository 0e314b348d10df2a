import { closingMutants } from './lifecycle/closing.ts'
import { connectingMutants } from './lifecycle/connecting.ts'
import { eventMutants } from './lifecycle/events.ts'
import { handshakeMutants } from './lifecycle/handshakes.ts'
import { openingMutants } from './lifecycle/opening.ts'
import { orderingMutants } from './lifecycle/ordering.ts'
import { queuedMutants } from './lifecycle/queued.ts'
import { togetherMutants } from './lifecycle/together.ts'
import { unclosedMutants } from './lifecycle/unclosed.ts'
import type { Mutant } from './mutant.ts'

/** Defects of this area. */
export const lifecycleMutants: readonly Mutant[] = [
  ...orderingMutants,
  ...handshakeMutants,
  ...openingMutants,
  ...connectingMutants,
  ...eventMutants,
  ...closingMutants,
  ...queuedMutants,
  ...togetherMutants,
  ...unclosedMutants,
]
