/** The hub of a uWebSockets.js server: topics are the transport's own, so that a publish is one native call. */
import type { TemplatedApp } from 'uWebSockets.js'
import { LocalEventHub, type Logger } from '../runtime/index.ts'
import type { Connection } from './connection.ts'

/** A hub over native topics; `attach` gives it the app that publishes. */
export interface UwsHub extends LocalEventHub<Connection> {
  attach(app: TemplatedApp): void
}

/** A hub for `serveUws`, made beforehand where something else needs it too, such as HTTP functions (PUB-09). */
export function createHub(logger?: Logger): UwsHub {
  let app: TemplatedApp | undefined
  const hub = new LocalEventHub<Connection>(
    {
      deliver(topic, encoded, sockets, excludeId) {
        const binary = typeof encoded !== 'string'
        const excluded = excludeId === null ? undefined : sockets.get(excludeId)
        // A socket publishes to everyone but itself, and only where it is subscribed to that very topic itself.
        if (excluded?.live === true) excluded.socket.publish(native(topic), encoded, binary)
        else app?.publish(native(topic), encoded, binary)
      },
      entered(topic, { live, socket }) {
        if (live) socket.subscribe(native(topic))
      },
      left(topic, { live, socket }) {
        // A socket that has closed has left every topic, and every call on it throws.
        if (live) socket.unsubscribe(native(topic))
      },
    },
    logger,
  )
  return Object.assign(hub, {
    attach(to: TemplatedApp) {
      app = to
    },
  })
}

/** The transport's name of a topic: never empty, whatever the topic is. */
function native(topic: string): string {
  return `t${topic}`
}
