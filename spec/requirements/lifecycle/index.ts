import type { Requirement } from '../../requirement.ts'
import { life15 } from './ordering.ts'

/** The requirements of this area, by number. */
export const lifecycle: readonly Requirement[] = [life15]
