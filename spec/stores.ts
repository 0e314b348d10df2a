/**
 * Stores as the store suites see them (STORE-01 to STORE-10): the operations an author's channel and hub stores come to,
 * whatever they are made of. Everything rejects only for faults of the store itself.
 */

/** A channel as it is added. Times in milliseconds since 1970. */
export interface StoredChannel {
  id: string
  /** The channel's name in the application. */
  name: string
  openingData: object
  connectedAt: number
  /** From here on every reader takes it for closed. */
  expires: number
}

/** A channel as it is found: with the session set last, undefined where there is none. */
export interface FoundChannel extends StoredChannel {
  session: unknown
}

/** Channels and their subscriptions. */
export interface StoreOperations {
  /** False where the id is, or was, a channel's (STORE-02). */
  add(channel: StoredChannel): Promise<boolean>
  /** Undefined for a channel that is unknown, removed or expired. */
  find(id: string): Promise<FoundChannel | undefined>
  /** False where there is no such channel any more; nothing is stored then. */
  setSession(id: string, session: unknown): Promise<boolean>
  /** Ends the channel and its subscriptions; the record for the one caller that ended it, undefined for all others (STORE-04, STORE-05). */
  remove(id: string): Promise<FoundChannel | undefined>
  /** False where there is no such channel (STORE-06). */
  subscribe(topic: string, id: string): Promise<boolean>
  unsubscribe(topic: string, id: string): Promise<void>
  /** The ids subscribed to a topic, page by page, none of them expired (STORE-08). */
  subscribers(topic: string): AsyncIterable<readonly string[]>
  /** Ids of channels expired at `now` that were not removed, page by page (STORE-10). */
  expired(now: number): AsyncIterable<readonly string[]>
}

/** What the suite gives to stores that are to be opened. */
export interface StoreSurroundings {
  /** Milliseconds since 1970; the suite's own time. */
  now(): number
  /**
   * To be called around every request to the underlying store: the suite decides in which order the requests of
   * operations that run side by side are made. A store that calls it nowhere is tested with its operations as they come.
   */
  request<T>(name: string, make: () => Promise<T>): Promise<T>
  /**
   * How many entries a page of a listing is to hold at the most, for stores that can be told: so few that topics of
   * three subscribers have several pages.
   */
  readonly page: number
}

/** Stores that are open. */
export interface OpenStores {
  operations: StoreOperations
  /** What is left of closed channels, and of which topics: for SUB-06's sake nothing but marks. */
  residue?(): Promise<{ channels: string[]; subscriptions: [topic: string, id: string][] }>
  /** How many records of live channels `expired` has read since the stores were opened (STORE-10). */
  liveReads?(): number
  close(): Promise<void>
}

/** Stores under test: each opening is empty, or at least shares no id and no topic with another. */
export interface StoreSystem {
  name: string
  /** It goes by the surroundings' `page`: what listings of several pages promise is judged (STORE-08). */
  pages?: boolean
  open(surroundings: StoreSurroundings): Promise<OpenStores>
}

/** The operations by name, and what the suite looks at beside them. */
export type StoreOperationName =
  | 'add'
  | 'find'
  | 'set session'
  | 'remove'
  | 'subscribe'
  | 'unsubscribe'
  | 'subscribers'
  | 'expired'
  | 'residue'
  | 'live reads'
