/**
 * What the serverless handlers need of the world: two stores, a gateway, a way to defer work and a clock. The protocol
 * over them (docs/serverless-protocol.md) asks for single-record operations only: no transaction, no index.
 */
/** A connection as its platform addresses it: ids are unique per API only, so the endpoint belongs to it (STATELESS-18). */
export interface Address {
  /** The channel's id: API, stage and connection id. */
  readonly channelId: string
  /** The base address of the API's own management interface. */
  readonly endpoint: string
}

/** States of a channel that is not closed. */
export type LiveState = 'connecting' | 'closing' | 'connected' | 'open'

/** What onConnect left to be delivered: its messages in order, and whether it closed the channel behind them. */
export interface Pending {
  readonly items: readonly string[]
  readonly close: boolean
}

/** Who delivers what is pending, and until when. Milliseconds since 1970. */
export interface Claim {
  readonly by: string
  readonly until: number
}

/** What a store holds of a live channel. Times in milliseconds since 1970. */
export interface ChannelRecord extends Address {
  readonly state: LiveState
  /** The token of the invocation that made it. */
  readonly by: string
  /** The name of its channel in the application. */
  readonly name: string
  readonly openingData: object
  /** Undefined where none is set. A JSON value. */
  readonly session: unknown
  readonly connectedAt: number
  /** From here on every reader takes it for closed (STATELESS-09). */
  readonly expires: number
  /** From here on the store may delete it by itself. */
  readonly ttl: number
  readonly pending?: Pending | undefined
  readonly claim?: Claim | undefined
}

/** What is left of a closed channel: that its id is closed (STATELESS-05), and nothing else of it (SUB-06). */
export interface ClosedMark {
  readonly channelId: string
  readonly state: 'closed'
  /** The token of the invocation that removed it. */
  readonly by: string
  /** The state it was taken from; `none` where a disconnect came before its connect. */
  readonly from: LiveState | 'none'
  readonly ttl: number
}

/** What a write expects of a live record; a closed or absent one never meets it. */
export interface Expectation {
  readonly states: readonly LiveState[]
  /** There is pending output. */
  readonly pending?: true
  /** Who has claimed it; null for nobody. */
  readonly claimedBy?: string | null
}

/** What a write changes; what is left out stays. Null removes. */
export interface Change {
  readonly state?: LiveState
  readonly session?: { readonly value: unknown }
  readonly pending?: Pending | null
  readonly claim?: Claim | null
}

/** A channel whose record has expired, and what to give back once it is dealt with. */
export interface ExpiredRow {
  readonly channelId: string
  readonly expires: number
}

/**
 * Channels by id. Every operation is one strongly consistent request that happens at one instant or not at all; it may
 * happen although its answer is lost, and may then be repeated by the store's client.
 */
export interface ChannelStore {
  /** Makes a channel findable by `expired` from `expires` on. Idempotent. */
  schedule(channelId: string, expires: number): Promise<void>
  /** Takes back `schedule`. Idempotent. */
  unschedule(channelId: string, expires: number): Promise<void>
  /** Adds a channel whose id has neither record nor mark; false where it has one (STORE-02). */
  add(record: ChannelRecord): Promise<boolean>
  find(channelId: string): Promise<ChannelRecord | ClosedMark | undefined>
  /** Changes a live record that meets the expectation, and gives the record as it is then; undefined where it does not meet it. */
  change(channelId: string, expected: Expectation, change: Change): Promise<ChannelRecord | undefined>
  /** Puts a mark in place of a live record in one of these states, and gives the record; undefined where there is none (STORE-04). */
  close(mark: ClosedMark, states: readonly LiveState[]): Promise<ChannelRecord | undefined>
  /** Puts a mark where there is neither record nor mark; false where there is one. */
  forbid(mark: ClosedMark): Promise<boolean>
  /**
   * Pages of scheduled channels that have expired at `now`; no live one is read for it (STORE-10). Once the iteration is
   * over, what was unscheduled meanwhile may be left out by every later one.
   */
  expired(now: number): AsyncIterable<readonly ExpiredRow[]>
}

/** A subscriber as a publish needs it. */
export interface Subscriber extends Address {
  readonly expires: number
}

/** Subscriptions of channels to topics. Topics and ids are opaque (STORE-09). */
export interface EventHubStore {
  /**
   * Enters a channel in a topic. Idempotent. It checks nothing: a caller that has found the channel live enters it, and
   * looks again afterwards (`subscribe.ts`). Not atomic: what `clear` needs may be written without what `subscribers` reads.
   */
  enter(topic: string, subscriber: Subscriber): Promise<void>
  /** Takes a channel out of a topic. Idempotent. What `clear` needs may stay. */
  leave(topic: string, channelId: string): Promise<void>
  /** Every channel in a topic, page by page, strongly consistent (STORE-08); expired ones may be among them. */
  subscribers(topic: string): AsyncIterable<readonly Subscriber[]>
  /** Takes a channel out of one topic as if it had never entered it. Idempotent. */
  withdraw(topic: string, channelId: string): Promise<void>
  /** Takes a channel out of every topic it has entered, and out of these; what `subscribers` reads goes before what `clear` needs. Idempotent. */
  clear(channelId: string, topics?: readonly string[]): Promise<void>
}

/**
 * How the platform answered. `gone`: 410. `throttled`: proof that nothing was delivered, worth a repetition.
 * `refused`: for good (403). `unknown`: whether it was delivered cannot be told (5xx, no answer).
 */
export type PostAnswer = 'ok' | 'gone' | 'throttled' | 'too large' | 'refused' | 'unknown'

/** The platform's side of connections. Never rejects. */
export interface Gateway {
  /** Gives one text to a connection. */
  post(address: Address, text: string): Promise<PostAnswer>
  /** Closes a connection. */
  close(address: Address): Promise<PostAnswer>
}

/** Has `deliver` called later, in an invocation of its own; durable once it has resolved (STATELESS-13). May come twice. */
export type Defer = (channelId: string) => Promise<void>

/** Time, so that tests and simulations have their own. Milliseconds. */
export interface Clock {
  now(): number
  wait(milliseconds: number): Promise<void>
}

/** Everything the handlers stand on. */
export interface Ports {
  readonly channels: ChannelStore
  readonly topics: EventHubStore
  readonly gateway: Gateway
  readonly defer: Defer
  readonly clock: Clock
  /** A token nobody else has. */
  readonly token: () => string
}
