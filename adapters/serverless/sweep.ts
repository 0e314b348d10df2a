/** The scheduled event: removes channels whose disconnect never came (STATELESS-09). */
import pLimit from 'p-limit'
import { type Host, warn } from './host.ts'
import type { ExpiredRow } from './ports.ts'
import { clear, remove } from './removal.ts'

/** Channels removed at once: an onDisconnect that takes its time holds up few others. */
const atOnce = 10

/** Removes every channel that has expired. A row that fails stays, for the next sweep to find. */
export async function sweep(host: Host): Promise<void> {
  const limit = pLimit(atOnce)
  for await (const page of host.ports.channels.expired(host.ports.clock.now())) {
    await Promise.all(page.map((row) => limit(() => sweepRow(host, row).catch((error: unknown) => failed(host, row, error)))))
  }
}

async function sweepRow(host: Host, row: ExpiredRow): Promise<void> {
  const { channels } = host.ports
  const found = await channels.find(row.channelId)
  if (found !== undefined) {
    await remove(host, row.channelId, { ...(found.state !== 'closed' && { known: found }), row })
    return
  }
  // A crash left the row alone, or the store has deleted the record by itself.
  await clear(host, row.channelId)
  await channels.unschedule(row.channelId, row.expires)
}

function failed(host: Host, { channelId }: ExpiredRow, error: unknown): void {
  warn(host, 'an expired channel could not be removed', { channelId, reason: String(error) })
}
