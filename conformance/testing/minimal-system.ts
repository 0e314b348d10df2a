/**
 * The plainest system there is: main's handlers over `ws`, one map of topics, one promise chain per connection. The
 * engine's own tests run on it, so that they stand on no reference adapter; `faults` makes it wrong on purpose.
 */
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ProbeFunction } from '../../spec/probe/api.ts'
import type { System } from '../../spec/system.ts'

/** Ways in which it can be wrong. */
export interface Faults {
  /** Exclusion is ignored; or so, now and then, on a topic with so many subscribers. */
  excludesNobody?: boolean | ((subscribers: number) => boolean)
  /** Handlers of one connection overlap. */
  overlaps?: boolean
  /** Whoever has connected is sent a message. */
  greets?: boolean
  /** Messages are never answered. */
  hangs?: boolean
}

interface Wiring {
  route: string
  onConnect?: ProbeFunction
  onDisconnect?: ProbeFunction
  onMessage?: ProbeFunction
  onMessageWiring?: Record<string, Record<string, { func: ProbeFunction }>>
}

const func = (of: ProbeFunction | { func: ProbeFunction }): ProbeFunction => (typeof of === 'function' ? of : of.func)

/** Makes the system, with these faults. */
export function minimalSystem(faults: Faults = {}): System {
  return {
    name: 'minimal',
    capabilities: ['stateful', 'ordered'],
    async start(probe, options) {
      const routes = new Map<string, Wiring>()
      const api = {
        wireChannel: (wiring: Wiring) => routes.set(wiring.route, wiring),
        pikkuFunc: func,
        pikkuChannelFunc: func,
        pikkuChannelConnectionFunc: func,
        pikkuChannelDisconnectionFunc: func,
        PublicError: Error,
        UnauthorizedError: Error,
        ForbiddenError: Error,
      }
      probe.wire(api as never)
      const topics = new Map<string, Set<string>>()
      const sockets = new Map<string, WebSocket>()
      const hub = {
        subscribe: async (topic: string, id: string) => void topics.set(topic, (topics.get(topic) ?? new Set()).add(id)),
        unsubscribe: async (topic: string, id: string) => void topics.get(topic)?.delete(id),
        async publish(topic: string, excludeId: string | null, payload: unknown) {
          const ids = topics.get(topic) ?? new Set()
          const { excludesNobody = false } = faults
          const ignored = typeof excludesNobody === 'function' ? excludeId !== null && excludesNobody(ids.size) : excludesNobody
          for (const id of ids) {
            if (id !== excludeId || ignored) sockets.get(id)?.send(JSON.stringify(payload))
          }
        },
      }
      const server = new WebSocketServer({ host: options.host, port: options.port })
      server.on('connection', (socket, request) => {
        const { pathname, searchParams } = new URL(request.url ?? '', 'ws://localhost')
        const wiring = routes.get(pathname)
        if (wiring === undefined) return socket.close()
        const channelId = randomUUID()
        sockets.set(channelId, socket)
        const channel = {
          channelId,
          openingData: Object.fromEntries(searchParams),
          state: 'open',
          send: async (value: unknown) => socket.send(JSON.stringify(value)),
          close: async () => socket.close(1000),
        }
        const session = { get: async () => undefined, set: async () => {}, clear: async () => {} }
        const services = { ...probe.singletonServices, channel, eventHub: hub, userSession: session }
        if (faults.greets) socket.send('{"welcome":1}')
        let queue: Promise<unknown> = Promise.resolve(wiring.onConnect?.(services, channel.openingData))
        socket.on('message', (data) => {
          if (faults.hangs) return
          const message = JSON.parse(String(data)) as Record<string, unknown>
          const handle = async (): Promise<void> => {
            const { action, ...rest } = message
            const result = await wiring.onMessageWiring?.action?.[action as string]?.func(services, rest)
            socket.send(JSON.stringify({ ...(result as object | undefined), action }))
          }
          queue = faults.overlaps ? handle() : queue.then(handle)
        })
        socket.on('close', () => {
          sockets.delete(channelId)
          for (const ids of topics.values()) ids.delete(channelId)
          channel.state = 'closed'
          queue.then(() => wiring.onDisconnect?.(services, { ...channel.openingData, channelId }))
        })
      })
      await new Promise((resolve) => server.once('listening', resolve))
      return {
        url: `ws://${options.host}:${(server.address() as AddressInfo).port}`,
        hub,
        residue: async () => ({
          channels: [...sockets.keys()],
          subscriptions: [...topics].flatMap(([topic, ids]) => [...ids].map((id): [string, string] => [topic, id])),
        }),
        async stop() {
          for (const socket of sockets.values()) socket.terminate()
          await new Promise((resolve) => server.close(resolve))
        },
      }
    },
  }
}
