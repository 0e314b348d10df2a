/** The report for people on a page of their CI: a table of systems, then what decides against them. */
import type { ConformanceResult, SystemResult, Verdict } from '../../spec/result.ts'
import { asInBaseline } from '../text/baseline.ts'
import { type FiledCard, failedOf } from '../text/failed.ts'
import { lastLine, unexercised, verdictCounts } from '../text/summary.ts'
import { failureLines } from './failure.ts'
import { literal } from './literal.ts'
import { table } from './table.ts'

/** More failures than these are folded away. */
const mostOpen = 3

/** The whole page. */
export function markdownSummary(result: ConformanceResult, cards: readonly FiledCard[]): string {
  const failures = result.systems.flatMap((system) =>
    failedOf(system, cards)
      .filter(({ requirement }) => requirement.baseline === undefined)
      .map((failed) => ({ system, failed })),
  )
  const open = failures.length <= mostOpen
  return page([
    ...headLines(result),
    ...section(
      'Failed',
      failures.flatMap(({ system, failed }, index) => [...(index === 0 ? [] : ['']), ...failureLines(system, failed, open)]),
    ),
    ...baselineLines(result),
    ...restLines(result),
  ])
}

/** The page without what the failed requirements' programs are: for places that take no more than so much. */
export function shortSummary(result: ConformanceResult): string {
  const failures = result.systems.flatMap((system) =>
    failedOf(system, []).map(({ requirement: { id, level } }) => `- ${literal(system.name)} ${id} (${level})`),
  )
  return page([...headLines(result), ...section('Failed', failures), ...restLines(result)])
}

const page = (lines: readonly string[]): string => `${lines.join('\n').trimEnd()}\n`

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`### ${title}`, '', ...lines, '']

const columns: readonly Verdict[] = ['passed', 'failed', 'not-exercised', 'not-observable', 'not-applicable']

function headLines(result: ConformanceResult): string[] {
  const header = ['system', 'engine', 'outcome', ...columns.map((verdict) => verdict.replace('-', ' ')), 'programs', 'time-outs']
  return [
    `## Channel conformance, contract ${result.contractVersion}`,
    '',
    lastLine(result),
    '',
    ...table(header, 3, result.systems.map(systemRow)),
    '',
  ]
}

function systemRow(system: SystemResult): (string | number)[] {
  const counts = verdictCounts(system)
  return [
    literal(system.name),
    system.engine === undefined ? '' : literal(system.engine),
    outcome(system),
    ...columns.map((verdict) => counts[verdict]),
    system.programs,
    system.timeouts,
  ]
}

/** Whether a system was judged, in a few words. */
export function outcome({ skipped, couldNotJudge, requirements }: SystemResult): string {
  if (skipped !== undefined) return couldNotJudge === undefined ? 'skipped' : 'skipped, though asked for'
  if (couldNotJudge === undefined) return 'judged'
  return requirements.length === 0 ? 'could not be judged' : 'could not be judged to the end'
}

/** Known failures, and what is wrong with the entries that excuse them. */
function baselineLines({ systems }: ConformanceResult): string[] {
  const told = systems.flatMap((system) =>
    system.requirements.flatMap(({ id, baseline, baselineErrors = [] }) =>
      [...(baseline === undefined ? [] : [asInBaseline(baseline)]), ...baselineErrors].map(
        (text) => `- ${literal(system.name)} ${id}: ${literal(text)}`,
      ),
    ),
  )
  return section('Baseline', told)
}

/** What was not judged, and why: what decides the exit code first. */
function restLines({ systems }: ConformanceResult): string[] {
  const bare = systems.flatMap((system) =>
    system.requirements
      .filter(({ verdict }) => verdict === 'not-exercised')
      .map((each) => `- ${literal(system.name)} ${each.id} (${each.level}): ${unexercised(each).map(literal).join(', ')}`),
  )
  const reasons = (of: (system: SystemResult) => string | undefined) =>
    systems.flatMap((system) => {
      const reason = of(system)
      return reason === undefined ? [] : [`- ${literal(system.name)}: ${literal(reason)}`]
    })
  return [
    ...section('Not exercised', bare),
    ...section(
      'Could not be judged',
      reasons(({ couldNotJudge }) => couldNotJudge),
    ),
    ...section(
      'Skipped',
      reasons(({ skipped, couldNotJudge }) => (couldNotJudge === undefined ? skipped : undefined)),
    ),
  ]
}
