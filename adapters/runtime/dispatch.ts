/**
 * The dispatcher: what a connection's events lead to. It keeps no state, so that it serves connections of this
 * process and of stores alike.
 */
import { noHandlerMessage, shownRouteLength, UnknownRouteError } from '../../spec/errors.ts'
import type { CompiledChannel, Handler } from './compile.ts'
import { encodeError } from './encode.ts'
import { type HeldRoute, Invocation } from './invocation.ts'
import { setOwn } from './json.ts'
import { report } from './logger.ts'
import type { ChannelPort } from './ports.ts'
import { isPromise } from './promises.ts'

/** A message as it came in: text, or bytes that nobody else holds. */
export type Incoming = string | Uint8Array

/** Runs onConnect; resolves, once it has settled, to whether it succeeded, and undefined means there is none. */
export function dispatchConnect(port: ChannelPort): Promise<boolean> | undefined {
  const { onConnect } = port.channel
  return onConnect && new Invocation(port, 'connect', onConnect, port.openingData(), undefined).run()
}

/** Runs onDisconnect; resolves once it has settled, and undefined means there is none. */
export function dispatchDisconnect(port: ChannelPort): Promise<boolean> | undefined {
  const { onDisconnect } = port.channel
  if (onDisconnect === undefined) return undefined
  const data = port.openingData()
  setOwn(data, 'channelId', port.channelId)
  return new Invocation(port, 'disconnect', onDisconnect, data, undefined).run()
}

/** Handles one message; resolves once its handler has settled, and undefined means it is dealt with already. */
export function dispatchMessage(port: ChannelPort, incoming: Incoming): Promise<boolean> | undefined {
  const { channel } = port
  const message = typeof incoming === 'string' ? parse(incoming) : incoming
  const fields = typeof incoming === 'string' && isObject(message) ? message : undefined
  const held = fields && heldRoute(channel, fields)
  for (const { key, actions } of fields === undefined ? [] : channel.routing) {
    const action = stringAt(fields, key)
    const handler = action === undefined ? undefined : actions.get(action)
    if (handler !== undefined) return new Invocation(port, 'message', handler, without(fields, key), held).run()
  }
  const handler: Handler | undefined = channel.onMessage
  if (handler !== undefined) return new Invocation(port, 'message', handler, message, held).run()
  return refuse(port, fields, held)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Own properties only: what a message inherits was not sent (ROUTE-05).
function stringAt(fields: Record<string, unknown> | undefined, key: string): string | undefined {
  if (fields === undefined || !Object.hasOwn(fields, key)) return undefined
  const value = fields[key]
  return typeof value === 'string' ? value : undefined
}

function heldRoute(channel: CompiledChannel, fields: Record<string, unknown>): HeldRoute {
  for (const { key } of channel.routing) {
    const value = stringAt(fields, key)
    if (value !== undefined) return { key, value }
  }
  return undefined
}

/** The message less its routing key. A rest element defines properties, so that `__proto__` stays one (ROUTE-02, ROUTE-05). */
function without(fields: Record<string, unknown> | undefined, key: string): Record<string, unknown> {
  const { [key]: _routed, ...rest } = fields ?? {}
  return rest
}

function refuse(port: ChannelPort, fields: Record<string, unknown> | undefined, held: HeldRoute): Promise<boolean> | undefined {
  const { channel, channelId, environment } = port
  const error = new UnknownRouteError(describeRoute(channel, fields))
  const details = { channel: channel.name, channelId, event: 'message', reason: error.name }
  report(environment.logger, 'warn', 'channel: refused', details)
  // Where the client has gone there is nobody to answer.
  const answered = (): boolean => true
  try {
    const accepted = port.transmit(encodeError(error, held))
    return isPromise(accepted) ? accepted.then(answered, answered) : undefined
  } catch {
    return undefined
  }
}

function describeRoute(channel: CompiledChannel, fields: Record<string, unknown> | undefined): string {
  const first = channel.routing[0]
  if (first === undefined) return noHandlerMessage
  const value = stringAt(fields, first.key)
  if (value === undefined) return `No handler for a message without "${first.key}"`
  return `No handler for "${first.key}": "${Array.from(value.slice(0, 2 * shownRouteLength))
    .slice(0, shownRouteLength)
    .join('')}"`
}
