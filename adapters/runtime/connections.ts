/** The connections of one server, and ending them all when it stops. */
import type { LocalChannel } from './local-channel.ts'
import { timerWait } from './promises.ts'

/** What is done with a socket whose client does not take its leave. */
export interface Cuttable {
  terminate(): void
}

/** How long a client whose handler missed the deadline has to take its close, in milliseconds. */
const lastGrace = 1_000

/** Channels with their sockets, from the handshake until the socket has closed and onDisconnect has settled. */
export class Connections {
  readonly #sockets = new Map<LocalChannel, Cuttable>()
  #emptied: (() => void) | undefined

  add(channel: LocalChannel, socket: Cuttable): void {
    this.#sockets.set(channel, socket)
  }

  delete(channel: LocalChannel): void {
    this.#sockets.delete(channel)
    if (this.#sockets.size === 0) this.#emptied?.()
  }

  /** The ids of channels whose onDisconnect has not settled. */
  held(): string[] {
    return [...this.#sockets.keys()].flatMap((channel) => (channel.ended ? [] : [channel.channelId]))
  }

  /**
   * Lets running handlers settle, closes each connection with 1001 and waits for the end of all of them (LIFE-18). At
   * `deadline` (milliseconds) handlers that still run are left alone, clients that do not read are cut off, and every
   * onDisconnect gets as long again. No connection may be added once this was called.
   */
  async stop(deadline: number): Promise<void> {
    for (const channel of this.#sockets.keys()) channel.drain()
    if (await this.#empty(deadline)) return
    for (const [channel, socket] of this.#sockets) {
      // Its close was sent earlier, and had until now to arrive.
      const unread = channel.state === 'closed'
      channel.abandon()
      if (unread) socket.terminate()
    }
    if (await this.#empty(Math.min(lastGrace, deadline))) return
    for (const socket of this.#sockets.values()) socket.terminate()
    await this.#empty(deadline)
  }

  /** Resolves to true when no connection is left, to false when `limit` milliseconds are over first. */
  #empty(limit: number): Promise<boolean> {
    if (this.#sockets.size === 0) return Promise.resolve(true)
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timerWait(limit), false)
      this.#emptied = () => {
        clearTimeout(timer)
        resolve(true)
      }
    })
  }
}
