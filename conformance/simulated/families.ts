/** What the simulated tier runs: races, crashes, and of the other families those whose programs are small. */
import type { Family } from '../programs/family.ts'
import { families } from '../programs/index.ts'
import { scheduled } from './choices.ts'
import { crashFamilies } from './programs/crashes.ts'
import { raceFamilies } from './programs/races.ts'

/** Families of live programs that gain by a schedule. */
const others = [
  ...['subscriptions', 'subscriptions/closing', 'subscriptions/returning'],
  ...['publishing', 'publishing/trouble', 'sending/order', 'sending/closed', 'sending/output', 'sending/stateless'],
  ...['lifecycle/closing', 'lifecycle/gone', 'lifecycle/connecting', 'lifecycle/later', 'authentication/sessions'],
  ...['stateless/overtaken', 'stateless/leftovers', 'stateless/crashes', 'stateless/overlap', 'stateless/gone'],
  ...['stateless/connecting', 'stateless/deferred', 'stateless/leases', 'stateless/repeats', 'stateless/expiry'],
]

/** Every family of simulated programs. */
export const simulatedFamilies: readonly Family[] = [
  ...raceFamilies,
  ...crashFamilies,
  ...families.filter(({ name }) => others.includes(name)).map(scheduled),
]
