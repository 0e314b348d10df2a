import type { Family } from '../family.ts'
import { lifecycleApart } from './apart.ts'
import { lifecycleConnecting } from './connecting.ts'
import { lifecycleHandshakes } from './handshakes.ts'
import { lifecycleOrdering } from './ordering.ts'
import { lifecycleServices, lifecycleSessionValues } from './services.ts'

/** The families of this area. */
export const lifecycleFamilies: readonly Family[] = [
  lifecycleOrdering,
  lifecycleHandshakes,
  lifecycleConnecting,
  lifecycleApart,
  lifecycleServices,
  lifecycleSessionValues,
]
