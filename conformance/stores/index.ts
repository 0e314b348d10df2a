/** `channel-conformance/stores`: STORE-01 to STORE-10 for whoever writes stores and nothing else. */
export type { ConformanceResult } from '../../spec/result.ts'
export type {
  FoundChannel,
  OpenStores,
  StoredChannel,
  StoreOperations,
  StoreSurroundings,
  StoreSystem,
} from '../../spec/stores.ts'
export type { Deadlines } from '../deadlines.ts'
export type { TestRunner } from '../doors/runner.ts'
export {
  conformStores,
  type StoresOptions,
  type StoresResult,
} from './conform.ts'
export { type StoreTestOptions, testStores } from './test-stores.ts'
