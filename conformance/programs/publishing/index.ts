import type { Family } from '../family.ts'
import { publishing } from './publishing.ts'

/** The families of this area. */
export const publishingFamilies: readonly Family[] = [publishing]
