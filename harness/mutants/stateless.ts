import type { Mutant } from './mutant.ts'
import { endMutants } from './stateless/ends.ts'
import { eventMutants } from './stateless/events.ts'

/** Defects of this area. */
export const statelessMutants: readonly Mutant[] = [...eventMutants, ...endMutants]
