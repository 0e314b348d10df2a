/** Two stores as the store suites see them: the operations that the protocol composes of their single requests. */
import type { FoundChannel, StoreOperations } from '../../spec/stores.ts'
import type { ChannelRecord, ChannelStore, EventHubStore } from './ports.ts'
import { isExpired, isLive, liveStates } from './records.ts'
import { spanOf } from './times.ts'

/** What the operations need beside the stores. */
export interface StoreSettings {
  now(): number
  /** A token nobody else has. */
  token(): string
}

/** Composes the stores' requests as the handlers do, each channel open from the start. */
export function storeOperations(channels: ChannelStore, topics: EventHubStore, { now, token }: StoreSettings): StoreOperations {
  const live = async (id: string): Promise<ChannelRecord | undefined> => {
    const found = await channels.find(id)
    return isLive(found, now()) ? found : undefined
  }
  return {
    async add({ id, name, openingData, connectedAt, expires }) {
      const { ttl } = spanOf(connectedAt)
      const base = { channelId: id, endpoint: 'stores', by: token(), name, openingData, session: undefined }
      await channels.schedule(id, expires)
      if (await channels.add({ ...base, state: 'open', connectedAt, expires, ttl: Math.max(ttl, expires) })) return true
      const found = await channels.find(id)
      // Not the row of the channel that is there already.
      if (found === undefined || found.state === 'closed' || found.expires !== expires) await channels.unschedule(id, expires)
      return false
    },
    async find(id) {
      const found = await live(id)
      return found && shown(found)
    },
    async setSession(id, session) {
      if ((await live(id)) === undefined) return false
      return (await channels.change(id, { states: liveStates }, { session: { value: session } })) !== undefined
    },
    async remove(id) {
      const found = await channels.find(id)
      if (found === undefined || found.state === 'closed') return undefined
      const record = await channels.close(
        { channelId: id, state: 'closed', by: token(), from: found.state, ttl: found.ttl },
        liveStates,
      )
      if (record === undefined) return undefined
      await topics.clear(id)
      await channels.unschedule(id, record.expires)
      return shown(record)
    },
    async subscribe(topic, id) {
      const found = await live(id)
      if (found === undefined) return false
      await topics.enter(topic, { channelId: id, endpoint: found.endpoint, expires: found.expires })
      if ((await live(id)) !== undefined) return true
      await topics.withdraw(topic, id)
      return false
    },
    unsubscribe: (topic, id) => topics.leave(topic, id),
    async *subscribers(topic) {
      for await (const page of topics.subscribers(topic)) {
        yield page.filter((each) => !isExpired(each, now())).map(({ channelId }) => channelId)
      }
    },
    async *expired(at) {
      for await (const page of channels.expired(at)) yield page.map(({ channelId }) => channelId)
    },
  }
}

function shown({ channelId, name, openingData, connectedAt, expires, session }: ChannelRecord): FoundChannel {
  return { id: channelId, name, openingData, connectedAt, expires, session }
}
