/** `strict`: an action for every temper a schema can have, one without a schema, and a picky onMessage (VALID). */
import type { ProbeApi } from '../api.ts'
import { probeChannel } from '../channels.ts'
import type { ProbeHandlers } from '../handlers.ts'
import { strictSchema, strictSchemas } from '../strict-schemas.ts'

const validated = Object.keys(strictSchemas)
const plain: ReadonlySet<string> = new Set(['becomes', 'throws'])

export const strict = probeChannel({
  name: 'strict',
  route: '/strict',
  keys: ['action'],
  fence: { key: 'action', action: 'fence' },
  onConnect: true,
  onDisconnect: true,
  onMessage: true,
  handlers: [...validated, 'free', 'fence'].map((action) => `action:${action}`),
  validated: ['onMessage', ...validated.map((action) => `action:${action}`)],
})

export function wireStrict(api: ProbeApi, handlers: ProbeHandlers): void {
  const guarded = (action: string): [string, unknown] => {
    // Plain functions have schemas, too (ROUTE-10).
    const make = plain.has(action) ? api.pikkuFunc : api.pikkuChannelFunc
    const made = make({ func: handlers.scripted(`action:${action}`), input: strictSchema(action) })
    return [action, { func: made }]
  }
  api.wireChannel({
    name: strict.name,
    route: strict.route,
    auth: false,
    onConnect: api.pikkuChannelConnectionFunc(handlers.connect),
    onDisconnect: api.pikkuChannelDisconnectionFunc(handlers.disconnect),
    onMessage: api.pikkuChannelFunc({ func: handlers.scripted('onMessage'), input: strictSchema('picky') }),
    onMessageWiring: {
      action: {
        ...Object.fromEntries(validated.map(guarded)),
        free: api.pikkuChannelFunc(handlers.scripted('action:free')),
        fence: api.pikkuChannelFunc(handlers.fence),
      },
    },
  })
}
