import type { Family } from '../family.ts'
import { routingHeld } from './held.ts'
import { routingMessages } from './messages.ts'
import { routingParameters, routingPaths, routingStarts } from './routes.ts'

/** The families of this area. */
export const routingFamilies: readonly Family[] = [
  ...routingMessages,
  routingHeld,
  routingPaths,
  routingParameters,
  routingStarts,
]
