/**
 * What invocations that were killed excuse. A killed invocation loses its own work and nothing else (STATELESS-12, -13):
 * whatever it was doing for its connection may be missing, and so may the end of a connection it was about to remove.
 * Everybody else must have everything.
 */
import type { HistoryEvent } from '../history.ts'
import { invocationsOf, platformOf } from './invocations.ts'
import type { Run } from './run.ts'

/** Tells whether a finding that rests on these events may be the work of a killed invocation; undefined where none was. */
export type Excuse = (events: readonly HistoryEvent[]) => boolean

/** The excuse of a run, if it has one. */
export function excuseOf(run: Run): Excuse | undefined {
  if (platformOf(run).invocations.every(({ end }) => end?.outcome !== 'killed')) return undefined
  const struck = new Set<string>()
  for (const { name, channelId, ending } of run.connections) {
    const killed = (['connect', 'message', 'disconnect', 'deliver'] as const).some((event) =>
      invocationsOf(run, channelId, event).some(({ end }) => end?.outcome === 'killed'),
    )
    // Any invocation may have met the end of any connection, and have been removing it.
    if (killed || ending !== undefined) struck.add(name).add(channelId ?? '')
  }
  return (events) =>
    events.length === 0 ||
    events.some(
      (event) =>
        event.kind === 'residue' ||
        (event.conn !== undefined && (struck.has(event.conn) || event.conn.startsWith('~'))) ||
        ('channelId' in event && event.channelId !== undefined && struck.has(event.channelId)),
    )
}
