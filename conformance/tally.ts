/** Adds up what the programs of a run decided, into the result of one system. */
import type { Capability } from '../spec/capabilities.ts'
import type { Observation, Requirement } from '../spec/requirement.ts'
import type { ClauseCount, ReportedViolation, RequirementResult, Verdict } from '../spec/result.ts'
import { floors } from './health.ts'
import { type Judged, standing } from './judge.ts'

/** Counts per requirement and clause over the different programs of a run. */
export class Tally {
  programs = 0
  steps = 0
  readonly #counts = new Map<string, Map<string, ClauseCount>>()
  readonly #programsOf = new Map<string, number>()
  readonly #violated = new Map<string, ReportedViolation[]>()
  readonly #seen = new Set<string>()
  readonly #heavy: ReadonlySet<string>

  /** @param requirements those that are judged */
  constructor(requirements: readonly Requirement[] = []) {
    const heavy = requirements.flatMap(({ id, clauses }) =>
      Object.entries(clauses).flatMap(([clause, each]) => (each.heavy === true ? [`${id} ${clause}`] : [])),
    )
    this.#heavy = new Set(heavy)
  }

  /** Adds one program's judgments; a program seen before counts as run, not as a different one. */
  add(judged: Judged, program: string, steps: number): void {
    this.programs++
    this.steps += steps
    const different = !this.#seen.has(program)
    this.#seen.add(program)
    for (const [id, clauses] of judged.decisions) {
      const byClause = this.#counts.get(id) ?? new Map<string, ClauseCount>()
      this.#counts.set(id, byClause)
      let any = false
      for (const [clause, { decided, undecided }] of clauses) {
        const count = byClause.get(clause) ?? { exercised: 0, programs: 0, undecided: 0 }
        byClause.set(clause, count)
        count.exercised += decided
        count.undecided += undecided
        if (decided > 0 && different) count.programs++
        any ||= decided > 0
      }
      if (any && different) this.#programsOf.set(id, (this.#programsOf.get(id) ?? 0) + 1)
    }
  }

  /** Clauses that fewer programs than `enough` have decided (heavy ones: than their floor), with how many they lack. */
  lacking(enough: number): { name: string; programs: number }[] {
    return [...this.#counts].flatMap(([id, clauses]) =>
      [...clauses].flatMap(([clause, { programs }]) => {
        const name = `${id} ${clause}`
        const least = this.least(name, enough)
        return programs < least ? [{ name, programs: least - programs }] : []
      }),
    )
  }

  /** How many programs are enough for a clause: a heavy one needs fewer in the measure of its floor. */
  least(clause: string, enough: number): number {
    return this.#heavy.has(clause) ? Math.ceil((enough * floors.heavy) / floors.clause) : enough
  }

  /** Notes a violation as it will be reported; one of each signature is. */
  violate(id: string, violation: ReportedViolation): void {
    const noted = this.#violated.get(id) ?? []
    if (!noted.some(({ signature }) => signature === violation.signature)) this.#violated.set(id, [...noted, violation])
  }

  /** Ids with at least one violation. */
  get violated(): ReadonlySet<string> {
    return new Set(this.#violated.keys())
  }

  /**
   * The outcome of every requirement: each gets one of the five verdicts, none is left out.
   * @param unseen why clauses cannot be observed there, by `id clause`, if no program has decided them all the same
   */
  results(
    requirements: readonly Requirement[],
    capabilities: ReadonlySet<Capability>,
    observes: ReadonlySet<Observation>,
    unseen: ReadonlyMap<string, string> = new Map(),
  ): RequirementResult[] {
    return requirements.map((requirement) => {
      const clauses: Record<string, ClauseCount> = {}
      const reasons: Record<string, string> = {}
      const standings = Object.entries(requirement.clauses).map(([name, clause]) => {
        const count = this.#counts.get(requirement.id)?.get(name) ?? { exercised: 0, programs: 0, undecided: 0 }
        let stands = standing(requirement, clause, capabilities, observes)
        const why = count.exercised === 0 && stands !== 'not-applicable' ? unseen.get(`${requirement.id} ${name}`) : undefined
        if (why !== undefined) {
          stands = 'not-observable'
          reasons[name] = why
        }
        if (stands === 'binding') clauses[name] = clause.heavy === true ? { ...count, heavy: true } : count
        return stands
      })
      const violations = this.#violated.get(requirement.id) ?? []
      return {
        id: requirement.id,
        level: requirement.level,
        verdict: verdictOf(violations.length > 0, standings, Object.values(clauses)),
        exercised: Object.values(clauses).reduce((sum, clause) => sum + clause.exercised, 0),
        programs: this.#programsOf.get(requirement.id) ?? 0,
        clauses,
        ...(Object.keys(reasons).length === 0 ? {} : { unseen: reasons }),
        violations,
      }
    })
  }
}

/** `passed` needs every binding clause exercised. */
function verdictOf(violated: boolean, standings: readonly string[], counts: readonly ClauseCount[]): Verdict {
  if (violated) return 'failed'
  if (counts.length === 0) return standings.includes('not-observable') ? 'not-observable' : 'not-applicable'
  return counts.every((count) => count.exercised > 0) ? 'passed' : 'not-exercised'
}
