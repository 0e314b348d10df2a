/** The client side of one connection; everything it sees goes to the recorder. */
import type { ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import type { ClientListener, ClientSocket, Dial } from '../spec/dial.ts'
import type { Wire } from '../spec/history.ts'
import type { ProbeChannel } from '../spec/probe/channels.ts'
import { fromHex, toHex } from '../spec/values.ts'
import { fragmentsOf, mostBytes } from './fragments.ts'

/** One connection under the kit's control. */
export class Client {
  state: 'connecting' | 'open' | 'closed' | 'refused' = 'connecting'
  channelId: string | undefined
  /** It has begun to close: nothing it is told to send leaves any more, though its socket may still be open. */
  leaving = false
  /** The name its connection has in scripts and on the wire, unique in a run of the suite. */
  readonly physical: string
  readonly channel: ProbeChannel
  readonly #socket: ClientSocket
  #paused = false

  /** @param dial makes its socket; a WebSocket where the host has none of its own */
  constructor(
    physical: string,
    channel: ProbeChannel,
    url: string,
    protocols: readonly string[],
    listener: ClientListener,
    dial: Dial = dialWebSocket,
  ) {
    this.physical = physical
    this.channel = channel
    this.#socket = dial(url, protocols, {
      open: (protocol, key) => {
        this.state = 'open'
        listener.open(protocol, key)
      },
      refused: (status) => {
        if (this.state !== 'connecting') return
        this.state = 'refused'
        listener.refused(status)
      },
      receive: (data) => listener.receive(data),
      closed: (code, reason, fault) => {
        if (this.state === 'refused') return
        this.state = 'closed'
        listener.closed(code, reason, fault)
      },
    })
  }

  /** Sends one message, if the socket is still open. */
  send(data: Wire): void {
    this.#socket.send(data)
  }

  /** Closes as a client does. */
  close(): void {
    this.leaving = true
    this.#socket.close()
  }

  /** Cuts the connection without a word. */
  vanish(): void {
    this.leaving = true
    this.#socket.vanish()
  }

  /** Writes bytes of its own to the socket, past everything that keeps them well-formed. */
  write(bytes: Uint8Array): void {
    this.#socket.write(bytes)
  }

  /** Resolves once the server has read everything sent so far; at once where nothing could tell. */
  async read(): Promise<void> {
    if (this.state === 'open' && !this.#paused) await this.#socket.read?.()
  }

  /** Stops reading. */
  pause(): void {
    this.#paused = true
    this.#socket.pause()
  }

  /** Reads again. */
  resume(): void {
    this.#paused = false
    this.#socket.resume()
  }
}

/** No limit of the client's own ends a connection: every message of the protocol can be read. */
const unlimited = { maxPayload: 0, maxFragments: 0, maxBufferedChunks: 0 }

/** A connection on `ws`. */
export const dialWebSocket: Dial = (url, protocols, listener) => {
  let key = ''
  const finishRequest = (request: ClientRequest): void => {
    key = String(request.getHeader('sec-websocket-key'))
    request.end()
  }
  const socket = new WebSocket(url, [...protocols], { ...unlimited, perMessageDeflate: false, finishRequest })
  listen(socket, protocols, { ...listener, open: (protocol) => listener.open(protocol, key) })
  let pings = 0
  const isOpen = (): boolean => socket.readyState === WebSocket.OPEN
  return {
    send(data) {
      if (!isOpen()) return
      if ('hex' in data || data.text.length * 3 <= mostBytes) socket.send('text' in data ? data.text : fromHex(data.hex))
      else {
        const parts = fragmentsOf(data.text)
        for (const [index, part] of parts.entries()) socket.send(part, { binary: false, fin: index === parts.length - 1 })
      }
    },
    close: () => socket.close(1000),
    vanish: () => socket.terminate(),
    // A server answers a ping when it has read what came before it.
    read: () => (isOpen() ? answered(socket, `${++pings}`) : Promise.resolve()),
    write(bytes) {
      if (isOpen()) (socket as unknown as { _socket: Socket })._socket.write(bytes)
    },
    pause() {
      if (isOpen()) socket.pause()
    },
    resume() {
      if (socket.isPaused) socket.resume()
    },
  }
}

/** Resolves when a ping is answered, or never will be. */
function answered(socket: WebSocket, payload: string): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      socket.off('pong', heard)
      socket.off('close', end)
      resolve()
    }
    const heard = (data: Buffer): void => {
      if (data.toString() === payload) end()
    }
    socket.on('pong', heard)
    socket.on('close', end)
    socket.ping(payload)
  })
}

function listen(socket: WebSocket, protocols: readonly string[], listener: ClientListener): void {
  let protocol = ''
  // ws refuses what LIFE-23 has to judge, a server that selects none among it: it is shown what it wants to see.
  socket.on('upgrade', ({ headers }) => {
    protocol = headers['sec-websocket-protocol'] ?? ''
    const [first] = protocols
    if (first === undefined) delete headers['sec-websocket-protocol']
    else headers['sec-websocket-protocol'] = first
  })
  socket.on('open', () => listener.open(protocol))
  socket.on('unexpected-response', (request, response) => {
    listener.refused(response.statusCode ?? null)
    request.destroy()
  })
  // An error is followed by a close where the socket was open; before that it is a refusal without a status.
  let fault: string | undefined
  socket.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // Of a frame that ws cannot read, and of nothing else.
    if (code?.startsWith('WS_ERR_')) fault = message
    listener.refused(null)
  })
  socket.on('message', (data, isBinary) => {
    const bytes = data as Buffer
    listener.receive(isBinary ? { hex: toHex(bytes) } : { text: bytes.toString('utf8') })
  })
  socket.on('close', (code, reason) => listener.closed(code, reason.toString('utf8'), fault))
}
