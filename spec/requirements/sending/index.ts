import type { Requirement } from '../../requirement.ts'

/** The requirements of this area, by number. */
export const sending: readonly Requirement[] = []
