/** A channel that is closed, as its onDisconnect has it. */
import { ChannelClosedError, type ChannelState, copyJson, dispatchDisconnect } from '../runtime/index.ts'
import { EventChannel } from './event-channel.ts'
import { type Host, warn } from './host.ts'
import type { ChannelRecord } from './ports.ts'

/** Nothing is sent and nothing stored any more; the last session can still be read (AUTH-12). */
export class DisconnectedChannel extends EventChannel {
  state: ChannelState = 'closed'

  override async deliver(): Promise<void> {
    throw new ChannelClosedError()
  }

  hangUp(): void {}

  readSession(): unknown {
    return copyJson(this.record.session)
  }

  writeSession(): never {
    throw new ChannelClosedError()
  }
}

/** What a host runs for a record that was closed: its onDisconnect, and all it sets going. */
export async function runDisconnect(host: Host, record: ChannelRecord): Promise<void> {
  const channel = host.application.named(record.name)
  if (channel === undefined) {
    warn(host, 'its channel is not wired here', { channel: record.name, channelId: record.channelId })
    return
  }
  const event = new DisconnectedChannel(host, channel, record)
  await dispatchDisconnect(event)
  await event.settle()
}
