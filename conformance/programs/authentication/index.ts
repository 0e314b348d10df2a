import type { Family } from '../family.ts'

/** The families of this area. */
export const authenticationFamilies: readonly Family[] = []
