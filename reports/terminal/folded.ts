/** Events that come again and again, once: a server that tries without end fills no screen. */
import type { SequenceEvent } from '../text/sequence.ts'

/** The same events; those that repeat the one before them are counted in its label. Evidence is told each by itself. */
export function folded(events: readonly SequenceEvent[]): SequenceEvent[] {
  const groups: { event: SequenceEvent; times: number }[] = []
  for (const event of events) {
    const last = groups.at(-1)
    if (last !== undefined && repeats(last.event, event)) last.times++
    else groups.push({ event, times: 1 })
  }
  return groups.map(({ event, times }) => (times === 1 ? event : { ...event, label: `${event.label} (${times} times)` }))
}

const repeats = (a: SequenceEvent, b: SequenceEvent): boolean =>
  a.evidence === undefined &&
  b.evidence === undefined &&
  a.lane === b.lane &&
  a.to === b.to &&
  a.label === b.label &&
  (a.step === b.step || b.step === undefined)
