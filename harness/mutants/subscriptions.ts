import type { Mutant } from './mutant.ts'
import { closingMutants } from './subscriptions/closing.ts'
import { receiverMutants } from './subscriptions/receivers.ts'
import { subscribingMutants } from './subscriptions/subscribing.ts'

/** Defects of this area. */
export const subscriptionsMutants: readonly Mutant[] = [...subscribingMutants, ...closingMutants, ...receiverMutants]
