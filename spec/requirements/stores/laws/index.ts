/**
 * All laws of stores over one run, worked out once. Where a program uses a name that needs care (STORE-09), what
 * tells of names is put down to that, and nothing else is judged: programs with plain names show the other defects.
 */
import type { Judgment } from '../../../requirement.ts'
import type { Run } from '../../../run/run.ts'
import { type Stores, storesOf } from '../../../run/stores.ts'
import { channels } from './channels.ts'
import type { Decision, Law } from './decision.ts'
import { expiry } from './expiry.ts'
import { leftovers } from './leftovers.ts'
import { listings } from './listings.ts'
import { rejections } from './rejections.ts'
import { removals } from './removals.ts'
import { sessions } from './sessions.ts'
import { subscriptions } from './subscriptions.ts'

const laws: readonly Law[] = [channels, sessions, removals, subscriptions, listings, leftovers, expiry, rejections]

/** Names that no store's key syntax could mistake for anything else. */
const plain = /^[a-z0-9]{1,16}$/

const known = new WeakMap<Run, ReadonlyMap<string, Judgment[]>>()

/** What the laws say of this run for one requirement. */
export function judgmentsFor(requirement: string, run: Run): readonly Judgment[] {
  let all = known.get(run)
  if (all === undefined) {
    all = byRequirement(storesOf(run))
    known.set(run, all)
  }
  return all.get(requirement) ?? []
}

function byRequirement(stores: Stores): ReadonlyMap<string, Judgment[]> {
  const found = new Map<string, Judgment[]>()
  if (stores.ops.length === 0) return found
  const ids = !stores.ids.every((id) => plain.test(id))
  const topics = !stores.topics.every((topic) => plain.test(topic))
  for (const law of laws) {
    for (const decision of law(stores)) {
      const told = ids || topics ? opaque(decision, ids, topics) : decision
      if (told === undefined) continue
      const { requirement, judgment } = told
      const list = found.get(requirement)
      if (list === undefined) found.set(requirement, [judgment])
      else list.push(judgment)
    }
  }
  return found
}

/** What shows that a name was taken for another, or for none: STORE-09. */
const telling: Readonly<Record<string, readonly string[]>> = {
  'STORE-01': ['added', 'found', 'unknown', 'channel name'],
  'STORE-03': ['per channel'],
  'STORE-04': ['one', 'gone'],
  'STORE-06': ['accepted'],
  'STORE-07': ['takes away'],
  'STORE-08': ['each', 'nobody else'],
}

/** A decision of any law as one of STORE-09; what tells of no name is left to programs with plain ones. */
function opaque({ of, requirement, judgment }: Decision, ids: boolean, topics: boolean): Decision | undefined {
  if (telling[requirement]?.includes(judgment.clause) !== true || (of === 'channels' && !ids)) return undefined
  return { of, requirement: 'STORE-09', judgment: { ...judgment, clause: of === 'topics' && topics ? 'topics' : 'ids' } }
}
