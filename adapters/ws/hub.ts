/** The hub of a ws server: one loop over a topic's sockets, with one frame for all of them. */
import { LocalEventHub, type Logger } from '../runtime/index.ts'
import type { Connection } from './connection.ts'
import { frameOf } from './frame.ts'

/** A hub for `serveWs`, made beforehand where something else needs it too, such as HTTP functions (PUB-09). */
export function createHub(logger?: Logger): LocalEventHub<Connection> {
  return new LocalEventHub<Connection>(
    {
      deliver(_topic, encoded, connections, excludeId) {
        const frame = frameOf(encoded)
        for (const [id, connection] of connections) if (id !== excludeId) connection.deliver(frame)
      },
    },
    logger,
  )
}
