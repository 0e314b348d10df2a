import type { Family } from '../family.ts'
import { costs, costsOfMany, costsOfSweeps } from './costs.ts'
import { deferredDying, deferredLiving } from './deferred.ts'
import { effects } from './effects.ts'
import { endpoints } from './endpoints.ts'
import { leftoversFamilies } from './leftovers.ts'
import { oversize } from './oversize.ts'
import { overtakenFamily } from './overtaken.ts'
import { manySubscriptions, storeFaultFamilies } from './store-faults.ts'

/** The families of this area. */
export const statelessFamilies: readonly Family[] = [
  deferredLiving,
  deferredDying,
  ...storeFaultFamilies,
  manySubscriptions,
  ...leftoversFamilies,
  effects,
  oversize,
  costs,
  costsOfMany,
  costsOfSweeps,
  overtakenFamily,
  endpoints,
]
