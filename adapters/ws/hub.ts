/** The hub of a ws server: one loop over a topic's sockets, with the message encoded once. */
import { LocalEventHub, type Logger } from '../runtime/index.ts'
import { WebSocket } from 'ws'

/** A hub for `serveWs`, made beforehand where something else needs it too, such as HTTP functions (PUB-09). */
export function createHub(logger?: Logger): LocalEventHub<WebSocket> {
  return new LocalEventHub<WebSocket>(
    {
      deliver(_topic, encoded, sockets, excludeId) {
        const options = { binary: typeof encoded !== 'string' }
        const bytes = typeof encoded === 'string' ? Buffer.from(encoded) : encoded
        for (const [id, socket] of sockets) {
          // A socket that has begun to close takes no more; ws itself never throws for one that is open.
          if (id !== excludeId && socket.readyState === WebSocket.OPEN) socket.send(bytes, options)
        }
      },
    },
    logger,
  )
}
