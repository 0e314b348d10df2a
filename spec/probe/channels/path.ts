/**
 * `path`, `path-literal` and `path-deep`: routes with parameters beside a literal one that competes with them
 * (ROUTE-11, LIFE-04). `path-deep` shares its beginning with the literal route, so that a match has to turn back.
 */
import type { ProbeApi } from '../api.ts'
import { probeChannel } from '../channels.ts'
import type { ProbeHandlers } from '../handlers.ts'

const pathChannel = (name: string, route: string) =>
  probeChannel({
    name,
    route,
    keys: ['action'],
    fence: { key: 'action', action: 'fence' },
    onConnect: true,
    onDisconnect: true,
    onMessage: true,
    handlers: ['action:probe', 'action:fence'],
    capabilities: ['pathParameters'],
  })

export const path = pathChannel('path', '/path/:name')
export const pathLiteral = pathChannel('path-literal', '/path/fixed')
export const pathDeep = pathChannel('path-deep', '/path/:name/:part')

const wirePath =
  ({ name, route }: typeof path) =>
  (api: ProbeApi, handlers: ProbeHandlers): void =>
    api.wireChannel({
      name,
      route,
      auth: false,
      onConnect: api.pikkuChannelConnectionFunc(handlers.connect),
      onDisconnect: api.pikkuChannelDisconnectionFunc(handlers.disconnect),
      onMessage: api.pikkuChannelFunc(handlers.scripted('onMessage')),
      onMessageWiring: {
        action: { probe: api.pikkuChannelFunc(handlers.scripted('action:probe')), fence: api.pikkuChannelFunc(handlers.fence) },
      },
    })

export const pathWirings = [path, pathLiteral, pathDeep].map((channel) => ({ channel, wire: wirePath(channel) }))
