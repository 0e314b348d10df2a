/** The deferred event: delivers what onConnect sent, to a client that may never write. It may come late, and twice. */
import { claim, deliverPending } from './claim.ts'
import type { Host } from './host.ts'
import { pauses } from './poll.ts'
import type { ChannelRecord } from './ports.ts'
import { isAged } from './records.ts'
import { remove } from './removal.ts'
import { polls } from './times.ts'

/** Delivers a channel's pending output, unless that is done or somebody else's. */
export async function deliver(host: Host, channelId: string): Promise<void> {
  const { channels, clock, token } = host.ports
  const me = token()
  const pause = pauses(clock, polls.early)
  for (let round = 0; ; round++) {
    const by = `${me}.${round}`
    const claimed = await claim(host, channelId, by)
    if (claimed === undefined) return
    const [record, held] = claimed
    const delivery = await deliverPending(host, record, held, record.state === 'open')
    switch (delivery) {
      case 'delivered':
        await channels.change(
          channelId,
          { states: ['connected', 'open'], claimedBy: by },
          { state: 'open', pending: null, claim: null },
        )
        return
      case 'closed':
      case 'gone':
        await remove(host, channelId, { known: record })
        return
      case 'unclosed':
      case 'out of time':
        if (record.pending?.close === true) await closeForSure(host, record)
        return
      case 'early':
        // The connect has not returned yet. Nothing was delivered, so whoever comes next may begin anew.
        await channels.change(channelId, { states: ['connected', 'open'], claimedBy: by }, { claim: null })
        await pause()
    }
    if (clock.now() > record.expires) return
  }
}

/** A close() is never part of what a lease loses; to close twice does no harm. */
async function closeForSure(host: Host, { channelId, ...first }: ChannelRecord): Promise<void> {
  const { channels, clock, gateway } = host.ports
  const pause = pauses(clock, polls.early)
  for (;;) {
    const found = await channels.find(channelId)
    if (found === undefined || found.state === 'closed') return
    const believed = found.state === 'open' || isAged(first, clock.now())
    const answer = await gateway.close(found)
    if (answer === 'ok' || (answer === 'gone' && believed)) return remove(host, channelId, { known: found })
    await pause()
  }
}
