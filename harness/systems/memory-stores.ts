/** The memory stores on their own, as the store suites see them. */
import { MemoryChannelStore, MemoryEventHubStore, type MemorySettings } from '../../adapters/memory-serverless/index.ts'
import { storeOperations } from '../../adapters/serverless/index.ts'
import type { StoreSystem } from '../../spec/stores.ts'
import { asSweep, sweeping } from '../serverless/sweeping.ts'

/** The stores of memory-serverless, each opening with maps of its own. */
export const memoryStores: StoreSystem = {
  name: 'memory-serverless',
  pages: true,
  async open({ now, request, page }) {
    let tokens = 0
    let liveReads = 0
    const settings: MemorySettings = {
      now,
      page,
      request: async ({ kind, name }, make) => {
        const answer = await request(name, make)
        const { state, expires } = (kind === 'get' && answer ? answer : {}) as { state?: string; expires?: number }
        if (sweeping() && state !== 'closed' && (expires ?? 0) > now()) liveReads++
        return answer
      },
    }
    const channels = new MemoryChannelStore(settings)
    const topics = new MemoryEventHubStore(settings)
    const operations = storeOperations(channels, topics, { now, token: () => `t${++tokens}` })
    return {
      operations: { ...operations, expired: (at) => asSweep(operations.expired(at)) },
      residue: async () => ({
        channels: [...new Set([...channels.held(), ...channels.scheduled()])],
        subscriptions: topics.held(),
      }),
      liveReads: () => liveReads,
      close: async () => undefined,
    }
  },
}
