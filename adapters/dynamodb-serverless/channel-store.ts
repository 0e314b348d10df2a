/** Channels in a table of DynamoDB: single-item conditional writes and strongly consistent reads only. */
import type { ChannelStore } from '../serverless/ports.ts'
import { inStates, isAbsent, updateOf } from './expression.ts'
import { channelKey, expiryKey, shardOf } from './keys.ts'
import { idBeside, itemOf, itemOfMark, liveRecordOf, recordOf, retention, ttlOf } from './records.ts'
import { marshalled, Requests } from './requests.ts'
import { type StoreOptions, sharding } from './store-options.ts'
import { Sweep } from './sweep.ts'

/**
 * A store of channels in a table made by `createTable`.
 * @throws RangeError for a number of shards that is not between 1 and 1,000
 */
export function createChannelStore(options: StoreOptions): ChannelStore {
  const requests = new Requests(options)
  const shards = sharding(options)
  const sweeps = new Set<Sweep>()
  const keyOfExpiry = (channelId: string, expires: number) => expiryKey(channelId, expires, shardOf(channelId, shards))
  return {
    async schedule(channelId, expires) {
      const key = keyOfExpiry(channelId, expires)
      await requests.put({ ...marshalled(key), ...idBeside(channelId), ttl: ttlOf(expires + retention) })
    },
    async unschedule(channelId, expires) {
      const key = keyOfExpiry(channelId, expires)
      await requests.delete(key)
      // Only now: a sweep whose cursor passes a row that is still there would leave it for ever.
      for (const sweep of sweeps) sweep.gone(key)
    },
    async add(record) {
      return (await requests.putIf(itemOf(record), isAbsent)) !== undefined
    },
    async find(channelId) {
      const item = await requests.get(channelKey(channelId))
      return item === undefined ? undefined : recordOf(channelId, item)
    },
    async change(channelId, expected, change) {
      if (expected.states.length === 0) return undefined
      const item = await requests.updateIf(channelKey(channelId), updateOf(expected, change))
      return item === undefined ? undefined : liveRecordOf(channelId, item)
    },
    async close(mark, states) {
      if (states.length === 0) return undefined
      // One conditional put: of all that try only one finds the record, and is given it (STORE-04).
      const item = await requests.putIf(itemOfMark(mark), inStates(states))
      return item === undefined ? undefined : liveRecordOf(mark.channelId, item)
    },
    async forbid(mark) {
      return (await requests.putIf(itemOfMark(mark), isAbsent)) !== undefined
    },
    async *expired(now) {
      const sweep = new Sweep(requests, shards, now)
      sweeps.add(sweep)
      try {
        yield* sweep.pages()
      } finally {
        sweeps.delete(sweep)
      }
    },
  }
}
