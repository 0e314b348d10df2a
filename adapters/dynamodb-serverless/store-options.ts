/** What both stores are opened with. */
import type { TableAccess } from './requests.ts'

/** Settings of a store. */
export interface StoreOptions extends TableAccess {
  /**
   * Over how many partitions a topic's subscribers, and an hour's expiries, are spread; default 1. Each costs a publish
   * one more query. One partition takes about 1,000 writes and 3,000 reads of 4 KB a second. To be changed only while
   * the table is empty: what is in another shard is not found.
   */
  readonly shards?: number
}

/** How many shards there are. @throws RangeError where that is not a whole number between 1 and 1,000 */
export function sharding({ shards = 1 }: StoreOptions): number {
  if (!Number.isInteger(shards) || shards < 1 || shards > 1_000)
    throw new RangeError(`shards: expected a whole number between 1 and 1000, not ${shards}`)
  return shards
}
