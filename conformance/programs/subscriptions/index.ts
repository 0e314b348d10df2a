import type { Family } from '../family.ts'
import { subscriptionBacklog } from './backlog.ts'
import { subscriptionClosing, subscriptionReturning } from './closing.ts'
import { subscriptionCustom } from './custom.ts'
import { subscribing } from './subscriptions.ts'
import { subscriptionTopics } from './topics.ts'

/** The families of this area. */
export const subscriptionsFamilies: readonly Family[] = [
  subscribing,
  subscriptionTopics,
  subscriptionClosing,
  subscriptionReturning,
  subscriptionCustom,
  subscriptionBacklog,
]
