/** Every mutant, by area. */
import { authenticationMutants } from './authentication.ts'
import { lifecycleMutants } from './lifecycle.ts'
import type { Mutant } from './mutant.ts'
import { publishingMutants } from './publishing.ts'
import { routingMutants } from './routing.ts'
import { sendingMutants } from './sending.ts'
import { statelessMutants } from './stateless.ts'
import { storesMutants } from './stores.ts'
import { subscriptionsMutants } from './subscriptions.ts'
import { validationMutants } from './validation.ts'

export const mutants: readonly Mutant[] = [
  ...lifecycleMutants,
  ...routingMutants,
  ...authenticationMutants,
  ...validationMutants,
  ...sendingMutants,
  ...subscriptionsMutants,
  ...publishingMutants,
  ...statelessMutants,
  ...storesMutants,
]
