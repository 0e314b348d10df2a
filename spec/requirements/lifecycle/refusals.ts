/** What every refused handshake owes its client (LIFE-01, LIFE-02, LIFE-22). */
import { broken, decide, type Judgment, kept, undecided } from '../../requirement.ts'
import type { Connection, Run } from '../../run/run.ts'
import { mayBeStopping } from './attempts.ts'

export type RefusalClause = 'refused' | 'no handler' | 'status'

/** The clauses of a refusal, with the status that `handshakeStatus` promises. */
export const refusalClauses = (status: number) =>
  ({
    refused: { promise: 'the handshake is refused with a 4xx' },
    'no handler': { promise: 'no handler runs for it', needs: ['trace'] },
    status: { promise: `the status is ${status}`, capabilities: ['handshakeStatus'] },
  }) as const

/** Judges a handshake that must be refused, because of `why`. */
export function* mustBeRefused(run: Run, connection: Connection, why: string, status: number): Iterable<Judgment<RefusalClause>> {
  const { connect, open, refused } = connection
  if (open === undefined && refused === undefined) return
  if (mayBeStopping(run, connection)) {
    yield undecided('refused')
    return
  }
  const answered = refused?.status ?? undefined
  const is4xx = answered !== undefined && answered >= 400 && answered < 500
  yield decide('refused', is4xx, {
    events: [connect, open ?? refused],
    expected: `the handshake of ${connection.name} refused with a 4xx: ${why}`,
    observed:
      open !== undefined
        ? 'it was accepted'
        : answered === undefined
          ? 'its socket ended without an HTTP answer'
          : `it was answered with ${answered}`,
  })
  const [call] = connection.calls
  if (call !== undefined) {
    yield broken('no handler', {
      events: [connect, call.enter, refused],
      expected: `no handler for ${connection.name}: ${why}`,
      observed: `${call.handler} ran`,
    })
  } else if (refused !== undefined && run.complete) yield kept('no handler', refused)
  if (is4xx) {
    yield decide('status', answered === status, {
      events: [connect, refused],
      expected: `status ${status} for ${connection.name}: ${why}`,
      observed: `status ${answered}`,
    })
  }
}
