import type { Family } from '../family.ts'
import { lifecycleOrdering } from './ordering.ts'

/** The families of this area. */
export const lifecycleFamilies: readonly Family[] = [lifecycleOrdering]
