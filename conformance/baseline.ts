/** Holds a result against a baseline: what is known, what is stale, what has expired. */
import { expiredEntry, staleEntry } from '../reports/text/baseline.ts'
import type { Baseline, BaselineEntry } from '../spec/baseline.ts'
import type { RequirementResult, SystemResult } from '../spec/result.ts'
import { clauseOf } from './baseline-file.ts'

/** How a result is held against a baseline. */
export interface Held {
  /**
   * All that was to be run has been: not a share of it, nor only what came before the first failure. Nothing is called
   * stale otherwise, since the program that shows it may be among the others.
   */
  whole: boolean
  /** The day it is, YYYY-MM-DD; today where absent. */
  today?: string
}

/** The day it is, in the time of Greenwich: the same for everybody who shares a baseline. */
const dayNow = (): string => new Date().toISOString().slice(0, 10)

const hasExpired = (entry: BaselineEntry, today: string): boolean => entry.expires < today

/** The signatures that are excused for a system today. */
export function knownSignatures({ entries }: Baseline, system: string, today = dayNow()): string[] {
  return entries.filter((entry) => entry.system === system && !hasExpired(entry, today)).map(({ signature }) => signature)
}

/**
 * The result with `baseline` on each requirement that fails only as the baseline says, and `baselineErrors` where
 * entries are stale or have expired. Entries of other systems and of requirements that were not run are left alone.
 */
export function heldAgainst(result: SystemResult, baseline: Baseline, { whole, today = dayNow() }: Held): SystemResult {
  const own = baseline.entries.filter(({ system }) => system === result.name)
  const judged = whole && result.couldNotJudge === undefined
  return {
    ...result,
    requirements: result.requirements.map((each) => {
      const entries = own.filter(({ requirement }) => requirement === each.id)
      const known = excuse(
        each,
        entries.filter((entry) => !hasExpired(entry, today)),
      )
      const errors = entries.flatMap((entry) => {
        if (judged && isStale(each, entry)) return [staleEntry(entry)]
        return hasExpired(entry, today) ? [expiredEntry(entry)] : []
      })
      return {
        ...each,
        ...(known === undefined ? {} : { baseline: known }),
        ...(errors.length === 0 ? {} : { baselineErrors: errors }),
      }
    }),
  }
}

/** Why and until when a failed requirement is excused: all reasons, the first date. Undefined where something is new. */
function excuse({ verdict, violations }: RequirementResult, entries: readonly BaselineEntry[]): RequirementResult['baseline'] {
  if (verdict !== 'failed') return undefined
  const used = violations.map(({ signature }) => entries.find((entry) => entry.signature === signature))
  if (used.includes(undefined)) return undefined
  const all = used.filter((entry) => entry !== undefined)
  const expires = all.map((entry) => entry.expires).sort()[0]
  return expires === undefined ? undefined : { reason: [...new Set(all.map(({ reason }) => reason))].join('; '), expires }
}

/** Its clause was put to the test, and it did not fail in this way. */
function isStale({ clauses, violations }: RequirementResult, { requirement, signature }: BaselineEntry): boolean {
  const clause = clauseOf(requirement, signature)
  const exercised = (clause === undefined ? undefined : clauses[clause]?.exercised) ?? 0
  return exercised > 0 && !violations.some((each) => each.signature === signature)
}

/** Why and until when failures are taken into a baseline. */
export type Reason = Pick<BaselineEntry, 'reason' | 'expires'>

/**
 * The baseline in which all that fails in `result` is known. Entries that still hold keep their reason and date, those
 * that are stale are left out, and those that have expired begin anew with `why`.
 */
export function takenIn(result: SystemResult, baseline: Baseline, why: Reason, { whole, today = dayNow() }: Held): Baseline {
  const stale = (entry: BaselineEntry): boolean => {
    const own = result.requirements.find(({ id }) => entry.system === result.name && id === entry.requirement)
    return own !== undefined && whole && result.couldNotJudge === undefined && isStale(own, entry)
  }
  const kept = baseline.entries.filter((entry) => !stale(entry))
  const failing = new Set(result.requirements.flatMap(({ violations }) => violations.map(({ signature }) => signature)))
  const renewed = kept.map((entry) =>
    entry.system === result.name && failing.has(entry.signature) && hasExpired(entry, today) ? { ...entry, ...why } : entry,
  )
  const has = new Set(kept.filter(({ system }) => system === result.name).map(({ signature }) => signature))
  const added = result.requirements.flatMap(({ id, violations }) =>
    [...new Set(violations.map(({ signature }) => signature))]
      .filter((signature) => !has.has(signature))
      .map((signature) => ({ system: result.name, requirement: id, signature, ...why })),
  )
  return { schemaVersion: 1, entries: [...renewed, ...added] }
}
