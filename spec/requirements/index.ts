/** The catalogue: every requirement of the contract that the kit can judge, by area and number. */
import type { Requirement } from '../requirement.ts'
import { authentication } from './authentication/index.ts'
import { lifecycle } from './lifecycle/index.ts'
import { publishing } from './publishing/index.ts'
import { routing } from './routing/index.ts'
import { sending } from './sending/index.ts'
import { stateless } from './stateless/index.ts'
import { stores } from './stores/index.ts'
import { subscriptions } from './subscriptions/index.ts'
import { validation } from './validation/index.ts'

/** The version of the contract these requirements are. */
export const contractVersion = '1.0'

export const requirements: readonly Requirement[] = [
  ...lifecycle,
  ...routing,
  ...authentication,
  ...validation,
  ...sending,
  ...subscriptions,
  ...publishing,
  ...stateless,
  ...stores,
]

const byId = new Map(requirements.map((each) => [each.id, each]))

/** The requirement of this id, or undefined. */
export function requirementById(id: string): Requirement | undefined {
  return byId.get(id)
}
