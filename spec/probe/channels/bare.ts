/** `bare`: no onConnect, no onDisconnect, no onMessage; two routing keys, so that it shows which of them a refusal names. */
import type { ProbeApi } from '../api.ts'
import { probeChannel } from '../channels.ts'
import type { ProbeHandlers } from '../handlers.ts'

export const bare = probeChannel({
  name: 'bare',
  route: '/bare',
  keys: ['action', 'kind'],
  fence: { key: 'action', action: 'fence' },
  onConnect: false,
  onDisconnect: false,
  onMessage: false,
  handlers: ['action:probe', 'action:fence', 'kind:second only'],
  auth: {
    handlers: { 'action:probe': { entry: false }, 'action:fence': { entry: false }, 'kind:second only': { entry: false } },
  },
})

export function wireBare(api: ProbeApi, handlers: ProbeHandlers): void {
  api.wireChannel({
    name: bare.name,
    route: bare.route,
    onMessageWiring: {
      action: {
        probe: { func: api.pikkuChannelFunc(handlers.scripted('action:probe')), auth: false },
        fence: { func: api.pikkuChannelFunc(handlers.fence), auth: false },
      },
      kind: { 'second only': { func: api.pikkuChannelFunc(handlers.scripted('kind:second only')), auth: false } },
    },
  })
}
