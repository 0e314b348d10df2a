/** A sequence diagram in text: lifelines from top to bottom, messages as arrows between them, everything else as notes. */
import { drawable, lifelinesOf, words } from '../text/lifelines.ts'
import type { SequenceEvent } from '../text/sequence.ts'
import { visible } from '../text/visible.ts'
import { wrap } from '../text/wrap.ts'
import { Drawing } from './drawing.ts'
import { folded } from './folded.ts'
import { hanging } from './hanging.ts'
import type { Look } from './look.ts'
import { lifelinesAt } from './plan.ts'
import { widthOf } from './row.ts'

/** From here on there is room for the word before a step's number. */
const roomy = 60

/** The diagram, no line of it wider than `look.width`. Where its lifelines do not fit side by side: the events as a list. */
export function sequenceLines(all: readonly SequenceEvent[], look: Look): string[] {
  const kept = drawable(all)
  const events = folded(kept).map(seen)
  const gutter = look.width < roomy ? 5 : 10
  const lifelines = lifelinesAt(lifelinesOf(events), gutter, look.width)
  const left = all.length > kept.length ? `; ${kept.length} of ${all.length} events` : ''
  return [
    ...(lifelines === undefined ? list(events, look) : new Drawing(lifelines, gutter, look).draw(events)),
    ...wrap(`◆ what the verdict rests on${left}`, look.width, undefined, widthOf).map(look.paints.faint),
  ]
}

const seen = ({ lane, to, label, step, ...event }: SequenceEvent): SequenceEvent => ({
  ...event,
  lane: visible(lane),
  ...(to !== undefined && { to: visible(to) }),
  label: visible(label),
  ...(step !== undefined && { step: visible(step) }),
})

function list(events: readonly SequenceEvent[], { width, paints }: Look): string[] {
  return events.flatMap(({ evidence, ...event }) => {
    const lines = hanging(`${evidence ? '◆' : ' '} ${words(event)}`, width, 4)
    return evidence ? lines.map(paints.evidence) : lines
  })
}
