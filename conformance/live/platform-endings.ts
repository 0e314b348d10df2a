/**
 * The end of a connection on a platform: its events may be lost, late or early, and its onDisconnect may run in any
 * invocation. Nothing is waited for that no invocation is left to do.
 */
import type { Client } from '../client.ts'
import { endsDisconnect, expectsDisconnect } from './expected-endings.ts'
import type { Field } from './field.ts'
import { handled, idle } from './invocations.ts'

/**
 * Waits until a connection that is ending has ended, as far as it is going to while the program holds up what it holds
 * up. `byClient`: its client has begun it, so that its socket closes whatever the system does.
 */
export async function endedOnPlatform(field: Field, client: Client, step: string, byClient: boolean): Promise<void> {
  const { recorder, invocations } = field
  const conn = recorder.aliases.get(client.physical) ?? ''
  const gone = (): boolean => client.state === 'closed' || client.state === 'refused'
  const closing = (): boolean => invocations.of(conn).closes > 0
  const quiet = (): boolean => !field.holdsAnyone() && handled(field, client) && !closing()
  const what = `the socket of ${conn} to close`
  if (byClient) await recorder.until(what, step, gone, { conn, what: 'the close' })
  else {
    await recorder.until(what, step, () => gone() || quiet())
    // The invocation that closes it may be one that another has asked for.
    if (!gone() && !field.holdsAnyone()) await idle(field)
    await recorder.until(what, step, () => gone() || quiet())
  }
  if (!gone()) {
    field.abandoned.add(client)
    if (!byClient && !field.faulty.has(client.physical))
      recorder.emit({ at: 'client', kind: 'absent', conn, what: 'the close', step, patience: 0 })
    return
  }
  if (field.heldUp(client)) return
  const accepted = recorder.events.some((event) => event.kind === 'open' && event.conn === conn)
  const comes = accepted && !['lost', 'late'].includes(field.faulty.get(client.physical)?.disconnect ?? '')
  const held = (): boolean =>
    field.holds(field.specOf(client)?.disconnect) &&
    recorder.events.some((event) => event.kind === 'enter' && event.conn === conn && event.handler === 'onDisconnect')
  await recorder.until(`the disconnect of ${conn} to return`, step, () => {
    const { open, ends } = invocations.of(conn)
    return held() || (open === 0 && (!comes || ends > 0))
  })
  const channelId = field.learnChannelId(client)
  if (channelId !== undefined && comes && !held()) field.closed.add(channelId)
}

/** Once every invocation has returned: a connection that is gone has ended, and an onDisconnect that was due and has not run is told of (LIFE-10). */
export function concludeEnding(field: Field, client: Client): void {
  const { recorder } = field
  const conn = recorder.aliases.get(client.physical)
  if (conn === undefined || (client.state !== 'closed' && client.state !== 'refused')) return
  if (field.faulty.has(client.physical) || field.invocations.killed) return
  const channelId = field.learnChannelId(client)
  if (channelId !== undefined) field.closed.add(channelId)
  if (field.abandoned.has(client) || !expectsDisconnect(field, client, conn)) return
  const ran = recorder.events.some((event) => event.kind === 'enter' && event.conn === conn && endsDisconnect(event))
  if (ran) return
  field.abandoned.add(client)
  recorder.emit({ at: 'client', kind: 'absent', conn, what: 'onDisconnect', patience: 0 })
}
