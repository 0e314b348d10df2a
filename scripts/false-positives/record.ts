/** The record of a campaign: one line to a slice, and what is still to be run. */

/** Some programs over one system. */
export interface Slice {
  date: string
  /** Of the sources the slice was run with. */
  sources: string
  contract: string
  node: string
  system: string
  engine?: string
  seed: number
  /** Processes that kept cores busy meanwhile. */
  busy: number
  programs: number
  timeouts: number
  violations: { requirement: string; clause: string; observed: string }[]
  /** Clauses that bind the system and that no program of the slice decided. */
  unexercised: string[]
  couldNotJudge?: string
}

/** Of a hundred programs so many are each system's. */
export const shares: Readonly<Record<string, number>> = { ws: 40, uws: 40, 'memory-serverless': 15, 'dynamodb-serverless': 5 }

/** What is to be run next, of `programs` over all systems; undefined where the record has them all. Each slice has a seed of its own. */
export function nextSlice(
  record: readonly Slice[],
  sources: string,
  { programs, slice }: { programs: number; slice: number },
): { system: string; programs: number; seed: number } | undefined {
  const found = totals(record, sources)
  for (const [system, share] of Object.entries(shares)) {
    const left = Math.ceil((programs * share) / 100) - (found.get(system)?.programs ?? 0)
    if (left > 0) return { system, programs: Math.min(left, slice), seed: 1 + record.length }
  }
  return undefined
}

/** What a system's slices came to. */
export interface Total {
  programs: number
  violations: number
  timeouts: number
  /** Slices that were not judged to the end. */
  broken: number
  /** Clauses that no slice decided. */
  unexercised: string[]
}

/** The sums over the slices that were run with these sources, by system. */
export function totals(record: readonly Slice[], sources: string): Map<string, Total> {
  const found = new Map<string, Total>()
  for (const slice of record.filter((each) => each.sources === sources)) {
    const sum = found.get(slice.system)
    found.set(slice.system, {
      programs: (sum?.programs ?? 0) + slice.programs,
      violations: (sum?.violations ?? 0) + slice.violations.length,
      timeouts: (sum?.timeouts ?? 0) + slice.timeouts,
      broken: (sum?.broken ?? 0) + (slice.couldNotJudge === undefined ? 0 : 1),
      unexercised: sum?.unexercised.filter((clause) => slice.unexercised.includes(clause)) ?? slice.unexercised,
    })
  }
  return found
}
