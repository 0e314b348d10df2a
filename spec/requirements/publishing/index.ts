import type { Requirement } from '../../requirement.ts'
import { pub05 } from './copies.ts'
import { pub12 } from './crowd.ts'
import { pub01, pub04, pub13 } from './delivery.ts'
import { pub02, pub03 } from './exclusion.ts'
import { pub10 } from './failing-receivers.ts'
import { pub06, pub07 } from './order.ts'
import { pub08 } from './payloads.ts'
import { pub14 } from './processes.ts'
import { pub09, pub11 } from './publishers.ts'

/** The requirements of this area, by number. */
export const publishing: readonly Requirement[] = [
  pub01,
  pub02,
  pub03,
  pub04,
  pub05,
  pub06,
  pub07,
  pub08,
  pub09,
  pub10,
  pub11,
  pub12,
  pub13,
  pub14,
]
