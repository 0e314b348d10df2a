/** One requirement: what it says, where it comes from, and what each system's run decided clause by clause. */
import { floors } from '../../spec/floors.ts'
import type { ClauseCount, RequirementResult, SystemResult } from '../../spec/result.ts'
import { asInBaseline } from '../text/baseline.ts'
import { absenceList } from './absences.ts'
import { promiseOf, type Row } from './catalogue.ts'
import { anchor, type Html, html, prose } from './markup.ts'
import { sourceOf } from './source.ts'
import { columnHead, lookOf, looks, noVerdict, verdictMark } from './verdicts.ts'

/** A requirement, closed: its line shows the verdicts, what it holds the counts. `failures` are anchors of its cards. */
export function requirementEntry(row: Row, systems: readonly SystemResult[], failures: readonly string[]): Html {
  const { id, level, title, requirement, results } = row
  const letters = results.map((result) => (result === undefined ? noVerdict : lookOf(result.verdict).letter)).join('')
  return html`<details class="r" id="${anchor(id)}" data-l="${level}" data-v="${letters}"><summary><h4><span class="id">${id}</span> <span class="level ${level}">${level}</span> <span class="title">${prose(title)}</span></h4><span class="vs">${verdictsOf(results, systems)}</span></summary>
<div class="body">${requirement !== undefined && sourceOf(requirement.source)}
${failures.length > 0 && html`<p>${failures.map((failure, index) => html`<a href="#${failure}">Failure ${failures.length > 1 && index + 1} above</a> `)}</p>`}
${baselineLines(row, systems)}${clauseTable(row, systems)}
${absenceList(row, systems)}
<p class="self"><a href="#${anchor(id)}">Link to ${id}</a></p></div></details>
`
}

/** What the baseline says of it, for each system. */
function baselineLines({ results }: Row, systems: readonly SystemResult[]): Html[] {
  return results.flatMap((result, index) => {
    const { baseline, baselineErrors = [] } = result ?? {}
    const lines = [...(baseline === undefined ? [] : [asInBaseline(baseline)]), ...baselineErrors]
    return lines.map(
      (line) => html`<p class="clause"><span class="label">Baseline</span> <b>${systems[index]?.name}</b>: ${line}</p>
`,
    )
  })
}

/** Systems by verdict; their names only where they differ. */
function verdictsOf(results: readonly (RequirementResult | undefined)[], systems: readonly SystemResult[]): Html[] {
  const groups = looks.map((look) => ({
    look,
    names: systems.flatMap(({ name }, index) => (results[index]?.verdict === look.verdict ? [name] : [])),
  }))
  const present = groups.filter(({ names }) => names.length > 0)
  const uniform = present.length === 1 && present[0]?.names.length === systems.length
  return present.map(
    ({ look, names }) =>
      html`<span class="g">${verdictMark(look)}${!uniform && html` <small>${names.join(', ')}</small>`}</span>`,
  )
}

function clauseTable({ id, requirement, results }: Row, systems: readonly SystemResult[]): Html {
  const clauses = new Set([
    ...Object.keys(requirement?.clauses ?? {}),
    ...results.flatMap((each) => Object.keys(each?.clauses ?? {})),
  ])
  return html`<div class="wide"${systems.length > 4 && html` tabindex="0" role="region" aria-label="Clauses of ${id}"`}><table class="clauses"><caption>In how many programs each clause of ${id} was decided</caption>
<thead><tr><th scope="col">Clause</th>${systems.map(columnHead)}</tr></thead>
<tbody>${[...clauses].map((clause) => {
    const promise = promiseOf(requirement, clause)
    return html`<tr><th scope="row">${clause}${promise !== undefined && html`<small>${prose(promise)}</small>`}</th>${results.map((result) => html`<td>${countOf(result, clause)}</td>`)}</tr>
`
  })}</tbody></table></div>`
}

function countOf(result: RequirementResult | undefined, clause: string): Html {
  const count = result !== undefined && Object.hasOwn(result.clauses, clause) ? result.clauses[clause] : undefined
  if (count === undefined)
    return html`<span class="v a"><span aria-hidden="true">–</span><span class="unseen">not judged</span></span>`
  const broken = result?.violations.some((violation) => violation.clause === clause)
  const more = [
    ...(count.exercised === count.programs ? [] : [`${count.exercised} decisions`]),
    ...(count.undecided === 0 ? [] : [`${count.undecided} undecided`]),
  ]
  return html`${broken && html`<span class="v f"><span aria-hidden="true">✕</span> broken</span> `}<b>${count.programs}</b>${below(count)}${more.length > 0 && html`<small>${more.join(', ')}</small>`}`
}

function below({ programs, heavy }: ClauseCount): Html | undefined {
  const floor = heavy === true ? floors.heavy : floors.clause
  return programs < floor ? html`<small class="v e">↓ below floor of ${floor}</small>` : undefined
}
