/** One accepted socket and its channel. */
import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import type { ChannelTransport, Connections, Encoded, LocalChannel, LocalEventHub } from '../runtime/index.ts'
import { writeFrame } from './frame.ts'

/** A WebSocket that knows its connection, so that all of them share their listeners. */
export class ChannelSocket extends WebSocket {
  connection: Connection | undefined
}

/** A socket as its channel and the hub use it. */
export class Connection implements ChannelTransport {
  readonly channel: LocalChannel
  readonly #socket: ChannelSocket
  readonly #stream: Duplex
  readonly #connections: Connections
  #corked = false
  /** Halves that are still to end: the socket and the channel. */
  #left = 2

  /**
   * @param stream what `socket` reads and writes
   * @param connections holds the connection until its socket has closed and its onDisconnect has settled
   */
  constructor(channel: LocalChannel, socket: ChannelSocket, stream: Duplex, connections: Connections) {
    this.channel = channel
    this.#socket = socket
    this.#stream = stream
    this.#connections = connections
    socket.connection = this
  }

  /**
   * Joins socket, channel and hub. Has to be called in the very turn the socket opened in: a listener attached later
   * would miss messages and the close.
   */
  open(hub: LocalEventHub<Connection>): void {
    this.#connections.add(this.channel, this)
    this.channel.attach(this)
    this.#socket.on('message', onMessage).on('error', onError).on('close', onClose)
    hub.onChannelOpened(this.channel.channelId, this)
    this.channel.open()
  }

  /** Sends one message; false says that the socket has begun to close and takes no more. */
  send(encoded: Encoded): boolean {
    if (this.#socket.readyState !== WebSocket.OPEN) return false
    if (this.channel.backlog > 0 && !this.#corked) this.#cork()
    writeFrame(this.#stream, encoded)
    return true
  }

  /** Writes a frame made for many. */
  deliver(frame: Buffer): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#stream.write(frame)
  }

  /** Closes from this side, after what was sent before. */
  close(code: number): void {
    this.#socket.close(code)
  }

  /** Cuts the client off. */
  terminate(): void {
    this.#socket.terminate()
  }

  /** The channel, or the socket, has ended; nothing holds the connection once both have. */
  ended(): void {
    if (--this.#left === 0) this.#connections.delete(this.channel)
  }

  // More messages wait, so more replies may follow at once: they share a write. It happens before anything else is
  // waited for, since a tick comes when no microtask is left. With nothing waiting, a cork would only cost.
  #cork(): void {
    this.#corked = true
    this.#stream.cork()
    process.nextTick(() => {
      this.#corked = false
      this.#stream.uncork()
    })
  }
}

const connectionOf = (socket: WebSocket): Connection | undefined => (socket as ChannelSocket).connection

function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
  // A Buffer may show a pool shared with other connections; the copy shows nothing else.
  connectionOf(this)?.channel.receive(isBinary ? new Uint8Array(data) : data.toString())
}

// Protocol errors and resets: ws closes the socket with the right code, and nothing more will come from it.
function onError(this: WebSocket): void {
  void connectionOf(this)?.channel.close()
}

function onClose(this: WebSocket): void {
  const connection = connectionOf(this)
  void connection?.channel.close()
  connection?.ended()
}
