import type { Mutant } from './mutant.ts'
import { messagesMutants } from './routing/messages.ts'
import { routesMutants } from './routing/routes.ts'

/** Defects of this area. */
export const routingMutants: readonly Mutant[] = [...messagesMutants, ...routesMutants]
