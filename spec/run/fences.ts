/** What the kit's fences prove: a reply to a message that was sent behind everything else. */
import type { HistoryEvent } from '../history.ts'
import type { Connection, Run } from './run.ts'

/** The proof that everything which `connection` was sent by `event` has arrived: a fence that was asked for after it. */
export function fenceAfter(
  run: Run,
  { fenced, messages }: Connection,
  event: HistoryEvent | undefined,
): HistoryEvent | undefined {
  if (fenced === undefined) return undefined
  const asked = messages.findLast((message) => message.fence && message.step === fenced.step)
  return run.before(event, asked?.event) === 'yes' ? fenced : undefined
}

/** The same, where nothing had asked the connection to end by then: what it lacks of before `event` is lost. */
export function lastedAfter(run: Run, connection: Connection, event: HistoryEvent | undefined): HistoryEvent | undefined {
  const fence = fenceAfter(run, connection, event)
  return connection.ending === undefined || run.before(fence, connection.ending) === 'yes' ? fence : undefined
}
