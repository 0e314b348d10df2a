/** What a host elsewhere says of itself (`GET /conformance`), checked. */
import { HostError } from '../../../conformance/host.ts'
import { type Capability, isCapability } from '../../../spec/capabilities.ts'
import { probeChannels } from '../../../spec/probe/channels/index.ts'
import { cut } from './ask.ts'

/** What a host can let be observed beside its trace. */
export const offered = ['hub', 'residue', 'idle'] as const

/** A host's description of itself. */
export interface Description {
  name: string
  engine?: string
  capabilities: Capability[]
  /** The WebSocket address of each channel it hosts. */
  channels: Readonly<Record<string, string>>
  observes: (typeof offered)[number][]
  /** The number of the last event it has traced. */
  trace: number
}

/** @throws HostError naming the first field that is not as described */
export function checkDescription(url: string, answer: unknown): Description {
  const wrong = (field: string, expected: string): HostError => {
    const given = (answer as Record<string, unknown> | null)?.[field]
    return new HostError(
      `GET ${url}/conformance was answered with the ${field} ${cut(JSON.stringify(given) ?? 'undefined')}: expected ${expected}`,
    )
  }
  if (typeof answer !== 'object' || answer === null)
    throw new HostError(`GET ${url}/conformance was answered with ${cut(JSON.stringify(answer))}: expected an object`)
  const { conformance, name, engine, capabilities, channels, observes, trace } = answer as Record<string, unknown>
  if (conformance !== 1) throw wrong('conformance', '1, the version of the control interface')
  if (typeof name !== 'string' || name === '') throw wrong('name', 'a name')
  if (engine !== undefined && typeof engine !== 'string') throw wrong('engine', 'a string, or none')
  if (!isStrings(capabilities) || !capabilities.every(isCapability)) throw wrong('capabilities', 'names of capabilities')
  if (!isStrings(observes) || !observes.every((each) => (offered as readonly string[]).includes(each)))
    throw wrong('observes', `a list of ${offered.join(', ')}`)
  if (!Number.isSafeInteger(trace)) throw wrong('trace', 'the number of the last event traced')
  if (typeof channels !== 'object' || channels === null) throw wrong('channels', 'addresses by channel')
  for (const [channel, address] of Object.entries(channels)) {
    if (!probeChannels.has(channel)) throw wrong('channels', `no ${channel}, which the probe does not have`)
    if (typeof address !== 'string' || !/^wss?:\/\/[^?#]+$/.test(address))
      throw wrong('channels', `a WebSocket address without a query for ${channel}`)
  }
  if (!Object.hasOwn(channels, 'main')) throw wrong('channels', 'main among them')
  return {
    name,
    ...(engine === undefined ? {} : { engine }),
    capabilities,
    channels: channels as Record<string, string>,
    observes: observes as Description['observes'],
    trace: trace as number,
  }
}

const isStrings = (value: unknown): value is string[] => Array.isArray(value) && value.every((each) => typeof each === 'string')

/** Where a channel of the probe is served by this host; `path` in place of its route, where its address ends with that. */
export function addressOf(description: Description, channel: string, path: string): string {
  const address = description.channels[channel] ?? ''
  const route = probeChannels.get(channel)?.route ?? ''
  return address.endsWith(route) ? `${address.slice(0, -route.length)}${path}` : address
}
