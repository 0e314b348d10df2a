/** The list of requirements, area by area, beneath its filters. */
import type { SystemResult } from '../../spec/result.ts'
import { type AreaRows, areaName } from './catalogue.ts'
import { filters } from './filters.ts'
import { anchor, type Html, html } from './markup.ts'
import { requirementEntry } from './requirement.ts'

/** Every requirement. `failures`: anchors of the cards, by requirement. */
export function requirementList(
  areas: readonly AreaRows[],
  systems: readonly SystemResult[],
  failures: ReadonlyMap<string, readonly string[]>,
): Html {
  return html`<section aria-labelledby="requirements"><h2 id="requirements" tabindex="-1">Requirements</h2>
${filters(areas, systems)}
${areas.map(
  ({
    area,
    rows,
  }) => html`<section class="area" id="${anchor('area', area)}" data-area="${area}" aria-labelledby="${anchor('name', area)}"><h3 id="${anchor('name', area)}">${areaName(area)} <span class="count">${rows.length}</span></h3>
${rows.map((row) => requirementEntry(row, systems, failures.get(row.id) ?? []))}</section>
`,
)}<p id="nothing" hidden>No requirement is like that.</p></section>`
}
