/** The catalogue: every requirement of the contract that the kit can judge, by area and number. */
import type { Requirement } from '../requirement.ts'
import { life15 } from './lifecycle/ordering.ts'
import { pub02 } from './publishing/exclusion.ts'

/** The version of the contract these requirements are. */
export const contractVersion = '1.0'

export const requirements: readonly Requirement[] = [life15, pub02]

const byId = new Map(requirements.map((each) => [each.id, each]))

/** The requirement of this id, or undefined. */
export function requirementById(id: string): Requirement | undefined {
  return byId.get(id)
}
