/** The message event: waits for what has to come before its handler, then runs it. */
import { dispatchMessage } from '../runtime/index.ts'
import { claim, deliverPending, lost } from './claim.ts'
import type { MessageEvent } from './events.ts'
import { type Host, warn } from './host.ts'
import { OpenChannel } from './open-channel.ts'
import { pauses } from './poll.ts'
import type { ChannelRecord, Claim } from './ports.ts'
import { hangUp } from './post.ts'
import { type Found, isAged, isLive, settledStates } from './records.ts'
import { remove } from './removal.ts'
import { leaseGrace, polls } from './times.ts'

/** Handles a message; one that comes after its channel was closed runs nothing (STATELESS-04). Never rejects because of a handler. */
export async function message(host: Host, { channelId, body }: MessageEvent): Promise<void> {
  const record = await ready(host, channelId)
  if (record === undefined) return
  const channel = host.application.named(record.name)
  if (channel === undefined) {
    warn(host, 'its channel is not wired here', { channel: record.name, channelId })
    return
  }
  const event = new OpenChannel(host, channel, record)
  await dispatchMessage(event, body)
  await event.conclude()
  await event.settle()
}

/** The record, once it is open and nothing of onConnect is left to be delivered; undefined where no handler is to run. */
async function ready(host: Host, channelId: string): Promise<ChannelRecord | undefined> {
  const { channels, clock, token } = host.ports
  const me = token()
  const pause = pauses(clock, polls.connecting)
  let found: Found = await channels.find(channelId)
  for (;;) {
    if (!isLive(found, clock.now()) || found.state === 'closing') return undefined
    if (found.state === 'connecting') {
      // A platform hands out no message before the connect has returned; waiting costs nothing.
      if (isAged(found, clock.now())) return undefined
      await pause()
      found = await channels.find(channelId)
    } else if (found.pending !== undefined) {
      const next = found.claim === undefined ? await deliverFirst(host, found, me) : await awaitClaim(host, found, found.claim)
      if (next === 'removed') return undefined
      found = next
    } else if (found.state === 'connected') {
      // The message is the first evidence that the socket is open; a 410 is believed from here on (STATELESS-06).
      found = (await channels.change(channelId, { states: ['connected'] }, { state: 'open' })) ?? (await channels.find(channelId))
    } else return found
  }
}

/** Delivers what is pending in this invocation, since its handler has to come after it. */
async function deliverFirst(host: Host, known: ChannelRecord, me: string): Promise<Found | 'removed'> {
  const { channels } = host.ports
  const { channelId } = known
  const claimed = await claim(host, channelId, me, 'open')
  if (claimed === undefined) return channels.find(channelId)
  const [record, held] = claimed
  const delivery = await deliverPending(host, record, held, true)
  if (delivery === 'closed' || delivery === 'unclosed' || delivery === 'gone') {
    await remove(host, channelId, { known: record })
    return 'removed'
  }
  if (delivery !== 'delivered') return channels.find(channelId)
  const done = await channels.change(channelId, { states: settledStates, claimedBy: me }, { pending: null, claim: null })
  return done ?? channels.find(channelId)
}

/**
 * Waits until a claim is done, released or over. A lease that has ended is ended for good here, on condition that it is
 * still that one: what was not delivered is lost, but never a close().
 */
async function awaitClaim(host: Host, record: ChannelRecord, seen: Claim): Promise<Found | 'removed'> {
  const { channels, clock } = host.ports
  const { channelId } = record
  const pause = pauses(clock, polls.claim)
  let found: Found = record
  while (clock.now() <= seen.until + leaseGrace) {
    await pause()
    found = await channels.find(channelId)
    if (found === undefined || found.state === 'closed' || found.claim?.by !== seen.by) return found
  }
  if (found.pending?.close === true) {
    await hangUp(host, found)
    await remove(host, channelId, { known: found })
    return 'removed'
  }
  const ended = { state: 'open', pending: null, claim: null } as const
  const taken = await channels.change(channelId, { states: settledStates, claimedBy: seen.by }, ended)
  if (taken !== undefined) lost(host, channelId, found.pending?.items.length ?? 0)
  return taken ?? channels.find(channelId)
}
