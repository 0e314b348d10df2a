/** `opened`: its opening data goes through a schema that does what the query asks of it (LIFE-02, LIFE-22). */
import type { ProbeApi } from '../api.ts'
import { probeChannel } from '../channels.ts'
import type { ProbeHandlers } from '../handlers.ts'

export const opened = probeChannel({
  name: 'opened',
  route: '/opened',
  keys: ['action'],
  fence: { key: 'action', action: 'fence' },
  onConnect: true,
  onDisconnect: true,
  onMessage: false,
})

export function wireOpened(api: ProbeApi, handlers: ProbeHandlers): void {
  api.wireChannel({
    name: opened.name,
    route: opened.route,
    auth: false,
    openingData: handlers.openingSchema,
    onConnect: api.pikkuChannelConnectionFunc(handlers.connect),
    onDisconnect: api.pikkuChannelDisconnectionFunc(handlers.disconnect),
    onMessageWiring: {
      action: { probe: api.pikkuChannelFunc(handlers.scripted('action:probe')), fence: api.pikkuChannelFunc(handlers.fence) },
    },
  })
}
