/** What every form of a sequence diagram needs of its events: which lifelines there are, and which events are drawn. */
import type { SequenceEvent } from './sequence.ts'

/** No more lines than these are drawn: beyond that nobody reads a diagram. */
export const mostDrawn = 60

/** Connections first in the order in which they act, what answers them last. */
export function lifelinesOf(events: readonly SequenceEvent[]): string[] {
  const names = [...new Set(events.flatMap(({ lane, to }) => (to === undefined ? [lane] : [lane, to])))]
  const rank = (name: string) => (name === 'kit' ? 0 : name === 'server' || name === 'stores' ? 2 : 1)
  return names.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en', { numeric: true }))
}

/** What is drawn of many: all evidence, and of the others those nearest before the end. */
export function drawable(events: readonly SequenceEvent[]): readonly SequenceEvent[] {
  if (events.length <= mostDrawn) return events
  let room = mostDrawn - events.filter(({ evidence }) => evidence).length
  return events
    .toReversed()
    .filter(({ evidence }) => evidence || room-- > 0)
    .toReversed()
}

/** One event in words. */
export function words({ lane, to, label, step, evidence }: SequenceEvent): string {
  const where = to === undefined ? lane : `${lane} to ${to}`
  return `${where}${step === undefined ? '' : ` (step ${step})`}: ${label}${evidence ? ' ◆' : ''}`
}
