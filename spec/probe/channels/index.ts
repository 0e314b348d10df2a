/** The probe's channels: what the kit knows of each, and how each is wired. */
import type { ProbeApi } from '../api.ts'
import type { ProbeChannel } from '../channels.ts'
import type { ProbeHandlers } from '../handlers.ts'
import { bare, wireBare } from './bare.ts'
import { crowd, wireCrowd } from './crowd.ts'
import { keysWirings } from './keys.ts'
import { layered, wireLayered } from './layered.ts'
import { main, wireMain } from './main.ts'
import { mute, wireMute } from './mute.ts'
import { open, wireOpen } from './open.ts'
import { opened, wireOpened } from './opened.ts'
import { pathWirings } from './path.ts'
import { shaped, wireShaped } from './shaped.ts'
import { strict, wireStrict } from './strict.ts'

interface WiredChannel {
  channel: ProbeChannel
  wire(api: ProbeApi, handlers: ProbeHandlers): void
}

/** Every channel a hosted probe wires, in this order. */
export const wiredChannels: readonly WiredChannel[] = [
  { channel: main, wire: wireMain },
  { channel: open, wire: wireOpen },
  { channel: bare, wire: wireBare },
  { channel: opened, wire: wireOpened },
  ...keysWirings,
  { channel: shaped, wire: wireShaped },
  { channel: mute, wire: wireMute },
  ...pathWirings,
  { channel: strict, wire: wireStrict },
  { channel: layered, wire: wireLayered },
  { channel: crowd, wire: wireCrowd },
]

/** The channels by name. */
export const probeChannels: ReadonlyMap<string, ProbeChannel> = new Map(
  wiredChannels.map((each) => [each.channel.name, each.channel]),
)
