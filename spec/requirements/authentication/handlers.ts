/** Which handler a message is for, and what the wiring says of its `auth`. */

import { probeChannels } from '../../probe/channels/index.ts'
import type { AuthOf } from '../../probe/channels.ts'
import type { Message } from '../../run/run.ts'

/** A message handler of the probe, with everything said of its `auth`. */
export interface AuthTarget extends AuthOf {
  handler: string
  /** What its channel says. */
  channel?: boolean | undefined
  /** Whether it needs a session: wiring entry, then function, then channel, then true (AUTH-02). */
  required: boolean
}

/** The handler of this name, on channels of which it is known what their wiring says. */
export function authOf(channelName: string, handler: string): AuthTarget | undefined {
  const auth = probeChannels.get(channelName)?.auth
  const says = auth?.handlers[handler]
  if (auth === undefined || says === undefined) return undefined
  return { ...says, handler, channel: auth.channel, required: says.entry ?? says.function ?? auth.channel ?? true }
}

/** The handler a message is for; undefined where there is none, or where nothing is known of it. */
export function targetOf(message: Message): AuthTarget | undefined {
  const channel = probeChannels.get(message.conn.channel)
  const handlers = channel?.auth?.handlers
  if (channel === undefined || handlers === undefined) return undefined
  const routed = channel.keys
    .map((key) => routeBy(key, message))
    .find((handler) => handler !== undefined && Object.hasOwn(handlers, handler))
  return authOf(channel.name, routed ?? 'onMessage')
}

function routeBy(key: string, { json }: Message): string | undefined {
  if (json === undefined || !Object.hasOwn(json, key)) return undefined
  const action = json[key]
  return typeof action === 'string' ? `${key}:${action}` : undefined
}
