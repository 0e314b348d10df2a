import type { Requirement } from '../../requirement.ts'
import { stateless14 } from './answers.ts'
import { stateless16 } from './costs.ts'
import { stateless10 } from './deferred.ts'
import { stateless13 } from './effects.ts'
import { stateless18 } from './endpoints.ts'
import { stateless09 } from './expiry.ts'
import { stateless01 } from './fresh.ts'
import { stateless06, stateless08 } from './gone.ts'
import { stateless12 } from './leftovers.ts'
import { stateless02 } from './overlap.ts'
import { stateless15 } from './oversize.ts'
import { stateless17 } from './overtaken.ts'
import { stateless04 } from './removed.ts'
import { stateless03, stateless05 } from './repeats.ts'
import { stateless11 } from './store-faults.ts'
import { stateless07 } from './undelivered.ts'

const ofEvents = [stateless01, stateless02, stateless03, stateless04, stateless05]
const ofEnds = [stateless06, stateless07, stateless08, stateless09]
const ofWork = [stateless10, stateless11, stateless12, stateless13, stateless14]
const ofPlatforms = [stateless15, stateless16, stateless17, stateless18]

/** The requirements of this area, by number. */
export const stateless: readonly Requirement[] = [...ofEvents, ...ofEnds, ...ofWork, ...ofPlatforms]
