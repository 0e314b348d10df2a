/** The systems: what they declare and ran, and why some were not judged. */
import type { SystemResult } from '../../spec/result.ts'
import { figure } from './header.ts'
import { type Html, html } from './markup.ts'
import { nameOf } from './verdicts.ts'

/** What kept systems from being judged, stated before anything else; nothing where all were. */
export function notJudged(systems: readonly SystemResult[]): Html | undefined {
  const stated = systems.filter(({ skipped, couldNotJudge }) => (skipped ?? couldNotJudge) !== undefined)
  if (stated.length === 0) return undefined
  return html`<section class="not-judged" aria-labelledby="not-judged"><h2 id="not-judged">Not judged</h2>
<dl>${stated.map(
    (system) =>
      html`<div><dt>${nameOf(system)} <span class="v e"><span aria-hidden="true">○</span> ${kindOf(system)}</span></dt><dd>${system.couldNotJudge ?? system.skipped}</dd></div>`,
  )}</dl></section>`
}

function kindOf({ skipped, couldNotJudge, requirements }: SystemResult): string {
  if (couldNotJudge === undefined) return 'skipped'
  if (skipped !== undefined) return 'asked for by name, but could not run here'
  return requirements.length === 0 ? 'could not be judged' : 'could not be judged to the end'
}

/** The systems that ran, with their figures. */
export function systemList(systems: readonly SystemResult[]): Html {
  return html`<section aria-labelledby="systems"><h2 id="systems">Systems</h2>
<div class="systems">${systems.map(
    (system) => html`<section><h3>${nameOf(system)}</h3>
<p>${figure(system.programs)} programs, ${figure(system.steps)} steps, ${figure(system.timeouts)} time-outs</p>
<p>${system.capabilities.length === 0 ? 'Declares no capability' : html`Declares ${system.capabilities.join(', ')}`}</p>
${system.simulated !== undefined && simulated(system.simulated)}</section>
`,
  )}</div></section>`
}

function simulated({ programs, races }: NonNullable<SystemResult['simulated']>): Html {
  const hits = Object.entries(races).map(([race, hit]) => `${race} ${hit}`)
  return html`<p>${figure(programs)} simulated programs${hits.length > 0 && `; races hit by: ${hits.join(', ')}`}</p>`
}
