/** Judges one run by every requirement that binds it. Pure. */
import type { Capability } from '../spec/capabilities.ts'
import type { Clause, Observation, Requirement, Violation } from '../spec/requirement.ts'
import { excuseOf } from '../spec/run/crashes.ts'
import type { Run } from '../spec/run/run.ts'

/** Decisions of one clause on one run. */
export interface Decisions {
  decided: number
  undecided: number
}

/** What one run decided: by requirement id and clause, and what it found. */
export interface Judged {
  decisions: Map<string, Map<string, Decisions>>
  violations: Violation[]
}

/** The clauses that a run decided, by `id clause`. */
export const decidedIn = (decisions: Judged['decisions']): string[] =>
  [...decisions].flatMap(([id, clauses]) => [...clauses].flatMap(([name, { decided }]) => (decided > 0 ? [`${id} ${name}`] : [])))

/** How a clause stands to a system before anything is run. */
export type Standing = 'binding' | 'not-applicable' | 'not-observable'

/** Whether a clause binds a system with these capabilities, behind a door that observes this much. */
export function standing(
  requirement: Requirement,
  clause: Clause,
  capabilities: ReadonlySet<Capability>,
  observes: ReadonlySet<Observation>,
): Standing {
  const needed = [...(requirement.capabilities ?? []), ...(clause.capabilities ?? [])]
  if (!needed.every((name) => capabilities.has(name))) return 'not-applicable'
  if (clause.unless?.some((name) => capabilities.has(name)) === true) return 'not-applicable'
  return (clause.needs ?? []).every((name) => observes.has(name)) ? 'binding' : 'not-observable'
}

/** The clauses that bind a system with these capabilities, as far as it can be observed: `id clause`. */
export function clausesBinding(requirements: readonly Requirement[], capabilities: ReadonlySet<Capability>): Set<string> {
  return new Set(
    requirements.flatMap((requirement) =>
      Object.entries(requirement.clauses).flatMap(([name, clause]) =>
        standing(requirement, clause, capabilities, new Set()) === 'not-applicable' ? [] : [`${requirement.id} ${name}`],
      ),
    ),
  )
}

/** Judges `run` by each of `requirements`; clauses that do not bind it are passed over. */
export function judge(run: Run, requirements: readonly Requirement[]): Judged {
  const decisions: Judged['decisions'] = new Map()
  const violations: Violation[] = []
  const excuse = excuseOf(run)
  for (const requirement of requirements) {
    if (requirement.capabilities?.every((name) => run.capabilities.has(name)) === false) continue
    const counts = new Map<string, Decisions>()
    const binding = new Map<Clause, boolean>()
    const binds = (clause: Clause): boolean => {
      let known = binding.get(clause)
      if (known === undefined) {
        known = standing(requirement, clause, run.capabilities, run.observes) === 'binding'
        binding.set(clause, known)
      }
      return known
    }
    for (const judgment of requirement.judge(run)) {
      const clause = requirement.clauses[judgment.clause]
      if (clause === undefined) throw new Error(`${requirement.id} judged a clause it does not have: ${judgment.clause}`)
      if (!binds(clause)) continue
      const count = counts.get(judgment.clause) ?? { decided: 0, undecided: 0 }
      counts.set(judgment.clause, count)
      const excused =
        judgment.verdict === 'broken' &&
        requirement.area !== 'stateless' &&
        clause.despiteCrashes !== true &&
        excuse?.(judgment.events) === true
      if (judgment.verdict === 'undecided' || excused) count.undecided++
      else count.decided++
      if (judgment.verdict === 'broken' && !excused) {
        const { expected, observed, events, ledger } = judgment
        violations.push({ requirement: requirement.id, clause: judgment.clause, expected, observed, events, ledger })
      }
    }
    if (counts.size > 0) decisions.set(requirement.id, counts)
  }
  return { decisions, violations }
}
