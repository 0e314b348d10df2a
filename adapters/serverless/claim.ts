/**
 * What onConnect left to be delivered: who delivers it, until when, and what happens when that fails. One claim is
 * granted by condition, an item is posted only inside its lease, and nobody posts an item again (STATELESS-10).
 */
import type { Host } from './host.ts'
import { warn } from './host.ts'
import { pauses } from './poll.ts'
import type { ChannelRecord, Claim } from './ports.ts'
import { hangUp, post } from './post.ts'
import { isAged, settledStates } from './records.ts'
import { lease, polls, postTimeout } from './times.ts'

/**
 * Claims a channel's output for a lease; undefined where it has none, or somebody else has claimed it.
 * @param state what is known of the channel by whoever claims: a message proves that its socket is open
 */
export async function claim(
  host: Host,
  channelId: string,
  by: string,
  state?: 'open',
): Promise<[ChannelRecord, Claim] | undefined> {
  const { channels, clock } = host.ports
  const held = { by, until: clock.now() + lease }
  const expected = { states: settledStates, pending: true, claimedBy: null } as const
  const claimed = await channels.change(channelId, expected, { claim: held, ...(state && { state }) })
  if (claimed !== undefined) return [claimed, held]
  // A claim that was refused may be my own, of which the answer was lost.
  const found = await channels.find(channelId)
  return found !== undefined && found.state !== 'closed' && found.claim?.by === by ? [found, found.claim] : undefined
}

/**
 * How a delivery ended. `early`: the first post came before the socket was open, and nothing was delivered. `unclosed`:
 * everything was posted, and whether the close was heard is not known.
 */
export type Delivery = 'delivered' | 'closed' | 'unclosed' | 'gone' | 'early' | 'out of time'

/**
 * Posts what is pending, then closes where onConnect asked for it.
 * @param open the socket is known to have been open, so that a 410 means gone
 */
export async function deliverPending(host: Host, record: ChannelRecord, held: Claim, open: boolean): Promise<Delivery> {
  const { clock } = host.ports
  const { items, close } = record.pending ?? { items: [], close: false }
  const inTime = (): boolean => clock.now() + postTimeout < held.until
  let known = open
  for (const [index, item] of items.entries()) {
    const pause = pauses(clock, polls.early)
    for (;;) {
      if (!inTime()) return outOfTime(host, record, index)
      const believed = known || isAged(record, clock.now())
      const answer = await post(host, record, item, held.until)
      if (answer === 'ok') known = true
      if (answer === 'throttled' && !inTime()) return outOfTime(host, record, index)
      if (answer !== 'gone') break
      if (believed) return 'gone'
      if (index === 0) return 'early'
      // Nothing of it was delivered, so it may be posted again as long as the lease lasts.
      await pause()
    }
  }
  if (!close) return 'delivered'
  if (!inTime()) return outOfTime(host, record, items.length)
  const believed = known || isAged(record, clock.now())
  const answer = await hangUp(host, record, held.until)
  if (answer === 'ok') return 'closed'
  if (answer === 'gone' && believed) return 'gone'
  return answer === 'gone' && items.length === 0 ? 'early' : 'unclosed'
}

function outOfTime(host: Host, { channelId, pending }: ChannelRecord, from: number): 'out of time' {
  lost(host, channelId, (pending?.items.length ?? 0) - from)
  return 'out of time'
}

/** Says that output of onConnect is lost: it is never repeated. */
export function lost(host: Host, channelId: string, messages: number): void {
  if (messages > 0) warn(host, 'output of onConnect was lost', { channelId, messages, reason: 'its lease has ended' })
}
