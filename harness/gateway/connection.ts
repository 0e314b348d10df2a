/** Connections as the platform keeps them. */
import type { ConnectionFaults, PostFault } from '../../spec/platform.ts'
import type { Api } from './api.ts'
import type { KillAt } from './invocation.ts'
import type { Ending, ProxyEvent } from './lambda-events.ts'

/** The other end of a connection. Its methods are called in the order of what happens and must not throw. */
export interface ClientEnd {
  /** The handshake is accepted; called before anything is sent. */
  opened(protocol: string | undefined): void
  /** False where it cannot be given to the client any more. */
  send(text: string): void | false
  /** The platform closes the connection. */
  close(code: number, reason: string): void
}

/** One connection. */
export class Connection {
  readonly api: Api
  readonly connectionId: string
  readonly channelId: string
  readonly connectedAt: number
  /** How many messages have come from it. */
  messages = 0
  readonly client: ClientEnd
  /** Its name in the program and the step it was opened by, where it carries a script. */
  readonly conn: string | undefined
  readonly step: string | undefined
  state: 'connecting' | 'open' | 'gone' = 'connecting'
  /** When something last came or went. */
  lastActive: number
  /** How it ended while it was connecting. */
  left: Ending | undefined
  /** Its disconnect event has begun, or never will. */
  ended = false
  /** The last event of each kind that came, for `repeat`. */
  readonly last = new Map<'connect' | 'message' | 'disconnect', ProxyEvent>()
  /** Has the deferred work it was last asked for come again. */
  delivered: (() => Promise<unknown>) | undefined
  /** What is held back until a `release`. */
  held: (() => Promise<unknown>)[] = []
  /** Lets a disconnect overtake the connect that still runs. */
  overtake: (() => Promise<void>) | undefined
  /** Ends the wait for a connect that takes longer than the platform allows. */
  giveUp: (() => void) | undefined
  readonly faults: ConnectionFaults
  readonly #posts: (PostFault | null)[]
  #kill: ConnectionFaults['kill']

  constructor(
    at: { api: Api; connectionId: string; channelId: string; now: number },
    client: ClientEnd,
    faults: ConnectionFaults,
    script: { conn: string; step: string } | undefined,
  ) {
    this.api = at.api
    this.connectionId = at.connectionId
    this.channelId = at.channelId
    this.connectedAt = at.now
    this.lastActive = at.now
    this.client = client
    this.conn = script?.conn
    this.step = script?.step
    this.faults = faults
    this.#posts = [...(faults.posts ?? [])]
    this.#kill = faults.kill
  }

  /** What the next post or close is answered with; null: as it is. It is used up. */
  nextPost(): PostFault | null {
    return this.#posts.shift() ?? null
  }

  /** What the next post or close will be answered with. */
  get upcomingPost(): PostFault | null {
    return this.#posts[0] ?? null
  }

  /** Where the next invocation for this event is to be killed. It is used up. */
  takeKill(event: string): KillAt | undefined {
    if (this.#kill?.event !== event) return undefined
    const { request, when } = this.#kill
    this.#kill = undefined
    return { request, when }
  }
}
