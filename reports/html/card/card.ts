/** A failure: the rule, the program, what was allowed against what was seen, the events, and how to see it again. */
import type { Requirement } from '../../../spec/requirement.ts'
import { replayCommand } from '../../text/card.ts'
import { shellWord } from '../../text/shell-word.ts'
import { promiseOf } from '../catalogue.ts'
import type { Failure } from '../failures.ts'
import { anchor, type Html, html, prose } from '../markup.ts'
import { sourceOf } from '../source.ts'
import { nameOf } from '../verdicts.ts'
import { diagram } from './diagram.ts'
import { programView } from './program.ts'

/** The card of a failure; `open`: without being asked to. */
export function failureCard(failure: Failure, requirement: Requirement | undefined, open: boolean): Html {
  const { system, requirement: id, level, violation, card, known } = failure
  const promise = promiseOf(requirement, violation.clause)
  const title = requirement?.title ?? card?.title ?? ''
  return html`<details class="card" id="${failure.anchor}"${open && html` open`}><summary><h3><span class="v f"><span aria-hidden="true">✕</span> <span class="id">${id}</span></span> <span class="title">${prose(title)}</span></h3><span class="on">${level} violated by <b>${nameOf(system)}</b></span></summary>
<div class="body">
<p class="clause"><span class="label">Clause</span> <b>${violation.clause}</b>${promise !== undefined && html`: ${prose(promise)}`} <a href="#${anchor(id)}">All of ${id}</a></p>
${known.map((line) => html`<p class="clause"><span class="label">Baseline</span> ${line}</p>`)}
${requirement !== undefined ? sourceOf(requirement.source) : card?.source !== undefined && html`<p class="source">${card.source}</p>`}
<div class="against"><div><h4>Allowed</h4><p>${violation.expected}</p></div><div class="seen"><h4>Seen</h4><p>${violation.observed}</p></div></div>
${
  card !== undefined &&
  html`<h4>Minimal program</h4>
<p class="size">${sizeText(card)}</p>
${programView(card.program)}`
}
<h4>Events</h4>
${card?.sequence !== undefined && card.sequence.length > 0 && diagram(card.sequence)}
<p class="label">What the verdict rests on</p>
<ol class="lines">${(card?.events ?? violation.events).map((event) => html`<li>${event}</li>`)}</ol>
${card?.history !== undefined && html`<details class="history"><summary>Whole history, ${card.history.length} events</summary><pre tabindex="0">${card.history.join('\n')}</pre></details>`}
${replay(failure)}
</div></details>
`
}

function sizeText({ size, shrunkFrom, reproduced }: NonNullable<Failure['card']>): string {
  const steps = `${size} step${size === 1 ? '' : 's'}`
  return `${steps}, shrunk from ${shrunkFrom}; failed in ${reproduced.times} of ${reproduced.of} repetitions`
}

/** The command, where the card lies in a file. */
function replay({ card, violation }: Failure): Html | undefined {
  const file = card?.file ?? violation.card
  if (file === undefined) return undefined
  const command = card === undefined ? `channel-conformance replay ${shellWord(file)}` : replayCommand(card, file)
  return html`<h4>Replay</h4>
<div class="replay"><code>${command}</code><button type="button" data-copy hidden>Copy</button></div>`
}
