/** `main`: every kind of handler wired, public by default, with one protected action and actions named like prototype members. */
import type { ProbeApi } from '../api.ts'
import { probeChannel } from '../channels.ts'
import type { ProbeHandlers } from '../handlers.ts'

/** Actions any client may use; one without a name, and one whose name JSON and normalisation would change. */
export const mainActions = ['probe', 'other', 'toString', 'constructor', '__proto__', '', 'cafe\u0301 "\\"'] as const
/** The last of them. */
export const oddAction = mainActions[6]

export const main = probeChannel({
  name: 'main',
  route: '/main',
  keys: ['action'],
  fence: { key: 'action', action: 'fence' },
  onConnect: true,
  onDisconnect: true,
  onMessage: true,
  handlers: [...mainActions, 'protected', 'fence'].map((action) => `action:${action}`),
  auth: {
    channel: false,
    handlers: Object.fromEntries([
      ...['onMessage', 'action:fence', ...mainActions.map((name) => `action:${name}`)].map((handler) => [
        handler,
        { function: false },
      ]),
      ['action:protected', { function: true }],
    ]),
  },
})

export function wireMain(api: ProbeApi, handlers: ProbeHandlers): void {
  const actions: [string, unknown][] = mainActions.map((name) => [
    name,
    { func: api.pikkuChannelFunc({ func: handlers.scripted(`action:${name}`), auth: false }) },
  ])
  const guarded = api.pikkuChannelFunc({ func: handlers.scripted('action:protected'), auth: true })
  const fence = api.pikkuChannelFunc({ func: handlers.fence, auth: false })
  api.wireChannel({
    name: main.name,
    route: main.route,
    auth: false,
    onConnect: api.pikkuChannelConnectionFunc(handlers.connect),
    onDisconnect: api.pikkuChannelDisconnectionFunc(handlers.disconnect),
    onMessage: api.pikkuChannelFunc({ func: handlers.scripted('onMessage'), auth: false }),
    onMessageWiring: {
      // fromEntries defines own properties, `__proto__` among them, where a literal would set the prototype.
      action: Object.fromEntries([...actions, ['protected', { func: guarded }], ['fence', { func: fence }]]),
    },
  })
}
