/**
 * Subscriptions in a table of DynamoDB. A subscription is two rows: the intent, beside its channel, which the channel's
 * removal cleans up from; and the forward, beside the topic's other subscribers, which a publish reads.
 */
import type { EventHubStore, Subscriber } from '../serverless/ports.ts'
import { channelKey, encodeKey, forwardKey, forwardPartition, intentKey, intentPrefix, shardOf } from './keys.ts'
import { idBeside, idOf, number, retention, text, ttlOf } from './records.ts'
import { deletion, marshalled, putting, Requests } from './requests.ts'
import { type StoreOptions, sharding } from './store-options.ts'

/**
 * A store of subscriptions in a table made by `createTable`.
 * @throws RangeError for a number of shards that is not between 1 and 1,000
 */
export function createEventHubStore(options: StoreOptions): EventHubStore {
  const requests = new Requests(options)
  const shards = sharding(options)
  const forwardOf = (topicKey: string, channelId: string) => forwardKey(topicKey, channelId, shardOf(channelId, shards))

  /** Takes a channel out of topics. Forwards go first: whoever dies in between leaves what a later removal finds. */
  const remove = async (channelId: string, topicKeys: readonly string[]): Promise<void> => {
    await requests.writeAll(topicKeys.map((topicKey) => deletion(forwardOf(topicKey, channelId))))
    await requests.writeAll(topicKeys.map((topicKey) => deletion(intentKey(channelId, topicKey))))
  }

  return {
    async enter(topic, { channelId, endpoint, expires }) {
      const topicKey = encodeKey(topic)
      const ttl = ttlOf(expires + retention)
      // In any order: the caller looks for the channel again when both are there, and takes them back if it is closed.
      await requests.writeAll([
        putting({ ...marshalled(intentKey(channelId, topicKey)), ttl }),
        putting({
          ...marshalled(forwardOf(topicKey, channelId)),
          ...idBeside(channelId),
          endpoint: { S: endpoint },
          expires: { N: String(expires) },
          ttl,
        }),
      ])
    },
    async leave(topic, channelId) {
      // The intent stays: with it gone, an overlapping `enter` could leave a forward that no removal finds.
      await requests.delete(forwardOf(encodeKey(topic), channelId))
    },
    async *subscribers(topic) {
      const topicKey = encodeKey(topic)
      for (let shard = 0; shard < shards; shard++) {
        const pages = requests.query({
          pk: forwardPartition(topicKey, shard),
          attributes: ['sk', 'id', 'endpoint', 'expires'],
        })
        for await (const items of pages) {
          yield items.map(
            (item): Subscriber => ({
              channelId: idOf(text(item.sk), item),
              endpoint: text(item.endpoint),
              expires: number(item.expires),
            }),
          )
        }
      }
    },
    async withdraw(topic, channelId) {
      const topicKey = encodeKey(topic)
      await requests.writeAll([deletion(forwardOf(topicKey, channelId)), deletion(intentKey(channelId, topicKey))])
    },
    async clear(channelId, topics = []) {
      const asked = new Set(topics.map(encodeKey))
      const { pk } = channelKey(channelId)
      for await (const items of requests.query({ pk, prefix: intentPrefix, attributes: ['sk'] })) {
        const topicKeys = items.map((item) => text(item.sk).slice(intentPrefix.length))
        for (const topicKey of topicKeys) asked.delete(topicKey)
        await remove(channelId, topicKeys)
      }
      await remove(channelId, [...asked])
    },
  }
}
