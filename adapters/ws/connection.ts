/** One accepted socket and its channel. */
import type { Duplex } from 'node:stream'
import type { Encoded, LocalChannel, LocalEventHub } from '../runtime/index.ts'
import { WebSocket } from 'ws'
import { writeFrame } from './frame.ts'

/** A socket as its channel and the hub use it. */
export class Connection {
  readonly channel: LocalChannel
  readonly #socket: WebSocket
  readonly #stream: Duplex
  #corked = false

  /** @param stream what `socket` reads and writes */
  constructor(channel: LocalChannel, socket: WebSocket, stream: Duplex) {
    this.channel = channel
    this.#socket = socket
    this.#stream = stream
  }

  /**
   * Joins socket, channel and hub. Has to be called in the very turn the socket opened in: a listener attached later
   * would miss messages and the close.
   * @param over is called when the socket has closed and onDisconnect has settled
   */
  open(hub: LocalEventHub<Connection>, over: () => void): void {
    const { channel } = this
    let left = 2
    const half = (): void => {
      if (--left === 0) over()
    }
    channel.registerOnEnd(half)
    channel.registerOnSend((encoded) => this.#send(encoded))
    channel.registerOnClose((code) => this.#socket.close(code))
    this.#socket.on('message', (data: Buffer, isBinary) => {
      // A Buffer may show a pool shared with other connections; the copy shows nothing else.
      channel.receive(isBinary ? new Uint8Array(data) : data.toString())
    })
    // Protocol errors and resets: ws closes the socket with the right code, and nothing more will come from it.
    this.#socket.on('error', () => void channel.close())
    this.#socket.on('close', () => {
      void channel.close()
      half()
    })
    hub.onChannelOpened(channel.channelId, this)
    channel.open()
  }

  /** Writes a frame made for many; a socket that has begun to close takes no more. */
  deliver(frame: Buffer): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#stream.write(frame)
  }

  /** Cuts the client off. */
  terminate(): void {
    this.#socket.terminate()
  }

  #send(encoded: Encoded): boolean {
    if (this.#socket.readyState !== WebSocket.OPEN) return false
    if (this.channel.backlog > 0 && !this.#corked) this.#cork()
    writeFrame(this.#stream, encoded)
    return true
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
