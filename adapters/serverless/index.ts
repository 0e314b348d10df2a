/** Serverless channels: handlers over two stores, a gateway and a way to defer work. Adapters bring these four. */
export type { ConnectAnswer, ConnectEvent, DisconnectEvent, MessageEvent } from './events.ts'
export type {
  Address,
  Change,
  ChannelRecord,
  ChannelStore,
  Claim,
  Clock,
  ClosedMark,
  Defer,
  EventHubStore,
  Expectation,
  ExpiredRow,
  Gateway,
  LiveState,
  Pending,
  Ports,
  PostAnswer,
  Subscriber,
} from './ports.ts'
export { createServerless, type Serverless, type ServerlessOptions, sweepInterval } from './serverless.ts'
export { type StoreSettings, storeOperations } from './store-operations.ts'
