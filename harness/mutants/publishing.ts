import type { Mutant } from './mutant.ts'
import { deliveryMutants } from './publishing/delivery.ts'
import { publisherMutants } from './publishing/publishers.ts'

/** Defects of this area. */
export const publishingMutants: readonly Mutant[] = [...deliveryMutants, ...publisherMutants]
