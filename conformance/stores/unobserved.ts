/** Which clauses nothing can be observed of on stores that offer less than they could, and why. */
import type { Observation, Requirement, StoreObservation } from '../../spec/requirement.ts'
import { standing } from '../judge.ts'

/** What is missing, by what it would let the suite see. */
const missing: Readonly<Record<StoreObservation, string>> = {
  stores: 'no program was run on the stores',
  'store pages': 'the StoreSystem does not say `pages: true`, so no listing is known to have several pages',
  'store residue': '`open` gives no `residue`, so what is kept of closed channels cannot be seen',
  'live reads': '`open` gives no `liveReads`, so what a sweep reads cannot be seen',
}

/**
 * The clauses of `requirement` that are not observable.
 * @param observes what the stores let be seen
 * @returns the reason by the clause's name; empty where all can be observed
 */
export function unobserved(requirement: Requirement, observes: ReadonlySet<Observation>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(requirement.clauses).flatMap(([name, clause]) => {
      if (standing(requirement, clause, new Set(['store']), observes) !== 'not-observable') return []
      const lacks = (clause.needs ?? []).filter((need) => !observes.has(need)) as StoreObservation[]
      return [[name, lacks.map((need) => missing[need]).join('; ')]]
    }),
  )
}
