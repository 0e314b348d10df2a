/**
 * Values of store operations as text. Every field is shown: what a store did to a record may be in its last. Long
 * strings alone are shortened, and never where they differ from another string of the same lines.
 */
import type { HistoryEvent } from '../../spec/history.ts'
import type { Json } from '../../spec/values.ts'

/** Strings up to this length are shown whole. */
const whole = 64

/** Of a longer one so many characters stay at its beginning, at its end and on both sides of a difference. */
const kept = 16

/** The strings that operations in `events` were given or resolved to and that are too long to be shown whole. */
export function longStrings(events: readonly HistoryEvent[]): string[] {
  const found = new Set<string>()
  const collect = (_field: string, part: unknown): unknown => {
    if (typeof part === 'string' && part.length > whole) found.add(part)
    return part
  }
  for (const event of events) {
    if (event.kind === 'store begin') JSON.stringify(event.args, collect)
    if (event.kind === 'store end') JSON.stringify(event.value, collect)
  }
  return [...found]
}

/** The value as JSON; `others` are the long strings it is to be told from. */
export function storeValue(value: Json, others: readonly string[]): string {
  return JSON.stringify(value, (_field, part) => (typeof part === 'string' ? shortened(part, others) : part))
}

/** What is left out is told by its length, so that strings of different lengths never look alike. */
function shortened(text: string, others: readonly string[]): string {
  if (text.length <= whole) return text
  const differences = others.filter((other) => other !== text).map((other) => firstDifference(text, other))
  const middles = [...new Set(differences)].sort((a, b) => a - b)
  let shown = text.slice(0, kept)
  let end = kept
  for (const middle of [...middles, text.length]) {
    const start = Math.max(end, middle - kept)
    const stop = Math.min(text.length, middle + kept)
    if (stop <= end) continue
    shown += `${start > end ? `…${start - end} more…` : ''}${text.slice(start, stop)}`
    end = stop
  }
  return shown
}

function firstDifference(a: string, b: string): number {
  let index = 0
  while (index < a.length && a[index] === b[index]) index++
  return index
}
