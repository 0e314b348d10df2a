/** Which events of a history are the kit's own doings (fences, sentinels, the ending) and tell nothing of the program. */
import type { HistoryEvent } from '../../spec/history.ts'
import { objectIn } from '../../spec/wire.ts'

/** Sentinels, fences and endings have steps of their own: `s0`, `f0`, `e0`, behind the program's number. */
const ownStep = /(?:^|\.)[sfe]\d+$/
const endingStep = /(?:^|\.)e\d+$/

/** The events of `all` that belong to the program: what it did and what came of it, until the kit ends its connections. */
export function programEvents(all: readonly HistoryEvent[]): HistoryEvent[] {
  const sentinels = new Set(all.flatMap(sentinelOf))
  const ending = all.findIndex(({ at, step }) => at === 'client' && step !== undefined && endingStep.test(step))
  return all.slice(0, ending === -1 ? undefined : ending).filter((event) => {
    if (event.step !== undefined && ownStep.test(event.step)) return false
    if (event.kind !== 'receive') return true
    return objectIn(event.data)?.['fence'] === undefined && !('text' in event.data && sentinels.has(event.data.text))
  })
}

/** What the sentinels of a history look like on the wire. */
function sentinelOf(event: HistoryEvent): string[] {
  if (event.kind !== 'invoke' || event.action === null || typeof event.action !== 'object' || Array.isArray(event.action))
    return []
  const { sentinel, value } = event.action
  return sentinel === true ? [JSON.stringify(value)] : []
}
