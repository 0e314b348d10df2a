/** Puts together what several runs on one system found: shares of one run, or its live and its simulated part. */
import type { ClauseCount, RequirementResult, SystemResult, Verdict } from '../spec/result.ts'

/** The worst that was found stands first; what one run decided need not have been decided by the other. */
const order: readonly Verdict[] = ['failed', 'passed', 'not-exercised', 'not-observable', 'not-applicable']

/** Both as one; name, capabilities and engine are the first's. A program run in both counts twice. */
export function mergeResults(a: SystemResult, b: SystemResult): SystemResult {
  const couldNotJudge = a.couldNotJudge ?? b.couldNotJudge
  return {
    ...a,
    ...(couldNotJudge === undefined ? {} : { couldNotJudge }),
    programs: a.programs + b.programs,
    steps: a.steps + b.steps,
    timeouts: a.timeouts + b.timeouts,
    requirements: a.requirements.map((each) => {
      const other = b.requirements.find(({ id }) => id === each.id)
      return other === undefined ? each : mergeRequirements(each, other)
    }),
  }
}

function mergeRequirements(a: RequirementResult, b: RequirementResult): RequirementResult {
  const clauses: Record<string, ClauseCount> = { ...a.clauses }
  for (const [name, count] of Object.entries(b.clauses)) clauses[name] = sum(clauses[name], count)
  const exercised = Object.values(clauses).reduce((all, clause) => all + clause.exercised, 0)
  // The clauses that bind are the same in both: what each left open the other may have decided.
  const decided = Object.values(clauses).length > 0 && Object.values(clauses).every((clause) => clause.exercised > 0)
  const worst = order.find((verdict) => verdict === a.verdict || verdict === b.verdict) ?? a.verdict
  return {
    ...a,
    verdict:
      worst === 'failed' || !(worst === 'passed' || worst === 'not-exercised') ? worst : decided ? 'passed' : 'not-exercised',
    exercised,
    programs: a.programs + b.programs,
    clauses,
    // One of each signature, as in the result of one run.
    violations: [
      ...a.violations,
      ...b.violations.filter((each) => a.violations.every(({ signature }) => signature !== each.signature)),
    ],
  }
}

function sum(a: ClauseCount | undefined, b: ClauseCount): ClauseCount {
  if (a === undefined) return b
  return {
    ...a,
    exercised: a.exercised + b.exercised,
    programs: a.programs + b.programs,
    undecided: a.undecided + b.undecided,
  }
}
