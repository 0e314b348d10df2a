/** One accepted socket and its channel. */
import type { WebSocket } from 'uWebSockets.js'
import type { Encoded, LocalChannel } from '../runtime/index.ts'
import type { UwsHub } from './hub.ts'

/** What the transport keeps with a socket, from its handshake on. */
export interface SocketData {
  channel: LocalChannel
  connection?: Connection
}

/** A byte order mark at the beginning of a message is part of it (ROUTE-07); a decoder drops it unless told otherwise. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** How long a client that is behind has to read what comes before its close, in milliseconds: as long as ws gives it. */
const closeGrace = 30_000

/** A socket that may be gone: after its close every call on it throws, so that `live` is asked first. */
export class Connection {
  live = true
  readonly socket: WebSocket<SocketData>
  readonly #channel: LocalChannel
  readonly #maxPayload: number
  readonly #over: () => void
  /** Halves that are still to end: the socket and the channel. */
  #left = 2
  /** The code to close with once the client has read what was sent before. */
  #closing: number | undefined
  #grace: NodeJS.Timeout | undefined

  /** @param over is called when the socket has closed and onDisconnect has settled */
  constructor(socket: WebSocket<SocketData>, channel: LocalChannel, maxPayload: number, over: () => void) {
    this.socket = socket
    this.#channel = channel
    this.#maxPayload = maxPayload
    this.#over = over
  }

  /** Joins the socket to its channel, in the very turn it opened in. */
  open(hub: UwsHub): void {
    const channel = this.#channel
    channel.registerOnEnd(() => this.#half())
    channel.registerOnSend((encoded) => this.#send(encoded))
    channel.registerOnClose((code) => this.#close(code))
    hub.onChannelOpened(channel.channelId, this)
    channel.open()
  }

  /** A message: the transport takes its buffer back when this returns, so that bytes are copied. */
  receive(message: ArrayBuffer, isBinary: boolean): void {
    if (message.byteLength > this.#maxPayload) {
      void this.#channel.close()
      this.#end(1009)
    } else this.#channel.receive(isBinary ? new Uint8Array(message.slice(0)) : decoder.decode(message))
  }

  /** The client has read what it was behind with. */
  drained(): void {
    if (this.#closing !== undefined && this.live && this.socket.getBufferedAmount() === 0) this.#end(this.#closing)
  }

  /** The socket has closed, whoever closed it: also called from within `end`. */
  closed(): void {
    this.live = false
    clearTimeout(this.#grace)
    void this.#channel.close()
    this.#half()
  }

  /** Cuts the socket off, whatever was still to be read. */
  terminate(): void {
    if (this.live) this.socket.close()
  }

  #send(encoded: Encoded): boolean {
    if (!this.live) return false
    // 2: dropped. Without a limit of buffered bytes that does not happen to a socket that is open.
    return this.socket.send(encoded, typeof encoded !== 'string') !== 2
  }

  #close(code: number): void {
    if (!this.live) return
    // Ending counts as closed at once here; a client that is behind is waited for, so that a stop can cut it off.
    if (this.socket.getBufferedAmount() === 0) this.#end(code)
    else {
      this.#closing = code
      this.#grace = setTimeout(() => this.terminate(), closeGrace).unref()
    }
  }

  #end(code: number): void {
    if (!this.live) return
    this.live = false
    this.socket.end(code)
  }

  #half(): void {
    if (--this.#left === 0) this.#over()
  }
}
