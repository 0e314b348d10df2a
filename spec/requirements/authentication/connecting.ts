/** Connecting and disconnecting need no session (AUTH-03). */
import { probeChannels } from '../../probe/channels/index.ts'
import { broken, kept, requirement } from '../../requirement.ts'
import type { Connection } from '../../run/run.ts'
import type { Json } from '../../values.ts'
import { absent, leftWhileConnecting } from '../lifecycle/endings.ts'
import { readingsOf } from './readings.ts'

export const auth03 = requirement({
  id: 'AUTH-03',
  title: 'Connecting and disconnecting are never held up or refused for want of a session',
  level: 'must',
  area: 'authentication',
  since: '1.0',
  clauses: {
    connecting: { promise: 'a client without a session connects to a protected channel, and onConnect runs', needs: ['trace'] },
    disconnecting: {
      promise: 'onDisconnect of a protected channel runs for a client that never had a session',
      needs: ['trace'],
    },
  },
  source: { seed: 'guide', quote: 'Connections can be established without blocking on authentication' },
  *judge(run) {
    for (const connection of run.connections) {
      const channel = probeChannels.get(connection.channel)
      if (channel?.auth === undefined || channel.auth.channel === false || !channel.onConnect) continue
      if (connection.connect === undefined || !plain(connection) || (readingsOf(run).writes.get(connection) ?? []).length > 0)
        continue
      const connected = connection.calls.find((call) => call.handler === 'onConnect')
      if (connected !== undefined && connection.open !== undefined) yield kept('connecting', connection.connect, connected.enter)
      else if (
        connected === undefined &&
        (connection.refused !== undefined || (connection.closed !== undefined && connection.ending === connection.closed))
      ) {
        yield broken('connecting', {
          events: [connection.connect, connection.open, connection.refused ?? connection.closed],
          expected: `${connection.name} connected to the protected channel ${channel.name}, and its onConnect run: connecting needs no session`,
          observed:
            connection.refused !== undefined
              ? `the handshake was refused with ${connection.refused.status ?? 'no status'}`
              : `it was closed with ${connection.closed?.code} and onConnect never ran`,
        })
      }
      const gone = connection.calls.find((call) => call.handler === 'onDisconnect')
      if (gone !== undefined) yield kept('disconnecting', connection.closed ?? connection.ending, gone.enter)
      const missed = absent(run, connection, 'onDisconnect')
      if (gone !== undefined || missed === undefined || connection.closed === undefined) continue
      if (connected?.leave?.outcome === 'ok' && !leftWhileConnecting(run, connection)) {
        yield broken('disconnecting', {
          events: [connection.closed, missed],
          expected: `onDisconnect of ${connection.name} run: disconnecting needs no session`,
          observed: `it had not begun ${missed.patience} ms after everything else was over`,
        })
      }
    }
  },
})

/** Nothing that the program asked for could keep it from connecting. */
function plain({ spec }: Connection): boolean {
  if (spec.query !== undefined || spec.path !== undefined || spec.protocols !== undefined || spec.middleware !== undefined)
    return false
  return ((spec.connect ?? []) as { [key: string]: Json }[]).every((op) => op.op !== 'throw' && op.op !== 'close')
}
