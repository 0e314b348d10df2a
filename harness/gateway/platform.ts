/**
 * The platform: connections in front, events behind. No sockets and no timers: who connects, what time it is, and how
 * an event is handled come from outside, so that a scheduler can own all of it.
 */
import type { UnnumberedTraceEvent } from '../../spec/history.ts'
import type { PlatformCommand } from '../../spec/platform.ts'
import { type Api, apiOf, type ConnectionAddress } from './api.ts'
import { Commands } from './commands.ts'
import type { ClientEnd, Connection } from './connection.ts'
import { ConnectionEvents } from './connection-events.ts'
import { Connections } from './connections.ts'
import type { InvokeAnswer, Invoker } from './invocation.ts'
import { Invocations } from './invocations.ts'
import { connectEvent, disconnectEvent, type Ending, type Headers, messageEvent, type ProxyEvent } from './lambda-events.ts'
import { slow, turns } from './latency.ts'
import { limits, sizeOf } from './limits.ts'
import { Management } from './management.ts'

/** What a platform stands on. */
export interface PlatformOptions {
  /** What the APIs serve, one each: paths without parameters. */
  readonly routes: Iterable<string>
  readonly invoker: Invoker
  /** The id of the channel of a connection, as the system computes it. */
  channelIdOf(address: ConnectionAddress): string
  /** Given every event of the platform for the trace. */
  note(event: UnnumberedTraceEvent): void
  /** Milliseconds since 1970. `advance` moves it on and wakes who waits for it. */
  readonly clock: { now(): number; advance?(milliseconds: number): void | Promise<void> }
  /** Where the management interfaces are served, such as `http://127.0.0.1:8080`; without it, nowhere. */
  readonly base?: string
  /** What makes connection ids differ from those of other platforms over the same stores. */
  readonly seed?: string
  /** Resolves after as long as a slow way takes; some turns of the event loop without it. */
  slow?(): Promise<void>
  /** Makes the next requests to the stores fail; without it, that command is refused. */
  stores?(fault: Extract<PlatformCommand, { do: 'stores' }>['fault'], times: number): void | Promise<void>
}

/** What a client asks for. */
export interface ConnectRequest {
  /** The path it asks for. */
  readonly route: string
  /** As it crossed the wire, without its question mark. */
  readonly query: string
  readonly headers?: Headers
  readonly client: ClientEnd
}

/** How a handshake is answered: 2xx accepts it; 0: the connection breaks without an answer. */
export interface Handshake {
  readonly status: number
  readonly protocol?: string
}

/** One platform with its connections. Clients are known by their `ClientEnd`. */
export class Platform {
  /** Posts, closes and questions by connection id. */
  readonly management: Management
  readonly #byRoute: ReadonlyMap<string, Api>
  readonly #connections: Connections
  readonly #invocations: Invocations
  readonly #events: ConnectionEvents
  readonly #clock: PlatformOptions['clock']
  readonly #commands: Commands
  readonly #slow: () => Promise<void>
  #requests = 0

  constructor(options: PlatformOptions) {
    const { routes, invoker, note, clock, base, seed = '', channelIdOf } = options
    const apis = [...routes].map((route) => apiOf(route, base))
    this.#clock = clock
    this.#slow = options.slow ?? (() => turns(slow))
    this.#byRoute = new Map(apis.map((api) => [api.route, api]))
    this.#connections = new Connections(seed, channelIdOf)
    this.#invocations = new Invocations(invoker, note)
    this.#events = new ConnectionEvents(this.#invocations)
    this.#commands = new Commands(this.#connections, this.#invocations, this.#events, {
      advance: async (milliseconds) => {
        await clock.advance?.(milliseconds)
        await this.expire()
      },
      failed: (connection, answer, requestId) => this.#complain(connection, answer, requestId),
      ...(options.stores && { stores: options.stores }),
    })
    this.management = new Management(this.#connections, new Map(apis.map((api) => [api.endpoint, api])), {
      note,
      now: () => clock.now(),
      close: (connection) => void this.#close(connection, { code: 1000, reason: '' }),
    })
  }

  /** The API and connection id behind a channel's id; undefined for one that is not, or no longer, known. */
  addressOf(channelId: string): { endpoint: string; connectionId: string } | undefined {
    const found = this.#connections.ofChannel(channelId)
    return found && { endpoint: found.api.endpoint, connectionId: found.connectionId }
  }

  /** A client asks to connect. Resolves when its handshake is to be answered; `client.opened` has been called by then if it is accepted. */
  async connect({ route, query, headers = [], client }: ConnectRequest): Promise<Handshake> {
    const api = this.#byRoute.get(route)
    if (api === undefined) return { status: 404 }
    const connection = this.#connections.add(api, query, client, this.#now)
    const payload = connectEvent(connection, this.#requestId(), this.#now, query, headers)
    return this.#invocations.track(() => this.#connecting(connection, payload))
  }

  async #connecting(connection: Connection, payload: ProxyEvent): Promise<Handshake> {
    const { disconnect } = connection.faults
    if (disconnect === 'early') await this.#disconnected(connection, abnormal)
    const overtaken = () => this.#disconnected(connection, connection.left ?? abnormal)
    if (disconnect === 'overtaking') connection.overtake = overtaken
    const ending = disconnect === 'overtaking' ? () => void overtaken() : () => {}
    const tooLong = new Promise<InvokeAnswer>((resolve) => {
      connection.giveUp = () => resolve({ outcome: 'ok', status: 504 })
    })
    const running = this.#invocations.track(() => this.#events.connect(connection, payload, ending))
    const handshake = handshakeOf(await Promise.race([running, tooLong]))
    connection.giveUp = undefined
    return this.#connected(connection, handshake)
  }

  // What a client that left is owed follows its connect; a connect that was refused never was a connection.
  #connected(connection: Connection, handshake: Handshake): Handshake {
    const accepted = handshake.status >= 200 && handshake.status < 300
    if (accepted && !connection.ended && connection.left === undefined) {
      connection.state = 'open'
      connection.lastActive = this.#now
      connection.client.opened(handshake.protocol)
      return handshake
    }
    connection.state = 'gone'
    this.#connections.retire(connection)
    if (!accepted) return handshake
    if (connection.left !== undefined) void this.#disconnected(connection, connection.left)
    return { status: 0 }
  }

  /**
   * A message has come, whole: an invocation of its own, at once.
   * @param frame the size of its largest frame, in bytes; a text alone came in one
   */
  receive(client: ClientEnd, data: string | Uint8Array, frame?: number): void {
    const connection = this.#connections.of(client)
    if (connection?.state !== 'open') return
    if (typeof data !== 'string') return void this.#close(connection, { code: 1003, reason: '' })
    const size = sizeOf(data)
    if (size > limits.message || (frame ?? size) > limits.frame) return void this.#close(connection, { code: 1009, reason: '' })
    connection.lastActive = this.#now
    const requestId = this.#requestId()
    const payload = messageEvent(connection, requestId, this.#now, data)
    connection.messages++
    const late = connection.faults.messages === 'overtaken' && connection.messages % 2 === 1
    void this.#invocations.track(async () => {
      if (late) await this.#slow()
      const answer = await this.#events.first(connection, 'message', payload)
      this.#complain(connection, answer, requestId)
    })
  }

  // A message whose integration fails is answered by the platform itself.
  #complain(connection: Connection, answer: InvokeAnswer | undefined, requestId: string): void {
    if (answer === undefined || connection.state !== 'open') return
    if (answer.outcome === 'ok' && (answer.status ?? 200) < 400) return
    const { connectionId } = connection
    connection.client.send(JSON.stringify({ message: 'Internal server error', connectionId, requestId }))
  }

  /** A client has left, or its connection broke. */
  left(client: ClientEnd, code = abnormal.code, reason = ''): void {
    const connection = this.#connections.of(client)
    if (connection === undefined) return
    if (connection.state === 'connecting') {
      connection.left ??= { code, reason }
      if (connection.overtake !== undefined) void connection.overtake()
    } else void this.#gone(connection, { code, reason })
  }

  /** Has `deliver` come for a channel, in an invocation of its own. Resolves once that is certain, which is at once. */
  defer(channelId: string): Promise<void> {
    const connection = this.#connections.ofChannel(channelId)
    // In a turn of its own: the invocation that asks for it goes on first.
    void this.#invocations.track(() => Promise.resolve().then(() => this.#events.deliver(channelId, connection)))
    return Promise.resolve()
  }

  /** Resolves once every invocation begun so far has returned, and all they caused; what is held back does not count. */
  idle(): Promise<void> {
    return this.#invocations.idle()
  }

  /** Does what a program asks for. Resolves once it is done, with the invocations it caused. */
  command(command: PlatformCommand): Promise<void> {
    return this.#commands.run(command)
  }

  /** Closes the connections whose time is over, and ends connects that take too long. Resolves when their disconnect events are handled. */
  async expire(): Promise<void> {
    const now = this.#now
    await Promise.all(
      this.#connections.present.map((connection) => {
        const { state, connectedAt, lastActive } = connection
        if (state === 'connecting' && now - connectedAt > limits.integration) connection.giveUp?.()
        if (state !== 'open' || (now - connectedAt < limits.connection && now - lastActive < limits.idle)) return undefined
        return this.#close(connection, { code: 1001, reason: 'Going away' })
      }),
    )
  }

  /** Closes every connection. */
  closeAll(): void {
    for (const connection of this.#connections.present)
      if (connection.state === 'open') void this.#close(connection, { code: 1001, reason: 'Going away' })
  }

  #close(connection: Connection, ending: Ending): Promise<void> {
    const handled = this.#gone(connection, ending)
    connection.client.close(ending.code, ending.reason)
    return handled
  }

  #gone(connection: Connection, ending: Ending): Promise<void> {
    connection.state = 'gone'
    this.#connections.retire(connection)
    return this.#disconnected(connection, ending)
  }

  #disconnected(connection: Connection, ending: Ending): Promise<void> {
    const payload = disconnectEvent(connection, this.#requestId(), this.#now, ending)
    return this.#invocations.track(() => this.#events.disconnect(connection, payload))
  }

  get #now(): number {
    return this.#clock.now()
  }

  #requestId(): string {
    this.#requests += 1
    return `r${this.#requests}=`
  }
}

/** How a connection ends that ends without a word. */
const abnormal: Ending = { code: 1006, reason: 'Connection closed abnormally' }

/** What the connect's answer means to the client. */
function handshakeOf(answer: InvokeAnswer): Handshake {
  if (answer.outcome !== 'ok') return { status: 502 }
  const { status = 200, headers = {} } = answer
  if (!Number.isInteger(status) || status < 200 || status > 599) return { status: 502 }
  const protocol = Object.entries(headers).find(([name]) => name.toLowerCase() === 'sec-websocket-protocol')?.[1]
  return { status, ...(protocol === undefined ? {} : { protocol }) }
}
