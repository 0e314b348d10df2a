/** A program: clients with their scripts, then steps in order, lanes that run side by side as columns. */
import { type ProgramText, programParts } from '../../text/program-lines.ts'
import { type Html, html } from '../markup.ts'

/** The program of a card. */
export function programView(program: ProgramText): Html {
  const { about, blocks, scheduled } = programParts(program)
  return html`<div class="program">
${about.length > 0 && html`<ul class="clients">${about.map((line) => html`<li>${line}</li>`)}</ul>`}
${blocks.map(({ heading, lanes }) => html`${heading !== undefined && html`<p class="label">${heading}</p>`}${lanesView(lanes)}`)}
${scheduled !== undefined && html`<p class="label">${scheduled}</p>`}
</div>`
}

function lanesView(lanes: readonly (readonly string[])[]): Html {
  if (lanes.length === 1) return steps(lanes[0] ?? [])
  return html`<div class="lanes">${lanes.map((lane, index) => html`<div><p class="label">Lane ${index + 1}</p>${steps(lane)}</div>`)}</div>`
}

const steps = (lines: readonly string[]): Html => html`<ol class="lines">${lines.map(step)}</ol>`

/** The step's name stands before two spaces. */
function step(line: string): Html {
  const [name, ...rest] = line.split('  ')
  return rest.length === 0
    ? html`<li>${line}</li>`
    : html`<li><span class="step">${name}</span> <span>${rest.join('  ')}</span></li>`
}
