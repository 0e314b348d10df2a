/** The campaigns that a record of slices holds: one for each state of the sources. */
import type { Campaign, CampaignSystem } from '../../reports/scoreboard/recorded.ts'
import { type Slice, totals } from '../false-positives/record.ts'
import { changedFolders } from '../false-positives/sources.ts'

/** The last first; `sources` are those that the pages were made with. */
export function campaignsOf(slices: readonly Slice[], sources: string | undefined): Campaign[] {
  const states = [...new Set(slices.toReversed().map((slice) => slice.sources))]
  return states.map((state) => ({
    sources: state,
    changed: sources === undefined ? undefined : changedFolders(state, sources),
    systems: systemsOf(slices, state),
  }))
}

function systemsOf(slices: readonly Slice[], state: string): CampaignSystem[] {
  return [...totals(slices, state)].map(([system, { programs, timeouts, unexercised }]) => {
    const own = slices.filter((slice) => slice.sources === state && slice.system === system)
    const distinct = <T>(of: (slice: Slice) => T): T[] => [...new Set(own.map(of))]
    return {
      ...{ system, programs, timeouts, unexercised },
      engines: distinct(({ engine }) => engine).filter((engine) => engine !== undefined),
      violations: own.flatMap(({ violations }) => violations),
      broken: own.flatMap(({ couldNotJudge }) => (couldNotJudge === undefined ? [] : [couldNotJudge])),
      busy: distinct(({ busy }) => busy),
      nodes: distinct(({ node }) => node),
    }
  })
}
