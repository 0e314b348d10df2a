/** Serverless channels in memory. */
export { capabilities } from './capabilities.ts'
export { MemoryChannelStore } from './channel-store.ts'
export { MemoryEventHubStore } from './event-hub-store.ts'
export { createMemoryServerless, type MemoryServerlessOptions } from './memory-serverless.ts'
export type { MemorySettings, StoreRequest } from './settings.ts'
