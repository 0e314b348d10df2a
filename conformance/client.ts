/** The client side of one connection, on `ws`; everything it sees goes to the recorder. */
import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import type { Wire } from '../spec/history.ts'
import type { ProbeChannel } from '../spec/probe/channels.ts'
import { fromHex, toHex } from '../spec/values.ts'

/** What a client tells of its socket. */
export interface ClientListener {
  open(protocol: string): void
  refused(status: number | null): void
  receive(data: Wire): void
  closed(code: number, reason: string): void
}

/** One WebSocket connection under the kit's control. */
export class Client {
  state: 'connecting' | 'open' | 'closed' | 'refused' = 'connecting'
  channelId: string | undefined
  /** The name its connection has in scripts and on the wire, unique in a run of the suite. */
  readonly physical: string
  readonly channel: ProbeChannel
  readonly #socket: WebSocket

  constructor(physical: string, channel: ProbeChannel, url: string, protocols: string[], listener: ClientListener) {
    this.physical = physical
    this.channel = channel
    this.#socket = new WebSocket(url, protocols, { perMessageDeflate: false })
    this.#listen(listener, protocols)
  }

  #listen(listener: ClientListener, protocols: readonly string[]): void {
    const socket = this.#socket
    let protocol = ''
    // ws refuses what LIFE-23 has to judge, a server that selects none among it: it is shown what it wants to see.
    socket.on('upgrade', ({ headers }) => {
      protocol = headers['sec-websocket-protocol'] ?? ''
      const [first] = protocols
      if (first === undefined) delete headers['sec-websocket-protocol']
      else headers['sec-websocket-protocol'] = first
    })
    const refuse = (status: number | null): void => {
      if (this.state !== 'connecting') return
      this.state = 'refused'
      listener.refused(status)
    }
    socket.on('open', () => {
      this.state = 'open'
      listener.open(protocol)
    })
    socket.on('unexpected-response', (request, response) => {
      refuse(response.statusCode ?? null)
      request.destroy()
    })
    // An error is followed by a close where the socket was open; before that it is a refusal without a status.
    socket.on('error', () => refuse(null))
    socket.on('message', (data, isBinary) => {
      const bytes = data as Buffer
      listener.receive(isBinary ? { hex: toHex(bytes) } : { text: bytes.toString('utf8') })
    })
    socket.on('close', (code, reason) => {
      if (this.state === 'refused') return
      this.state = 'closed'
      listener.closed(code, reason.toString('utf8'))
    })
  }

  /** Sends one message, if the socket is still open. */
  send(data: Wire): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    if ('text' in data) this.#socket.send(data.text)
    else this.#socket.send(fromHex(data.hex))
  }

  /** Closes as a client does. */
  close(): void {
    this.#socket.close(1000)
  }

  /** Cuts the connection without a word. */
  vanish(): void {
    this.#socket.terminate()
  }

  /** Writes bytes of its own to the socket, past everything that keeps them well-formed. */
  write(bytes: Uint8Array): void {
    if (this.#socket.readyState === WebSocket.OPEN) (this.#socket as unknown as { _socket: Socket })._socket.write(bytes)
  }

  /** Stops reading. */
  pause(): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.pause()
  }

  /** Reads again. */
  resume(): void {
    if (this.#socket.isPaused) this.#socket.resume()
  }
}
