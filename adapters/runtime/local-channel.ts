/** One connection of this process: its life, its queue and its session. */
import type { ChannelState } from '../../spec/application.ts'
import { ChannelClosedError } from '../../spec/errors.ts'
import type { CompiledChannel } from './compile.ts'
import { dispatchConnect, dispatchDisconnect, dispatchMessage, type Incoming } from './dispatch.ts'
import { bytesOf, type Encoded } from './encode.ts'
import { copyJson } from './json.ts'
import type { ChannelTransport, LocalHost, OnClose, OnSend } from './local-ports.ts'
import type { ChannelPort, Environment, HubPort } from './ports.ts'
import { done, timerWait } from './promises.ts'

/** A channel that no socket was attached to. */
const nowhere: ChannelTransport = { send: () => false, close: () => {} }

/** A connection as the runtime hands it to an adapter. */
export class LocalChannel implements ChannelPort {
  readonly channelId: string
  readonly channel: CompiledChannel
  state: ChannelState = 'initial'
  /** onDisconnect has settled and nothing is left. */
  ended = false
  readonly #host: LocalHost
  readonly #openingData: object
  #session: unknown
  #transport = nowhere
  // The two lists are made when something goes into them: most connections are idle, and there are many.
  #onEnd: (() => void)[] | undefined
  #queue: Incoming[] | undefined
  /** An event other than the disconnect is running: there is at most one (LIFE-15). */
  #busy = false
  /** onConnect has settled well, or there is none. */
  #connected = false
  /** What to close the socket with once onConnect has settled (LIFE-14). */
  #closeCode: number | undefined
  #draining = false
  #disconnecting = false
  #deadline: NodeJS.Timeout | undefined

  constructor(host: LocalHost, channel: CompiledChannel, channelId: string, openingData: object) {
    this.#host = host
    this.channel = channel
    this.channelId = channelId
    this.#openingData = openingData
  }

  get environment(): Environment {
    return this.#host.environment
  }

  get hub(): HubPort {
    return this.#host.hub.port
  }

  /** Sets the socket as a whole; the two functions after this one set its parts. */
  attach(transport: ChannelTransport): void {
    this.#transport = transport
  }

  /** Sets how messages reach the socket. They are encoded already: a string is text, anything else bytes. */
  registerOnSend(send: OnSend): void {
    this.#transport = { ...this.#transport, send }
  }

  /** Sets how the socket is closed from this side. */
  registerOnClose(close: OnClose): void {
    this.#transport = { ...this.#transport, close }
  }

  /** Adds what is called when onDisconnect has settled and nothing of the connection is left. */
  registerOnEnd(onEnd: () => void): void {
    this.#onEnd ??= []
    this.#onEnd.push(onEnd)
  }

  /** The socket is open: runs onConnect. The hub must know the channel by now. */
  open(): void {
    if (this.state !== 'initial') return
    this.state = 'open'
    // Busy before the handler runs: what it does before its first await, a close() for one, counts as done within it.
    this.#busy = true
    const connecting = dispatchConnect(this)
    if (connecting === undefined) this.#connectSettled(true)
    else void connecting.then((succeeded) => this.#connectSettled(succeeded))
  }

  /**
   * A message has come. Its replies go through the registered send, so that this resolves to undefined, at once.
   * Bytes are copied: transports take theirs back.
   */
  async message(data: string | ArrayBuffer | Uint8Array): Promise<undefined> {
    this.receive(typeof data === 'string' ? data : (bytesOf(data) as Uint8Array))
  }

  /** `message` without the promise, for adapters; bytes must be nobody else's. */
  receive(incoming: Incoming): void {
    // After the close nothing is handled (LIFE-14), and a server that stops starts nothing (LIFE-18).
    if (this.state === 'closed' || this.#draining) return
    if (this.#busy || !this.#connected) this.#hold(incoming)
    else if (!this.#start(incoming)) this.#advance()
  }

  /** The socket has closed, whoever closed it. Resolves when onDisconnect has settled. Idempotent; never rejects. */
  close(): Promise<void> {
    this.#end(undefined)
    return this.ended ? done : new Promise((resolve) => this.registerOnEnd(resolve))
  }

  hangUp(): void {
    this.#end(1000)
  }

  /** Starts no further handler, and closes with 1001 once the running one has settled (LIFE-18). */
  drain(): void {
    this.#draining = true
    this.#queue = undefined
    if (!this.#busy) this.#end(1001)
  }

  /** Closes at once with 1001 and waits for no message handler any more; onDisconnect runs. */
  abandon(): void {
    this.#end(1001)
    this.#overdue()
  }

  /** How many messages wait for the running handler. */
  get backlog(): number {
    return this.#queue === undefined ? 0 : this.#queue.length
  }

  openingData(): object {
    return copyJson(this.#openingData)
  }

  transmit(encoded: Encoded): void {
    if (this.state === 'closed') throw new ChannelClosedError()
    let taken: unknown
    try {
      taken = this.#transport.send(encoded)
    } catch {
      taken = false
    }
    if (taken !== false) return
    // The socket has ended and only its event is still to come: from here on the channel is known to be closed.
    this.#end(undefined)
    throw new ChannelClosedError()
  }

  readSession(): unknown {
    return copyJson(this.#session)
  }

  writeSession(session: unknown): void {
    if (this.ended) throw new ChannelClosedError()
    this.#session = session
  }

  #connectSettled(succeeded: boolean): void {
    this.#busy = false
    this.#connected = succeeded
    if (!succeeded) {
      // Refused, so no other handler ever runs (LIFE-09), and what a close() before the throw asked for is overruled.
      this.#closeCode = undefined
      if (this.state === 'closed') this.#closeSocket(1011)
      else this.#end(1011)
    }
    this.#advance()
  }

  #hold(incoming: Incoming): void {
    this.#queue ??= []
    this.#queue.push(incoming)
  }

  /** Handles one message; says whether its handler is still running. */
  #start(incoming: Incoming): boolean {
    this.#busy = true
    const running = dispatchMessage(this, incoming)
    if (running === undefined) this.#busy = false
    else {
      void running.then(() => {
        this.#busy = false
        this.#advance()
      })
    }
    return this.#busy
  }

  /** Decides what is next now that no event is running. A loop: of many messages held, each may be over at once. */
  #advance(): void {
    do {
      if (this.state === 'closed') {
        this.#finish()
        return
      }
      if (this.#draining) {
        this.#end(1001)
        return
      }
      const incoming = this.#queue?.shift()
      if (incoming === undefined) return
      this.#start(incoming)
    } while (!this.#busy)
  }

  /** The one way into `closed`. With a code the socket is closed from this side, else it has ended by itself. */
  #end(code: number | undefined): void {
    if (this.state === 'closed') return
    this.state = 'closed'
    this.#queue = undefined
    this.#host.hub.onChannelClosed(this.channelId)
    if (this.#busy) {
      if (this.#connected) this.#closeSocket(code)
      else this.#closeCode = code
      this.#deadline = setTimeout(() => this.#overdue(), timerWait(this.#host.handlerDeadline))
    } else {
      this.#closeSocket(code)
      this.#finish()
    }
  }

  /** A handler outlasted its deadline: the connection ends without it. Its later calls find the channel closed. */
  #overdue(): void {
    clearTimeout(this.#deadline)
    this.#closeSocket(this.#closeCode)
    this.#closeCode = undefined
    // Whether a pending onConnect will succeed is not known, so onDisconnect waits for it however long it takes (LIFE-10).
    if (this.#connected) this.#finish()
  }

  #closeSocket(code: number | undefined): void {
    if (code !== undefined) this.#transport.close(code)
  }

  /** Runs onDisconnect, once: two ways lead here, the handler that settles and the deadline that it missed. */
  #finish(): void {
    if (this.#disconnecting) return
    this.#disconnecting = true
    clearTimeout(this.#deadline)
    this.#closeSocket(this.#closeCode)
    const running = this.#connected ? dispatchDisconnect(this) : undefined
    if (running === undefined) this.#over()
    else void running.then(() => this.#over())
  }

  #over(): void {
    this.ended = true
    this.#session = undefined
    this.#transport.ended?.()
    for (const onEnd of this.#onEnd ?? []) onEnd()
  }
}
