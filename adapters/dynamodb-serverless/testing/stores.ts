/** Tests: both stores on a table of their own, with a clock that only counts. */
import { randomUUID } from 'node:crypto'
import type { ChannelRecord, ChannelStore, ClosedMark, EventHubStore } from '../../serverless/ports.ts'
import { createChannelStore } from '../channel-store.ts'
import { createEventHubStore } from '../event-hub-store.ts'
import { createTable } from '../table.ts'
import { type Sent, type WatchedClient, watchedClient } from './dynalite.ts'

/** Stores that are open. */
export interface OpenedStores extends WatchedClient {
  readonly table: string
  readonly channels: ChannelStore
  readonly topics: EventHubStore
  /** The pauses asked for. */
  readonly waits: number[]
}

/** Makes a table and opens its stores. */
export async function openStores(endpoint: string, shards?: number): Promise<OpenedStores> {
  const watched = watchedClient(endpoint)
  const table = `table-${randomUUID()}`
  await createTable(watched.client, table)
  watched.sent.length = 0
  const waits: number[] = []
  const clock = {
    now: () => 0,
    async wait(milliseconds: number) {
      waits.push(milliseconds)
    },
  }
  const options = { client: watched.client, table, clock, shards }
  return Object.assign(watched, { table, channels: createChannelStore(options), topics: createEventHubStore(options), waits })
}

/** A record like any other; its ttl is far ahead, since engines delete what has passed it by their own clock. */
export const record = (changes: Partial<ChannelRecord> = {}): ChannelRecord => ({
  channelId: 'api/prod/c1',
  endpoint: 'https://api.example/prod',
  state: 'connecting',
  by: 'me',
  name: 'main',
  openingData: { a: 'b' },
  session: undefined,
  connectedAt: 4_100_000_000_123,
  expires: 4_100_008_100_123,
  ttl: 4_100_094_501_000,
  ...changes,
})

/** The mark of the same channel. */
export const mark = (changes: Partial<ClosedMark> = {}): ClosedMark => ({
  channelId: 'api/prod/c1',
  state: 'closed',
  by: 'remover',
  from: 'open',
  ttl: 4_100_094_501_000,
  ...changes,
})

/** All pages as one list. */
export async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = []
  for await (const page of pages) items.push(...page)
  return items
}

/** What was sent, by kind; items of batches are counted one by one in `write`. */
export function counted(sent: readonly Sent[]): { get: number; query: number; write: number; requests: number; other: number } {
  const counts = { get: 0, query: 0, write: 0, requests: sent.length, other: 0 }
  for (const { operation, input } of sent) {
    if (operation === 'GetItem') counts.get++
    else if (operation === 'Query') counts.query++
    else if (['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation)) counts.write++
    else if (operation === 'BatchWriteItem') counts.write += Object.values<unknown[]>(input.RequestItems).flat().length
    else counts.other++
  }
  return counts
}
