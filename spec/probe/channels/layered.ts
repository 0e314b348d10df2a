/** `layered`: two middleware around every event, driven by the connection's script; protected unless said otherwise (AUTH-13, AUTH-14). */
import type { ProbeApi } from '../api.ts'
import { type AuthOf, probeChannel } from '../channels.ts'
import type { ProbeHandlers } from '../handlers.ts'
import { refusesBad } from '../schemas.ts'

const handlersOf: Readonly<Record<string, AuthOf>> = {
  onMessage: { function: false },
  'action:fence': { function: false },
  'action:probe': { function: false },
  'action:protected': { function: true },
  'action:strict': { function: false, refusesBad: true },
}

export const layered = probeChannel({
  name: 'layered',
  route: '/layered',
  keys: ['action'],
  fence: { key: 'action', action: 'fence' },
  onConnect: true,
  onDisconnect: true,
  onMessage: true,
  auth: { handlers: handlersOf },
})

export function wireLayered(api: ProbeApi, handlers: ProbeHandlers): void {
  api.wireChannel({
    name: layered.name,
    route: layered.route,
    middleware: [handlers.middleware('outer'), handlers.middleware('inner')],
    onConnect: api.pikkuChannelConnectionFunc(handlers.connect),
    onDisconnect: api.pikkuChannelDisconnectionFunc(handlers.disconnect),
    onMessage: api.pikkuChannelFunc({ func: handlers.scripted('onMessage'), auth: false }),
    onMessageWiring: {
      action: {
        fence: api.pikkuChannelFunc({ func: handlers.fence, auth: false }),
        probe: api.pikkuChannelFunc({ func: handlers.scripted('action:probe'), auth: false }),
        protected: api.pikkuChannelFunc({ func: handlers.scripted('action:protected'), auth: true }),
        strict: api.pikkuChannelFunc({ func: handlers.scripted('action:strict'), auth: false, input: refusesBad }),
      },
    },
  })
}
