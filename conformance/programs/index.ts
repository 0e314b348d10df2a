/** Every family of programs, in the order they are run. */
import { authenticationFamilies } from './authentication/index.ts'
import { companies } from './companies.ts'
import type { Family } from './family.ts'
import { lifecycleFamilies } from './lifecycle/index.ts'
import { publishingFamilies } from './publishing/index.ts'
import { routingFamilies } from './routing/index.ts'
import { sendingFamilies } from './sending/index.ts'
import { statelessFamilies } from './stateless/index.ts'
import { storesFamilies } from './stores/index.ts'
import { subscriptionsFamilies } from './subscriptions/index.ts'
import { validationFamilies } from './validation/index.ts'

const ofAreas: readonly Family[] = [
  ...publishingFamilies,
  ...subscriptionsFamilies,
  ...sendingFamilies,
  ...routingFamilies,
  ...validationFamilies,
  ...authenticationFamilies,
  ...lifecycleFamilies,
  ...statelessFamilies,
  ...storesFamilies,
]

export const families: readonly Family[] = [...ofAreas, ...companies(ofAreas)]
