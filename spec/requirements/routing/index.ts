import type { Requirement } from '../../requirement.ts'
import { route01, route02 } from './actions.ts'
import { route03 } from './default.ts'
import { route07, route08, route09 } from './others.ts'
import { route10 } from './plain.ts'
import { route06 } from './precedence.ts'
import { route05 } from './prototypes.ts'
import { route11 } from './routes.ts'
import { route04 } from './unknown.ts'

/** The requirements of this area, by number. */
export const routing: readonly Requirement[] = [
  route01,
  route02,
  route03,
  route04,
  route05,
  route06,
  route07,
  route08,
  route09,
  route10,
  route11,
]
