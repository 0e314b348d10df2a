/** Every family of programs, in the order they are run. */
import type { Family } from './family.ts'
import { lifecycleOrdering } from './lifecycle.ts'
import { publishing } from './publishing.ts'

export const families: readonly Family[] = [publishing, lifecycleOrdering]
