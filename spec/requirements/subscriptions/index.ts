import type { Requirement } from '../../requirement.ts'
import { sub08, sub09, sub12 } from './after-close.ts'
import { sub06, sub07 } from './closing.ts'
import { sub11 } from './custom.ts'
import { sub10 } from './foreign.ts'
import { sub01, sub02, sub03, sub04 } from './subscribing.ts'
import { sub05 } from './topics.ts'

/** The requirements of this area, by number. */
export const subscriptions: readonly Requirement[] = [
  sub01,
  sub02,
  sub03,
  sub04,
  sub05,
  sub06,
  sub07,
  sub08,
  sub09,
  sub10,
  sub11,
  sub12,
]
