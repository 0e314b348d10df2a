/**
 * The order in which a history is drawn. What a server did is recorded when the kit learns of it, often behind what
 * clients received because of it; between two doings of the kit the record does not tell which of the two came first.
 */
import type { HistoryEvent } from '../../spec/history.ts'

/** What happens to clients, unlike what the kit does with them. */
const happening = new Set<HistoryEvent['kind']>(['receive', 'open', 'refused', 'closed', 'ack', 'fenced'])

/** The same events: between two doings of the kit those of the server stand before those that happen to clients. */
export function drawingOrder(all: readonly HistoryEvent[]): HistoryEvent[] {
  const drawn: HistoryEvent[] = []
  let waiting: HistoryEvent[] = []
  for (const event of all) {
    if (event.at === 'server') drawn.push(event)
    else if (happening.has(event.kind)) waiting.push(event)
    else {
      drawn.push(...waiting, event)
      waiting = []
    }
  }
  return [...drawn, ...waiting]
}
