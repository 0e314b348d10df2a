/** Why a clause does not bind a system or cannot be seen on it, as far as a result tells. */
import type { Clause, Requirement } from '../../spec/requirement.ts'
import type { SystemResult } from '../../spec/result.ts'

/** Why a clause has no count. */
export interface Absence {
  verdict: 'not-applicable' | 'not-observable'
  reason: string
}

/** The reason why `clause` was not judged on `system`; only for clauses without a count. */
export function absenceOf(requirement: Requirement, clause: Clause, system: SystemResult): Absence {
  const has = new Set<string>(system.capabilities)
  const missing = [...(requirement.capabilities ?? []), ...(clause.capabilities ?? [])].filter((name) => !has.has(name))
  if (missing.length > 0) return { verdict: 'not-applicable', reason: `binds only with ${list(missing)}, which is not declared` }
  const declared = (clause.unless ?? []).filter((name) => has.has(name))
  if (declared.length > 0) return { verdict: 'not-applicable', reason: `binds only without ${list(declared)}, which is declared` }
  if ((clause.needs ?? []).length > 0)
    return {
      verdict: 'not-observable',
      reason: `to be seen it needs ${list(clause.needs ?? [])}, which this system does not offer`,
    }
  return { verdict: 'not-applicable', reason: 'it was not counted in this run' }
}

const list = (names: readonly string[]): string => [...new Set(names)].join(' and ')
