/** A sequence diagram as inline SVG, and the same as text. Its colours come from the page's style. */
import { drawable, words } from '../../text/lifelines.ts'
import type { SequenceEvent } from '../../text/sequence.ts'
import { type Html, html } from '../markup.ts'
import { type Drawn, type Layout, layout, lineHeight } from './layout.ts'

/** The diagram of a failure's events. What the verdict rests on has a lozenge before it. */
export function diagram(all: readonly SequenceEvent[]): Html {
  const events = drawable(all)
  const plan = layout(events)
  const cut = all.length > events.length && `; ${events.length} of ${all.length} events`
  return html`<figure class="sequence">
<div class="wide" tabindex="0" role="region" aria-label="Sequence diagram">${picture(plan)}</div>
<figcaption>Each lifeline is in the order recorded${cut}; what the server did stands before what clients received meanwhile, where the record leaves that open. <span class="mark" aria-hidden="true">◆</span> marks what the verdict rests on.
<details><summary>The diagram as text</summary><ol class="lines">${events.map((event) => html`<li>${words(event)}</li>`)}</ol></details></figcaption></figure>`
}

function picture({ width, height, lifelines, drawn }: Layout): Html {
  const names = lifelines.map(({ name }) => name).join(', ')
  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Sequence of ${drawn.length} events between ${names}; the same stands below as text">
${lifelines.map(
  ({
    name,
    x,
  }) => html`<line class="life" x1="${x}" x2="${x}" y1="28" y2="${height}"/><text class="head" x="${x}" y="18">${name}</text>
`,
)}${drawn.map(shape)}</svg>`
}

const shape = (each: Drawn): Html =>
  html`<g${each.event.evidence && html` class="evidence"`}>${each.step !== undefined && html`<text class="at" x="0" y="${each.y + (each.to === undefined ? 15 : 4)}">${each.step}</text>`}${each.to === undefined ? note(each) : arrow(each, each.to)}</g>
`

function note({ from, y, width, height, lines, event }: Drawn): Html {
  const left = from - width / 2
  return html`<rect x="${left}" y="${y}" width="${width}" height="${height}" rx="4"/>${mark(event, left - 12, y + height / 2 + 4)}${text(lines, from, y + 16)}`
}

function arrow({ from, y, lines, event }: Drawn, to: number): Html {
  const way = to > from ? 1 : -1
  const tip = to - way * 1
  return html`<line class="arrow" x1="${from}" x2="${tip - way * 6}" y1="${y}" y2="${y}"/><path d="M${tip} ${y}l${-way * 9} -4.5v9z"/>${mark(event, from + way * 9, y - 6)}${text(lines, (from + to) / 2, y - 7 - (lines.length - 1) * lineHeight)}`
}

const mark = ({ evidence }: SequenceEvent, x: number, y: number): Html | undefined =>
  evidence && html`<text class="mark" x="${x}" y="${y}">◆</text>`

const text = (lines: readonly string[], x: number, y: number): Html =>
  html`<text x="${x}" y="${y}">${lines.map((line, index) => html`<tspan x="${x}"${index > 0 && html` dy="${lineHeight}"`}>${line}</tspan>`)}</text>`
