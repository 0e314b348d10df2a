/** The overview: areas by systems, each cell a link to what it counts. */
import type { SystemResult, Verdict } from '../../spec/result.ts'
import { type AreaRows, areaName, type Row } from './catalogue.ts'
import { anchor, type Html, html } from './markup.ts'
import { columnHead, type Look, looks } from './verdicts.ts'

/** A table with the verdict counts of each area and system. Without a script its links lead to the area. */
export function matrix(areas: readonly AreaRows[], systems: readonly SystemResult[]): Html {
  return html`<section aria-labelledby="overview"><h2 id="overview">Overview</h2>
<div class="wide"${systems.length > 4 && html` tabindex="0" role="region" aria-label="Verdicts by area and system"`}>
<table class="matrix"><caption>Verdicts by area and system; each cell leads to its requirements</caption>
<thead><tr><th scope="col">Area</th>${systems.map(columnHead)}</tr></thead>
<tbody>${areas.map(
    ({
      area,
      rows,
    }) => html`<tr><th scope="row"><a href="#${anchor('area', area)}">${areaName(area)}</a></th>${systems.map((system, index) => cell(area, rows, system, index))}</tr>
`,
  )}</tbody>
</table></div>
${legend()}</section>`
}

function cell(area: string, rows: readonly Row[], system: SystemResult, index: number): Html {
  const counts = countsOf(rows, index)
  const filled = looks.filter(({ verdict }) => counts.has(verdict))
  if (filled.length === 0) return html`<td><span class="none">none</span></td>`
  const filter = new URLSearchParams({ area, system: system.name }).toString()
  return html`<td><a href="#${anchor('area', area)}" data-filter="${filter}">${filled.map((look) => counted(look, counts.get(look.verdict) ?? 0))}</a></td>`
}

/** The words are for those who do not see the symbol; the legend has both. */
const counted = ({ letter, symbol, words }: Look, number: number): Html =>
  html`<span class="v ${letter}"><span aria-hidden="true">${symbol}</span> ${number}<span class="unseen"> ${words} </span></span>`

function countsOf(rows: readonly Row[], index: number): Map<Verdict, number> {
  const counts = new Map<Verdict, number>()
  for (const { results } of rows) {
    const verdict = results[index]?.verdict
    if (verdict !== undefined) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  }
  return counts
}

const legend = (): Html =>
  html`<dl class="legend">${looks.map(
    ({ letter, symbol, words, means }) =>
      html`<div><dt class="v ${letter}"><span aria-hidden="true">${symbol}</span> ${words}</dt><dd>${means}</dd></div>`,
  )}</dl>`
