import type { Requirement } from '../../requirement.ts'
import { valid03 } from './asynchronous.ts'
import { valid07 } from './hostile.ts'
import { valid02, valid04, valid05 } from './outputs.ts'
import { valid01, valid06 } from './refusals.ts'

/** The requirements of this area, by number. */
export const validation: readonly Requirement[] = [valid01, valid02, valid03, valid04, valid05, valid06, valid07]
