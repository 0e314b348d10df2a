/** `mute`: nothing wired that takes a message, neither actions nor onMessage (ROUTE-04). */
import type { ProbeApi } from '../api.ts'
import { probeChannel } from '../channels.ts'
import type { ProbeHandlers } from '../handlers.ts'

export const mute = probeChannel({
  name: 'mute',
  route: '/mute',
  keys: [],
  fence: 'none',
  onConnect: true,
  onDisconnect: true,
  onMessage: false,
  handlers: [],
})

export function wireMute(api: ProbeApi, handlers: ProbeHandlers): void {
  api.wireChannel({
    name: mute.name,
    route: mute.route,
    onConnect: api.pikkuChannelConnectionFunc(handlers.connect),
    onDisconnect: api.pikkuChannelDisconnectionFunc(handlers.disconnect),
  })
}
