/** The exit codes of every command. */
import { verdictCounts } from '../../reports/text/summary.ts'
import type { RequirementResult, SystemResult } from '../../spec/result.ts'

/** `undecided`: nothing failed, but not everything could be judged; bad usage too. */
export const exitCodes = { passed: 0, failed: 1, undecided: 2 } as const

/** 1 if any MUST failed that is not in the baseline, or an entry of that is wrong; else 2 if a MUST was not exercised or a system could not be judged; else 0. */
export function exitCodeOf(systems: readonly SystemResult[]): number {
  const must = systems.map((system) => verdictCounts(system, 'must'))
  const fails = ({ verdict, level, baseline, baselineErrors }: RequirementResult): boolean =>
    baselineErrors !== undefined || (verdict === 'failed' && level === 'must' && baseline === undefined)
  if (systems.some(({ requirements }) => requirements.some(fails))) return exitCodes.failed
  const undecided =
    must.some((counts) => counts['not-exercised'] > 0) || systems.some((system) => system.couldNotJudge !== undefined)
  return undecided ? exitCodes.undecided : exitCodes.passed
}
