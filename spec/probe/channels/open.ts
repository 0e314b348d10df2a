/** `open`: public by the channel's own setting, with a plain `pikkuFunc` as onMessage and as an action (ROUTE-10). */
import type { ProbeApi } from '../api.ts'
import { probeChannel } from '../channels.ts'
import type { ProbeHandlers } from '../handlers.ts'

export const open = probeChannel({
  name: 'open',
  route: '/open',
  keys: ['action'],
  fence: null,
  onConnect: false,
  onDisconnect: true,
  onMessage: true,
  handlers: ['action:plain'],
  auth: { channel: false, handlers: { onMessage: {}, 'action:plain': {} } },
})

export function wireOpen(api: ProbeApi, handlers: ProbeHandlers): void {
  api.wireChannel({
    name: open.name,
    route: open.route,
    auth: false,
    onDisconnect: api.pikkuChannelDisconnectionFunc(handlers.disconnect),
    onMessage: api.pikkuFunc(handlers.scripted('onMessage')),
    onMessageWiring: { action: { plain: api.pikkuFunc(handlers.scripted('action:plain')) } },
  })
}
