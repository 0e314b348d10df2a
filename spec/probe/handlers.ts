/** The handlers every channel of the probe is made of: each runs the script it was sent. */
import type { StandardSchema } from '../application.ts'
import type { MiddlewareAt } from '../history.ts'
import type { ProbeFunction } from './api.ts'
import type { ProbeHost, ProbeServices } from './environment.ts'
import { type Middleware, scriptedMiddleware } from './middleware.ts'
import { openingSchema } from './opening-schema.ts'
import { type ConnectionScript, type Op, unpackScript } from './ops.ts'
import { runHandler } from './script.ts'

/** Handlers over one hosted probe. */
export interface ProbeHandlers {
  /** Runs the ops of its data; `handler` is 'onMessage' or 'key:action'. */
  scripted(handler: string): ProbeFunction
  /** Answers a fence with its id. */
  fence: ProbeFunction
  connect: ProbeFunction
  disconnect: ProbeFunction
  /** Middleware that does what the connection's script says; the kit's own fences pass it untouched. */
  middleware(which: MiddlewareAt['which']): Middleware
  /** Does what a handshake's query asks of it, at once or when its script's gate is open. */
  openingSchema: StandardSchema
}

const scriptOf = (services: ProbeServices): ConnectionScript | undefined => unpackScript(services.channel.openingData)

/** Makes the handlers of one channel, `wired`, of a hosted probe. */
export function probeHandlers(host: ProbeHost, wired: string): ProbeHandlers {
  return {
    scripted: (handler) => (services, data, session) => {
      const message = (typeof data === 'object' && data !== null ? data : {}) as { id?: unknown; ops?: unknown; fence?: unknown }
      if (handler === 'onMessage' && typeof message.fence === 'string') return { fence: message.fence }
      const step = typeof message.id === 'string' ? message.id : undefined
      const ops = Array.isArray(message.ops) ? (message.ops as Op[]) : []
      return runHandler(host, { handler, wired, services, data, session, conn: scriptOf(services)?.conn, step }, ops)
    },
    fence: (_services, data) => ({ fence: (data as { fence: unknown }).fence }),
    connect: (services, data, session) => {
      const script = scriptOf(services)
      return runHandler(
        host,
        { handler: 'onConnect', wired, services, data, session, conn: script?.conn, step: script?.step },
        script?.connect ?? [],
      )
    },
    disconnect: (services, data, session) => {
      const script = scriptOf(services)
      const step = script === undefined ? undefined : `${script.step}~`
      return runHandler(
        host,
        { handler: 'onDisconnect', wired, services, data, session, conn: script?.conn, step },
        script?.disconnect ?? [],
      )
    },
    middleware: (which) => scriptedMiddleware(host, wired, which),
    openingSchema: openingSchema(host),
  }
}
