/**
 * `keys`, `keys-public` and `keys-protected`: one wiring on three channels whose own `auth` is absent, false and true.
 * Two routing keys hold the same actions, one for every combination of what a wiring entry and a function may say
 * (AUTH-01, AUTH-02), so that precedence between keys (ROUTE-06) shows as well.
 */
import type { ProbeApi } from '../api.ts'
import { type AuthOf, probeChannel } from '../channels.ts'
import type { ProbeHandlers } from '../handlers.ts'
import { refusesBad } from '../schemas.ts'

/** What a wiring entry and its function say, by action: `X over Y` is an entry that says X and a function that says Y. */
export const keysActions: Readonly<Record<string, AuthOf>> = {
  'absent over absent': {},
  'absent over true': { function: true },
  'absent over false': { function: false },
  'true over absent': { entry: true },
  'true over true': { entry: true, function: true },
  'true over false': { entry: true, function: false },
  'false over absent': { entry: false },
  'false over false': { entry: false, function: false },
  /** The function itself in place of an entry. */
  bare: {},
  /** Protected, with an input schema that refuses data with a property `bad` (AUTH-09). */
  strict: { function: true, refusesBad: true },
}

/** An action that only the first or only the second key has. */
export const loneActions = { action: 'first only', kind: 'second only' } as const

const keys = ['action', 'kind'] as const

function keysChannel(name: string, route: string, auth: boolean | undefined) {
  // An entry of its own for onMessage, once.
  const handlers: Record<string, AuthOf> = {
    onMessage: auth === true ? { entry: false } : {},
    'action:fence': { function: false },
  }
  for (const key of keys) {
    for (const [action, says] of Object.entries(keysActions)) handlers[`${key}:${action}`] = says
    handlers[`${key}:${loneActions[key]}`] = { function: false }
  }
  return probeChannel({
    name,
    route,
    keys,
    fence: { key: 'action', action: 'fence' },
    onConnect: true,
    onDisconnect: true,
    onMessage: true,
    handlers: Object.keys(handlers).filter((handler) => handler !== 'onMessage'),
    validated: keys.map((key) => `${key}:strict`),
    auth: { channel: auth, handlers },
  })
}

export const keysPlain = keysChannel('keys', '/keys', undefined)
export const keysPublic = keysChannel('keys-public', '/keys-public', false)
export const keysProtected = keysChannel('keys-protected', '/keys-protected', true)

const wireKeys =
  ({ name, route, auth }: typeof keysPlain) =>
  (api: ProbeApi, handlers: ProbeHandlers): void => {
    const actionsOf = (key: 'action' | 'kind') => ({
      ...Object.fromEntries(
        Object.entries(keysActions).map(([action, says]) => [action, entryOf(api, handlers, key, action, says)]),
      ),
      [loneActions[key]]: api.pikkuChannelFunc({ func: handlers.scripted(`${key}:${loneActions[key]}`), auth: false }),
    })
    const onMessage = api.pikkuChannelFunc(handlers.scripted('onMessage'))
    api.wireChannel({
      name,
      route,
      ...(auth?.channel === undefined ? {} : { auth: auth.channel }),
      onConnect: api.pikkuChannelConnectionFunc(handlers.connect),
      onDisconnect: api.pikkuChannelDisconnectionFunc(handlers.disconnect),
      onMessage: auth?.handlers.onMessage?.entry === false ? { func: onMessage, auth: false } : onMessage,
      onMessageWiring: {
        action: { ...actionsOf('action'), fence: api.pikkuChannelFunc({ func: handlers.fence, auth: false }) },
        kind: actionsOf('kind'),
      },
    })
  }

function entryOf(api: ProbeApi, handlers: ProbeHandlers, key: string, action: string, says: AuthOf): unknown {
  const func = handlers.scripted(`${key}:${action}`)
  const settings = says.function === undefined ? { func } : { func, auth: says.function }
  // Plain functions may say all that others do (ROUTE-10).
  const make = key === 'kind' ? api.pikkuFunc : api.pikkuChannelFunc
  const made = make(says.refusesBad === true ? { ...settings, input: refusesBad } : settings)
  if (action === 'bare') return made
  return says.entry === undefined ? { func: made } : { func: made, auth: says.entry }
}

export const keysWirings = [keysPlain, keysPublic, keysProtected].map((channel) => ({ channel, wire: wireKeys(channel) }))
