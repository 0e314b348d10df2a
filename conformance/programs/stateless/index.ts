import type { Family } from '../family.ts'
import { costs, costsOfMany, costsOfSweeps } from './costs.ts'
import { deferredDying, deferredLiving } from './deferred.ts'
import { effects } from './effects.ts'
import { endpoints } from './endpoints.ts'
import { statelessDied, statelessExpiry } from './expiry.ts'
import { statelessConnecting, statelessEarlyOutput, statelessEarlyPublishes, statelessGone } from './gone.ts'
import { leftoversFamilies } from './leftovers.ts'
import { statelessOverlap } from './overlap.ts'
import { oversize } from './oversize.ts'
import { overtakenFamily } from './overtaken.ts'
import { statelessDayLater, statelessRepeats } from './repeats.ts'
import { manySubscriptions, storeFaultFamilies } from './store-faults.ts'
import { statelessRetried, statelessUndelivered } from './undelivered.ts'

const events: readonly Family[] = [statelessOverlap, statelessRepeats, statelessDayLater]
const ends: readonly Family[] = [
  statelessGone,
  statelessEarlyOutput,
  statelessEarlyPublishes,
  statelessConnecting,
  statelessExpiry,
  statelessDied,
]
const stores: readonly Family[] = [...storeFaultFamilies, manySubscriptions, ...leftoversFamilies]
const platforms: readonly Family[] = [oversize, costs, costsOfMany, costsOfSweeps, overtakenFamily, endpoints]

/** The families of this area. */
export const statelessFamilies: readonly Family[] = [
  ...events,
  ...ends,
  statelessRetried,
  statelessUndelivered,
  deferredLiving,
  deferredDying,
  ...stores,
  effects,
  ...platforms,
]
