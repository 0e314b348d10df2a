/** The platform's front: real WebSocket clients, over Node's http server. */
import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type { ClientEnd } from './connection.ts'
import { FrameSizes } from './frames.ts'
import type { Headers } from './lambda-events.ts'
import { limits } from './limits.ts'
import type { Handshake, Platform } from './platform.ts'

/** So many turns of the event loop without a byte from any client, and what they sent has been read. */
const quietTurns = 3

/** Listens for clients of a platform. */
export class Front {
  readonly #platform: Platform
  readonly #server: Server
  readonly #sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.message,
    handleProtocols: (_offered, request) => this.#protocols.get(request) ?? false,
  })
  readonly #protocols = new WeakMap<IncomingMessage, string>()
  /** Everything clients have done: bytes sent, connections begun and ended. */
  #activity = 0
  #pending = 0
  #url = ''

  private constructor(platform: Platform) {
    this.#platform = platform
    this.#server = createServer((_request, response) => {
      response.writeHead(426, { connection: 'close' }).end()
    })
    this.#server.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head))
    this.#server.on('connection', () => {
      this.#activity += 1
    })
  }

  /** Listens on a port of `host`; 0 for any. @throws Error of the server where it cannot */
  static async listen(platform: Platform, host = '127.0.0.1', port = 0): Promise<Front> {
    const front = new Front(platform)
    await new Promise<void>((resolve, reject) => {
      front.#server.once('error', reject).listen(port, host, resolve)
    })
    const { address, port: bound } = front.#server.address() as AddressInfo
    front.#url = `ws://${address.includes(':') ? `[${address}]` : address}:${bound}`
    return front
  }

  /** The base address; a channel is at its route below it. */
  get url(): string {
    return this.#url
  }

  /**
   * Resolves once all that clients on this machine had sent when it was called was read, and every invocation it led to
   * has returned, with what they caused.
   */
  async idle(): Promise<void> {
    let seen: number
    do {
      seen = this.#activity
      await this.#platform.idle()
      await this.quiet()
    } while (seen !== this.#activity || this.#pending > 0)
  }

  /**
   * Resolves once all that clients on this machine had sent when it was called was read: over the loopback interface it
   * can be read at once, and each turn of the loop reads what there is.
   */
  async quiet(): Promise<void> {
    let seen = this.#activity
    for (let turn = 0; turn < quietTurns; turn++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (seen !== this.#activity) turn = -1
      seen = this.#activity
    }
  }

  /** Closes every connection and the server. The invocations this leads to are `platform.idle`'s to wait for. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#platform.closeAll()
    await this.quiet()
    for (const socket of this.#sockets.clients) socket.terminate()
    this.#server.closeAllConnections()
    await closed
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    this.#activity += 1
    this.#pending += 1
    const end = new SocketEnd()
    // The client may leave while the platform still asks its connect integration.
    const gone = (): void => {
      this.#activity += 1
      this.#platform.left(end)
    }
    socket.on('end', gone).on('close', gone).on('error', gone)
    const [path = '', ...query] = (request.url ?? '').split('?')
    const headers = pairs(request.rawHeaders)
    const route = decoded(path)
    const handshake = await this.#platform.connect({ route, query: query.join('?'), headers, client: end })
    socket.off('end', gone).off('close', gone).off('error', gone)
    socket.on('error', () => {})
    this.#pending -= 1
    if (handshake.status >= 200 && handshake.status < 300) this.#accept(request, socket, head, handshake, end)
    else refuse(socket, handshake)
  }

  #accept(request: IncomingMessage, socket: Duplex, head: Buffer, { protocol }: Handshake, end: SocketEnd): void {
    const frames = new FrameSizes()
    // Ahead of ws's own listener, so that a message's frames are known when it comes.
    socket.on('data', (bytes: Buffer) => {
      this.#activity += 1
      frames.feed(bytes)
    })
    if (protocol !== undefined) this.#protocols.set(request, protocol)
    let upgraded = false
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      upgraded = true
      webSocket.on('message', (data: Buffer, isBinary) => {
        this.#platform.receive(end, isBinary ? new Uint8Array(data) : data.toString(), frames.next())
      })
      // Protocol errors and resets: ws closes with the right code.
      webSocket.on('error', () => {})
      webSocket.on('close', (code, reason) => {
        this.#activity += 1
        this.#platform.left(end, code, reason.toString())
      })
      end.attach(webSocket)
    })
    // A handshake ws refuses by itself, or a socket that has ended meanwhile.
    if (!upgraded) this.#platform.left(end)
  }
}

/** A socket as the platform uses it; what comes before it is there waits for it. */
class SocketEnd implements ClientEnd {
  #socket: WebSocket | undefined
  #waiting: ((socket: WebSocket) => void)[] = []

  attach(socket: WebSocket): void {
    this.#socket = socket
    for (const act of this.#waiting) act(socket)
    this.#waiting = []
  }

  opened(): void {}

  send(text: string): void | false {
    if (this.#socket !== undefined && this.#socket.readyState !== WebSocket.OPEN) return false
    this.#do((socket) => socket.send(text))
  }

  close(code: number, reason: string): void {
    this.#do((socket) => socket.close(code, reason))
  }

  #do(act: (socket: WebSocket) => void): void {
    if (this.#socket === undefined) this.#waiting.push(act)
    else act(this.#socket)
  }
}

function refuse(socket: Duplex, { status }: Handshake): void {
  if (status === 0) socket.destroy()
  else {
    const phrase = STATUS_CODES[status] ?? 'Refused'
    socket.end(`HTTP/1.1 ${status} ${phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }
}

/** A path as routes are written; one that cannot be decoded leads to none of them. */
function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

function pairs(raw: readonly string[]): Headers {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] as string] as const] : []))
}
