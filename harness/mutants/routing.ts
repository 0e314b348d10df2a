import type { Mutant } from './mutant.ts'
import { messagesMutants } from './routing/messages.ts'
import { refusalsMutants } from './routing/refusals.ts'
import { routesMutants } from './routing/routes.ts'

/** Defects of this area. */
export const routingMutants: readonly Mutant[] = [...messagesMutants, ...refusalsMutants, ...routesMutants]
