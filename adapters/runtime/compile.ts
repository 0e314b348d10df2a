/** Turns a wiring into what is looked up while messages flow, refusing what the contract refuses. */
import type { ChannelWiring, HandlerServices, Middleware, StandardSchema } from '../../spec/application.ts'
import { reservedRoutingKeys } from '../../spec/errors.ts'
import { type RouteTag, routeTag } from './encode.ts'
import { parseRoute } from './route-pattern.ts'

/** A function as events run it. */
export interface Handler {
  readonly func: (services: HandlerServices, data: unknown, session: unknown) => unknown
  readonly requiresSession: boolean
  readonly input: StandardSchema | undefined
  readonly output: StandardSchema | undefined
  /** Of a routed handler: what its replies carry (SEND-03). */
  readonly tag: RouteTag | undefined
}

/** A routing key with its actions; a Map has no prototype to confuse a lookup with (ROUTE-05). */
export interface RoutingKey {
  readonly key: string
  readonly actions: ReadonlyMap<string, Handler>
}

/** A channel as events run it. */
export interface CompiledChannel {
  readonly name: string
  readonly route: string
  readonly onConnect: Handler | undefined
  readonly onDisconnect: Handler | undefined
  readonly onMessage: Handler | undefined
  /** In the order declared (ROUTE-06). */
  readonly routing: readonly RoutingKey[]
  readonly openingData: StandardSchema | undefined
  readonly middleware: readonly Middleware[]
}

interface MadeFunction {
  kind: string
  func: Handler['func']
  auth?: boolean
  input?: StandardSchema
  output?: StandardSchema
}

/**
 * Compiles one wiring.
 * @throws Error naming the channel and what is wrong with it
 */
export function compileChannel(wiring: ChannelWiring): CompiledChannel {
  const { name, route, auth, middleware = [] } = wiring
  if (typeof name !== 'string' || name === '') throw new Error('a channel needs a name')
  const where = `channel "${name}"`
  parseRoute(route)
  if (auth !== undefined && typeof auth !== 'boolean') throw new Error(`${where}: auth must be true or false`)
  if (!Array.isArray(middleware) || middleware.some((each) => typeof each !== 'function')) {
    throw new Error(`${where}: middleware must be a list of functions`)
  }
  const message = (entry: unknown, place: string, tag?: RouteTag) => compileEntry(entry, `${where}: ${place}`, auth ?? true, tag)
  return {
    name,
    route,
    onConnect: wiring.onConnect && compileLifecycle(wiring.onConnect, 'connection', `${where}: onConnect`),
    onDisconnect: wiring.onDisconnect && compileLifecycle(wiring.onDisconnect, 'disconnection', `${where}: onDisconnect`),
    onMessage: wiring.onMessage && message(wiring.onMessage, 'onMessage'),
    routing: Object.entries(wiring.onMessageWiring ?? {}).map(([key, actions]) => {
      if ((reservedRoutingKeys as readonly string[]).includes(key)) {
        throw new Error(`${where}: "${key}" cannot be a routing key, since replies use it themselves`)
      }
      const compiled = Object.entries(actions).map(
        ([action, entry]) => [action, message(entry, `${key} "${action}"`, routeTag(key, action))] as const,
      )
      return { key, actions: new Map(compiled) }
    }),
    openingData: wiring.openingData,
    middleware: [...middleware],
  }
}

function compileLifecycle(made: unknown, kind: string, where: string): Handler {
  if (!isMade(made) || made.kind !== kind) throw new Error(`${where} must be a ${kind} function`)
  return { func: made.func, requiresSession: false, input: made.input, output: made.output, tag: undefined }
}

function compileEntry(entry: unknown, where: string, channelAuth: boolean, tag: RouteTag | undefined): Handler {
  const { func, auth } = isMade(entry) ? { func: entry, auth: undefined } : ((entry ?? {}) as { func?: unknown; auth?: boolean })
  if (!isMade(func) || (func.kind !== 'message' && func.kind !== 'function')) {
    throw new Error(`${where} must be a function made by pikkuChannelFunc or pikkuFunc, or { func, auth? } with one`)
  }
  if (auth !== undefined && typeof auth !== 'boolean') throw new Error(`${where}: auth must be true or false`)
  if (auth === false && func.auth === true) {
    throw new Error(`${where}: auth: false cannot lower the auth: true of the function itself`)
  }
  const requiresSession = auth ?? func.auth ?? channelAuth
  return { func: func.func, requiresSession, input: func.input, output: func.output, tag }
}

/** A wiring entry's `func` is an object, a made function's is the function itself. */
function isMade(value: unknown): value is MadeFunction {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && typeof (value as { func?: unknown }).func === 'function'
  )
}
