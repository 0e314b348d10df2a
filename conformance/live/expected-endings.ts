/** Whether onDisconnect is due for a connection that has ended, and which events show that it is over. */
import type { Client } from '../client.ts'
import type { Field } from './field.ts'

/** Whether onDisconnect must run for a connection that has ended, as far as the trace shows. */
export function expectsDisconnect(field: Field, client: Client, conn: string): boolean {
  return client.channel.onDisconnect && field.session.observes.has('trace') && connectSucceeded(field, conn)
}

/** Middleware that calls no `next` keeps onDisconnect from running; its own end is then the disconnect's. */
export const endsDisconnect = ({ handler, step }: { handler: string; step?: string | undefined }): boolean =>
  handler === 'onDisconnect' || (handler === 'middleware' && step?.endsWith('~') === true)

function connectSucceeded(field: Field, conn: string): boolean {
  const { events } = field.recorder
  const leave = events.find((event) => event.kind === 'leave' && event.handler === 'onConnect' && event.conn === conn)
  // A handshake refused before any handler ran was no connection.
  const refused = events.some((event) => event.kind === 'refused' && event.conn === conn)
  if (leave === undefined && refused && !events.some((event) => event.kind === 'enter' && event.conn === conn)) return false
  return leave === undefined || (leave.kind === 'leave' && leave.outcome === 'ok')
}
