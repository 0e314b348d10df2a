import type { Requirement } from '../../requirement.ts'
import { stateless14 } from './answers.ts'
import { stateless16 } from './costs.ts'
import { stateless10 } from './deferred.ts'
import { stateless13 } from './effects.ts'
import { stateless18 } from './endpoints.ts'
import { stateless12 } from './leftovers.ts'
import { stateless15 } from './oversize.ts'
import { stateless17 } from './overtaken.ts'
import { stateless11 } from './store-faults.ts'

/** The requirements of this area, by number. */
export const stateless: readonly Requirement[] = [
  stateless10,
  stateless11,
  stateless12,
  stateless13,
  stateless14,
  stateless15,
  stateless16,
  stateless17,
  stateless18,
]
