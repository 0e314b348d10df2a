import type { Family } from '../family.ts'
import { sendingClosed } from './closed.ts'
import { sendingStrings, sendingUnsendable, sendingValues } from './encoding.ts'
import { sendingErrors, sendingLog } from './errors.ts'
import { sendingOrder, sendingSettling } from './ordering.ts'
import { sendingGreetings, sendingOutput } from './output.ts'
import { sendingSnapshots } from './snapshots.ts'
import { sendingStateless } from './stateless.ts'

/** The families of this area. */
export const sendingFamilies: readonly Family[] = [
  sendingValues,
  sendingStrings,
  sendingUnsendable,
  sendingSnapshots,
  sendingOrder,
  sendingSettling,
  sendingErrors,
  sendingLog,
  sendingClosed,
  sendingOutput,
  sendingGreetings,
  sendingStateless,
]
