import type { Family } from '../family.ts'
import { lifecycleApart } from './apart.ts'
import { lifecycleArriving } from './arriving.ts'
import { lifecycleBacklog } from './backlog.ts'
import { lifecycleClosing } from './closing.ts'
import { lifecycleConnecting } from './connecting.ts'
import { lifecycleGone } from './gone.ts'
import { lifecycleHandshakes } from './handshakes.ts'
import { lifecycleIsolation } from './isolation.ts'
import { lifecycleLater } from './later.ts'
import { lifecycleOrdering } from './ordering.ts'
import { lifecycleOutlasting } from './outlasting.ts'
import { lifecycleServices, lifecycleSessionValues } from './services.ts'
import { lifecycleStop } from './stop.ts'
import { lifecycleUnawaited } from './unawaited.ts'

const starting = [
  lifecycleHandshakes,
  lifecycleConnecting,
  lifecycleArriving,
  lifecycleApart,
  lifecycleServices,
  lifecycleSessionValues,
]
const ending = [
  lifecycleClosing,
  lifecycleIsolation,
  lifecycleStop,
  lifecycleGone,
  lifecycleOutlasting,
  lifecycleLater,
  lifecycleBacklog,
]

/** The families of this area. */
export const lifecycleFamilies: readonly Family[] = [lifecycleOrdering, lifecycleUnawaited, ...starting, ...ending]
