/** The head of the page: the verdict in one line, and what was run. */
import type { ConformanceResult, SystemResult } from '../../spec/result.ts'
import { verdictCounts } from '../text/summary.ts'
import { type Html, html } from './markup.ts'
import { nameOf } from './verdicts.ts'

/** The verdict on a whole run, as its exit code has it. */
export interface Headline {
  /** The letter of the verdict it looks like. */
  letter: 'f' | 'e' | 'p'
  symbol: string
  word: string
  rest: string
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`

/** One line for a run: failed before undecided before passed. Requirements are counted once for each system. */
export function headline({ systems }: ConformanceResult): Headline {
  const must = (of: 'passed' | 'failed' | 'not-exercised') =>
    systems.reduce((sum, system) => sum + verdictCounts(system, 'must')[of], 0)
  const failed = must('failed')
  if (failed > 0) {
    const where = systems.filter((system) => verdictCounts(system, 'must').failed > 0)
    const by = where.length === 1 ? where[0]?.name : count(where.length, 'system')
    return { letter: 'f', symbol: '✕', word: 'Failed', rest: `${count(failed, 'MUST requirement')} violated by ${by}` }
  }
  const open = [
    ...(must('not-exercised') > 0 ? [`${count(must('not-exercised'), 'MUST requirement')} not exercised`] : []),
    ...[systems.filter((system) => system.couldNotJudge !== undefined).length]
      .filter((number) => number > 0)
      .map((number) => `${count(number, 'system')} could not be judged`),
    ...(must('passed') === 0 ? ['nothing was judged'] : []),
  ]
  if (open.length > 0) return { letter: 'e', symbol: '○', word: 'Undecided', rest: open.join(', ') }
  return { letter: 'p', symbol: '✓', word: 'Passed', rest: `every MUST requirement kept by ${keptBy(systems)}` }
}

function keptBy(systems: readonly SystemResult[]): string {
  const judged = systems.filter(({ requirements }) => requirements.length > 0)
  return judged.length === 1 ? (judged[0]?.name ?? '') : count(judged.length, 'system')
}

/** The page's banner. */
export function header(result: ConformanceResult): Html {
  const { letter, symbol, word, rest } = headline(result)
  const engines = result.systems.filter(({ engine }) => engine !== undefined).map(nameOf)
  const facts: [string, string | Html][] = [
    ['Contract', result.contractVersion],
    ['Package', result.packageVersion],
    ['Seed', html`<code>${result.seed}</code>`],
    ['Node', result.nodeVersion],
    ['Engine', engines.length === 0 ? 'none told' : engines.join(', ')],
    ['Date', html`<time datetime="${result.date}">${readable(result.date)}</time>`],
  ]
  return html`<header class="top">
<div class="bar"><p class="eyebrow">Channel conformance</p><button type="button" id="theme" hidden>Dark theme</button></div>
<h1 class="${letter}"><span class="word"><span aria-hidden="true">${symbol}</span> ${word}:</span> ${rest}</h1>
<p class="lead">${sentence(result)}</p>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`
}

/** The figures behind the verdict. */
function sentence({ systems, timeoutsHit }: ConformanceResult): string {
  const sum = (of: (system: SystemResult) => number) => systems.reduce((total, system) => total + of(system), 0)
  const must = (of: 'passed' | 'failed' | 'not-exercised') => sum((system) => verdictCounts(system, 'must')[of])
  const should = sum((system) => verdictCounts(system, 'should').failed)
  const unseen = sum((system) => verdictCounts(system)['not-observable'])
  const skipped = systems.filter((system) => system.skipped !== undefined).length
  return `Of MUST requirements ${must('passed')} passed, ${must('failed')} failed and ${must('not-exercised')} were not exercised, counted for each system. ${should} SHOULD failed, ${unseen} not observable, ${count(skipped, 'system')} skipped. ${figure(sum(({ programs }) => programs))} programs of ${figure(sum(({ steps }) => steps))} steps in all were run, with ${count(timeoutsHit, 'time-out')}.`
}

/** `2026-11-21T18:31:43.097Z` as `2026-11-21 18:31 UTC`; what is no such date stays as it is. */
function readable(date: string): string {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/.exec(date)
  return found === null ? date : `${found[1]} ${found[2]} UTC`
}

/** A number with thin spaces between thousands. */
export const figure = (number: number): string => String(number).replaceAll(/\B(?=(\d{3})+$)/g, '\u202f')
