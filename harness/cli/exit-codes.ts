/** The exit codes of every command. */
import { verdictCounts } from '../../reports/text/summary.ts'
import type { SystemResult } from '../../spec/result.ts'

/** `undecided`: nothing failed, but not everything could be judged; bad usage too. */
export const exitCodes = { passed: 0, failed: 1, undecided: 2 } as const

/** 1 if any MUST failed; else 2 if a MUST was not exercised or a system could not be judged; else 0. */
export function exitCodeOf(systems: readonly SystemResult[]): number {
  const must = systems.map((system) => verdictCounts(system, 'must'))
  if (must.some((counts) => counts.failed > 0)) return exitCodes.failed
  const undecided =
    must.some((counts) => counts['not-exercised'] > 0) || systems.some((system) => system.couldNotJudge !== undefined)
  return undecided ? exitCodes.undecided : exitCodes.passed
}
