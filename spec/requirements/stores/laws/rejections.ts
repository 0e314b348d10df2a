/** Nothing but a fault of the store itself makes an operation reject, and the suite causes none. */
import type { Stores } from '../../../run/stores.ts'
import { came, type Decision, decided, say } from './decision.ts'

/** The clause an operation's plainest promise is; unsubscribes have theirs of their own. */
const plainest: Readonly<Record<string, [of: Decision['of'], requirement: string, clause: string]>> = {
  add: ['channels', 'STORE-01', 'added'],
  find: ['channels', 'STORE-01', 'found'],
  'set session': ['channels', 'STORE-03', 'accepted'],
  remove: ['channels', 'STORE-04', 'one'],
  subscribe: ['topics', 'STORE-06', 'accepted'],
  subscribers: ['topics', 'STORE-08', 'each'],
  expired: ['channels', 'STORE-10', 'swept'],
}

/** Every operation that rejected. */
export function* rejections(stores: Stores): Generator<Decision> {
  for (const op of stores.ops) {
    const clause = plainest[op.name]
    if (op.end?.outcome !== 'rejected' || clause === undefined) continue
    yield decided(...clause, false, { ops: [op], expected: `${say(op)} resolves`, observed: came(op) })
  }
}
