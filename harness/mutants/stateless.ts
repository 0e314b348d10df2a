import type { Mutant } from './mutant.ts'
import { endMutants } from './stateless/ends.ts'
import { eventMutants } from './stateless/events.ts'
import { outputMutants } from './stateless/output.ts'
import { overlapMutants } from './stateless/overlaps.ts'
import { platformMutants } from './stateless/platforms.ts'
import { publisherMutants } from './stateless/publishers.ts'
import { scheduledMutants } from './stateless/scheduled.ts'
import { workMutants } from './stateless/work.ts'

/** Defects of this area. */
export const statelessMutants: readonly Mutant[] = [
  ...eventMutants,
  ...overlapMutants,
  ...endMutants,
  ...outputMutants,
  ...publisherMutants,
  ...workMutants,
  ...platformMutants,
  ...scheduledMutants,
]
