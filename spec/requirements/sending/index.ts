import type { Requirement } from '../../requirement.ts'
import { send09 } from './closed.ts'
import { send04, send05, send12 } from './encoding.ts'
import { send10, send14 } from './errors.ts'
import { send15 } from './log.ts'
import { send07 } from './ordering.ts'
import { send13 } from './output.ts'
import { send01, send02, send03 } from './replies.ts'
import { send08 } from './settling.ts'
import { send06 } from './snapshots.ts'
import { send11 } from './unsendable.ts'

/** The requirements of this area, by number. */
export const sending: readonly Requirement[] = [
  send01,
  send02,
  send03,
  send04,
  send05,
  send06,
  send07,
  send08,
  send09,
  send10,
  send11,
  send12,
  send13,
  send14,
  send15,
]
