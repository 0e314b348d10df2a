/**
 * What a serverless platform does beneath a system: what programs can ask of it, and what it tells. A system without
 * one (a server of its own) has none of this.
 */

/** What an event of the platform is. `sweep` is the scheduled one. */
export type PlatformEvent = 'connect' | 'message' | 'disconnect' | 'deliver' | 'sweep'

/**
 * How the management interface answers a post or a close: as the platform does, or as a fault asks. `failed`: 500 and
 * not delivered; `failed late`: 500 though it was delivered; `forbidden`: 403; `refused`: the connection to it failed;
 * `slow`: as it does, but later than other answers.
 */
export type PostFault =
  | 'gone'
  | 'gone late'
  | 'throttled'
  | 'too large'
  | 'forbidden'
  | 'failed'
  | 'failed late'
  | 'refused'
  | 'slow'

/** What the platform is asked to do otherwise for one connection. */
export interface ConnectionFaults {
  /** The connect event comes twice: the second beside the first, or after the first has returned. */
  connect?: 'twice' | 'again'
  /**
   * What becomes of the disconnect event. `early`: it comes before the connect event; `overtaking`: while the connect's
   * invocation runs, at its end at the latest; `late`: not before a `release`.
   */
  disconnect?: 'lost' | 'late' | 'twice' | 'again' | 'early' | 'overtaking'
  /** Deferred work comes twice (beside, or after), or not before a `release`. */
  deliver?: 'twice' | 'again' | 'late'
  /** Messages: the first, the third and so on come to their invocations late, so that the next of the connection overtake them. */
  messages?: 'overtaken'
  /** The first posts and closes are answered so, one after another; null: as the platform does. */
  posts?: (PostFault | null)[]
  /**
   * The first invocation for this event ends before its nth request (from 1) to a store or the gateway is made
   * (`before`), or once it was carried out and before its answer is seen (`after`), as if its process had been killed.
   */
  kill?: { event: PlatformEvent; request: number; when: 'before' | 'after' }
}

/** What a program can have the platform do; each resolves once it is done, with the invocations it caused. */
export type PlatformCommand =
  /** Before the connection `conn` (its name in the script) is opened. */
  | { do: 'faults'; conn: string; faults: ConnectionFaults }
  /** An event that has come comes again: the last of its kind of this connection. */
  | { do: 'repeat'; conn: string; event: Exclude<PlatformEvent, 'sweep'> }
  /** What was held back as late comes now. */
  | { do: 'release'; conn: string }
  /** The clock of platform and system goes on by so many milliseconds; whoever waits on it wakes. */
  | { do: 'advance'; milliseconds: number }
  | { do: 'sweep' }
  /** The next so many requests to the stores are throttled, answered in part where they are batches, lose their answer, or are carried out late. */
  | { do: 'stores'; fault: 'throttled' | 'partial' | 'answer lost' | 'slow'; times: number }

/** Requests of one invocation to the stores, by kind; `scan` is any that reads what it was not asked for. */
export interface StoreRequests {
  get: number
  query: number
  /** Items written, batches counted by item. */
  write: number
  scan: number
}
