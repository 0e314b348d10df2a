/** The outcome of a run in sentences. */
import type { ConformanceResult, RequirementResult, SystemResult, Verdict } from '../../spec/result.ts'
import { asInBaseline } from './baseline.ts'

const order: readonly Verdict[] = ['passed', 'failed', 'not-exercised', 'not-observable', 'not-applicable']

/** How many requirements of each verdict, by level. */
export function verdictCounts(system: SystemResult, level?: 'must' | 'should'): Record<Verdict, number> {
  const counts = { passed: 0, failed: 0, 'not-exercised': 0, 'not-applicable': 0, 'not-observable': 0 }
  for (const each of system.requirements) if (level === undefined || each.level === level) counts[each.verdict]++
  return counts
}

/** One line for a system, with what it ran on. */
export function systemLine(system: SystemResult): string {
  const name = system.engine === undefined ? system.name : `${system.name} on ${system.engine}`
  if (system.skipped !== undefined) return `${system.name}: skipped: ${system.skipped}`
  if (system.couldNotJudge !== undefined && system.requirements.length === 0)
    return `${name}: could not be judged: ${system.couldNotJudge}`
  const counts = verdictCounts(system)
  const parts = order.filter((verdict) => counts[verdict] > 0).map((verdict) => `${counts[verdict]} ${verdict}`)
  const broken = system.couldNotJudge === undefined ? '' : `; could not be judged to the end: ${system.couldNotJudge}`
  const simulated =
    system.simulated === undefined
      ? ''
      : `; ${system.simulated.programs} simulated programs, races hit by: ${hits(system.simulated.races)}`
  return `${name}: ${parts.join(', ')} of ${system.requirements.length} requirements; ${system.programs} programs, ${system.steps} steps, ${system.timeouts} time-outs${simulated}${broken}`
}

const hits = (races: Readonly<Record<string, number>>): string =>
  Object.entries(races)
    .map(([race, programs]) => `${race} ${programs}`)
    .join(', ')

/** One line for a run of the simulated tier alone. */
export function simulatedLine(
  system: SystemResult,
  races: Readonly<Record<string, number>>,
  seconds: number,
  seed: number,
): string {
  const failed = verdictCounts(system).failed
  const broken = system.couldNotJudge === undefined ? '' : `; could not be judged to the end: ${system.couldNotJudge}`
  return `${system.name}, simulated: ${system.programs} programs in ${seconds.toFixed(1)} s, ${failed} requirements violated; programs that hit a race: ${hits(races)}; seed ${seed}${broken}`
}

/** The requirements that decide against a system, a line each; all of them, or only those that failed. */
export function trouble(system: SystemResult, which: 'all' | 'failed' = 'all'): string[] {
  return system.requirements.flatMap((each) => {
    const errors = (each.baselineErrors ?? []).map((error) => `  ${each.id}: ${error}`)
    const should = each.level === 'should' ? ' (should)' : ''
    if (each.baseline !== undefined) return [`  ${each.id}${should} ${asInBaseline(each.baseline)}`, ...errors]
    if (each.verdict === 'failed') return [`  ${each.id} failed${should}`, ...errors]
    if (errors.length > 0) return errors
    if (each.verdict !== 'not-exercised' || which === 'failed') return []
    return [`  ${each.id} not exercised: ${unexercised(each).join(', ')}`]
  })
}

/** The clauses of a requirement that no program decided. */
export function unexercised({ clauses }: RequirementResult): string[] {
  return Object.entries(clauses).flatMap(([name, clause]) => (clause.exercised === 0 ? [name] : []))
}

/** Why requirements could not be observed, where that is known: a line for each reason. */
export function unseenLines(system: SystemResult): string[] {
  const byReason = new Map<string, string[]>()
  for (const { id, verdict, unseen } of system.requirements) {
    if (verdict !== 'not-observable') continue
    for (const reason of new Set(Object.values(unseen ?? {}))) byReason.set(reason, [...(byReason.get(reason) ?? []), id])
  }
  return [...byReason].map(([reason, ids]) => `  not observable, since ${reason}: ${ids.join(', ')}`)
}

/** The last line: what the exit code rests on, with what never changes it counted. */
export function lastLine(result: ConformanceResult): string {
  const judged = result.systems.filter((system) => system.skipped === undefined)
  const sum = (of: (system: SystemResult) => number): number => judged.reduce((total, system) => total + of(system), 0)
  const must = (verdict: Verdict) => sum((system) => verdictCounts(system, 'must')[verdict])
  const should = sum((system) => verdictCounts(system, 'should').failed)
  const unseen = sum((system) => verdictCounts(system)['not-observable'])
  const skipped = result.systems.length - judged.length
  const excused = sum(({ requirements }) => requirements.filter((each) => each.level === 'must' && each.baseline).length)
  const wrong = sum(({ requirements }) => requirements.reduce((count, each) => count + (each.baselineErrors?.length ?? 0), 0))
  const known = excused === 0 ? '' : ` (${excused} as in the baseline)`
  const entries = wrong === 0 ? '' : `, entries of the baseline stale or expired: ${wrong}`
  return `MUST: ${must('passed')} passed, ${must('failed')} failed${known}, ${must('not-exercised')} not exercised${entries}; ${should} SHOULD failed, ${unseen} not observable, ${skipped} systems skipped, ${result.timeoutsHit} time-outs; seed ${result.seed}`
}
