/**
 * The one way to closed, except a connect that gives itself up: a mark in place of the record, then no subscription,
 * then onDisconnect, then no row for the sweep. Only who wrote the mark goes on behind it, and the mark is written once
 * (the condition on the state), so that onDisconnect runs at most once (STATELESS-03).
 */
import type { Host } from './host.ts'
import type { ChannelRecord } from './ports.ts'
import { type Found, groupOf, isAged, isSettled } from './records.ts'
import { earlyTtl } from './times.ts'

/** What asks for a removal. */
export interface Removal {
  /** The record as it was last read; it is read where absent. */
  known?: ChannelRecord
  /** A topic in which the channel was met: a crash may have left it there and nowhere else. */
  topic?: string
  /** The platform says so. It may overtake the connect, and then has to be remembered (STATELESS-17). */
  disconnect?: true
  /** The row the sweep has found it by, which goes whatever is found. */
  row?: { expires: number }
}

/** A channel whose mark the caller wrote: its onDisconnect and its row are the caller's to deal with, by `conclude`. */
export interface Removed {
  record: ChannelRecord
  /** onConnect had succeeded. */
  runs: boolean
}

/** Closes the channel and ends its subscriptions; undefined where that was somebody else's, or is not to be. */
export async function close(host: Host, channelId: string, removal: Removal): Promise<Removed | undefined> {
  const { channels, clock, token } = host.ports
  const { topic, disconnect, row } = removal
  const by = token()
  let last = removal.known
  let found: Found = removal.known ?? (await channels.find(channelId))
  for (;;) {
    if (found === undefined) {
      if (disconnect === undefined) return undefined
      const now = clock.now()
      // A connect that comes later finds the mark and is refused: its id never comes to life.
      if (await channels.forbid({ channelId, state: 'closed', by, from: 'none', ttl: earlyTtl(now) })) return undefined
    } else if (found.state === 'closed') {
      await clear(host, channelId, topic)
      // My own mark, of which the answer was lost: the record read before tells all that onDisconnect needs.
      if (found.by === by && last !== undefined)
        return { record: last, runs: found.from === 'connected' || found.from === 'open' }
      if (row !== undefined) await channels.unschedule(channelId, row.expires)
      return undefined
    } else if (isSettled(found) || isAged(found, clock.now())) {
      last = found
      const mark = { channelId, state: 'closed', by, from: found.state, ttl: found.ttl } as const
      const record = await channels.close(mark, groupOf(found.state))
      if (record !== undefined) {
        // After the mark: a subscribe that looks again finds it, and one that does not has left what `clear` finds.
        await clear(host, channelId, topic)
        return { record, runs: isSettled(record) }
      }
    } else if (found.state === 'connecting' && disconnect !== undefined) {
      // Its own connect invocation runs on, finds this and runs onDisconnect once onConnect has settled.
      const closing = await channels.change(channelId, { states: ['connecting'] }, { state: 'closing' })
      if (closing !== undefined) return undefined
    } else return undefined
    found = await channels.find(channelId)
  }
}

/** Runs onDisconnect where it is to run, then takes the row away: a crash before leaves it for the sweep to find. */
export async function conclude(host: Host, { record, runs }: Removed): Promise<void> {
  if (runs) await host.runDisconnect(record)
  await host.ports.channels.unschedule(record.channelId, record.expires)
}

/** Both at once. */
export async function remove(host: Host, channelId: string, removal: Removal): Promise<void> {
  const removed = await close(host, channelId, removal)
  if (removed !== undefined) await conclude(host, removed)
}

/** Ends every subscription of a closed channel. */
export function clear(host: Host, channelId: string, topic?: string): Promise<void> {
  return host.ports.topics.clear(channelId, topic === undefined ? undefined : [topic])
}
