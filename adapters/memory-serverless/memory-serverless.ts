/** Serverless channels over maps: for development, for tests, and as the smallest example of the two stores. */
import {
  type ChannelStore,
  type Clock,
  createServerless,
  type Defer,
  type EventHubStore,
  type Gateway,
  type Serverless,
  type ServerlessOptions,
} from '../serverless/index.ts'

/** Settings of `createMemoryServerless`. */
export interface MemoryServerlessOptions {
  channels: ChannelStore
  topics: EventHubStore
  gateway: Gateway
  defer: Defer
  clock: Clock
  /** A token nobody else has; default: random ones. */
  token?: () => string
  /** The application. */
  application: ServerlessOptions
  /**
   * Forgets everything but the stores between invocations, as a platform does that starts a fresh process for each: the
   * handlers are made anew for every event.
   */
  forget?: boolean
}

/** Gives the handlers for the next event: always the same, or with `forget` new ones that have seen nothing. */
export function createMemoryServerless(options: MemoryServerlessOptions): () => Serverless {
  const { channels, topics, gateway, defer, clock, token = () => crypto.randomUUID(), application, forget = false } = options
  const make = (): Serverless => createServerless({ channels, topics, gateway, defer, clock, token }, application)
  // Made at once, so that an application these platforms cannot serve is refused at the start.
  const first = make()
  return forget ? make : () => first
}
