/** The filter form. It works by the page's script alone, which is why it is hidden until that has run. */
import { type AreaRows, areaName } from './catalogue.ts'
import { type Html, html } from './markup.ts'
import { looks, nameOf } from './verdicts.ts'

/** Search and one choice for each of verdict, level, area and system. */
export function filters(areas: readonly AreaRows[], systems: readonly { name: string; engine?: string }[]): Html {
  return html`<form id="filters" role="search" aria-label="Requirements" hidden>
<label class="q">Search ids and titles<input type="search" name="q" autocomplete="off" spellcheck="false"></label>
${choice(
  'Verdict',
  'verdict',
  looks.map(({ verdict, words, letter }) => html`<option value="${verdict}" data-letter="${letter}">${words}</option>`),
)}
${choice('Level', 'level', [html`<option>must</option><option>should</option>`])}
${choice(
  'Area',
  'area',
  areas.map(({ area }) => html`<option value="${area}">${areaName(area)}</option>`),
)}
${choice(
  'System',
  'system',
  systems.map((system) => html`<option value="${system.name}">${nameOf(system)}</option>`),
)}
<p class="found"><output id="found"></output> <button type="reset">Clear filters</button></p>
</form>`
}

const choice = (label: string, name: string, options: readonly Html[]): Html =>
  html`<label>${label}<select name="${name}"><option value="">any</option>${options}</select></label>`
