import type { Requirement } from '../../requirement.ts'
import { pub02 } from './exclusion.ts'

/** The requirements of this area, by number. */
export const publishing: readonly Requirement[] = [pub02]
