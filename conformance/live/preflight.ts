/** What the runner must know of a system before its first program. */
import { alarm } from '../deadlines.ts'
import { HostError } from '../host.ts'
import { closeConnection, openConnection } from './connecting.ts'
import { Field } from './field.ts'
import type { Session } from './session.ts'

/**
 * Whether the system completes a handshake while onConnect is still pending. Both are right (LIFE-07); programs that
 * hold onConnect at a gate must know which to wait for. Nothing is judged by it.
 * @throws HostError where not even the plainest handshake succeeds: there is nothing to judge then
 */
export async function opensEarly(session: Session): Promise<boolean> {
  if (!session.observes.has('trace')) return false
  session.opensEarly = false
  const field = new Field(session, {
    clients: [{ channel: 'main', connect: [{ op: 'hold', gate: 'preflight' }], late: true }],
    prefix: [],
    phases: [],
  })
  await openConnection(field, 0, 'preflight', false)
  const client = field.clients[0]
  let early = client?.state === 'open'
  const { late, cancel } = alarm(session.deadlines.stall / 5)
  const opened = field.recorder.until('the handshake', 'preflight', () => client?.state !== 'connecting')
  if (!early) early = (await Promise.race([opened, late])) !== 'late' && client?.state === 'open'
  cancel()
  field.openAllGates()
  await opened
  if (client === undefined || client.state === 'refused' || client.state === 'connecting') {
    const refused = field.recorder.events.findLast((event) => event.kind === 'refused')
    const status = refused?.kind === 'refused' && refused.status !== null ? ` with status ${refused.status}` : ''
    throw new HostError(
      `${session.host.name} refused the handshake of the probe's channel main${status}: expected a WebSocket server there`,
    )
  }
  // Seen through to its end, so that none of its events falls into the first program.
  await closeConnection(field, 'preflight end', 0, { do: 'close' })
  return early
}
