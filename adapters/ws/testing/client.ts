/** A client for tests: what it received and how it was closed can be awaited. */
import { once } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import { WebSocket } from 'ws'

/** An open connection. */
export interface TestClient {
  socket: WebSocket
  /** The next message, parsed where it is JSON text. @throws Error where the connection closes first */
  next(): Promise<unknown>
  send(message: unknown): void
  /** The code the connection was closed with. */
  closed: Promise<number>
}

/** Connects; messages that arrive with the handshake are kept. @throws Error with the status of a refusal */
export async function connect(url: string, protocols: string[] = []): Promise<TestClient> {
  const socket = new WebSocket(url, protocols)
  const messages: unknown[] = []
  const waiting: (() => void)[] = []
  const wake = (): void => {
    for (const each of waiting.splice(0)) each()
  }
  let open = true
  socket.on('message', (data: Buffer, isBinary) => {
    messages.push(isBinary ? new Uint8Array(data) : parse(data.toString()))
    wake()
  })
  const closed = new Promise<number>((resolve) => {
    socket.on('close', (code) => {
      open = false
      wake()
      resolve(code)
    })
  })
  await once(socket, 'open')
  socket.on('error', () => {})
  return {
    socket,
    closed,
    send: (message) =>
      socket.send(typeof message === 'string' || message instanceof Uint8Array ? message : JSON.stringify(message)),
    next: async () => {
      while (messages.length === 0) {
        if (!open) throw new Error('closed before the next message')
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
      return messages.shift()
    },
  }
}

/** The status a handshake is refused with. */
export async function refusalOf(url: string): Promise<number> {
  return connect(url).then(
    () => 101,
    (error: Error) => Number(/Unexpected server response: (\d+)/.exec(error.message)?.[1] ?? Number.NaN),
  )
}

/** A client that speaks for itself: the socket after its handshake, with what the server said after it. */
export async function rawConnect(port: number, path: string): Promise<{ socket: Socket; head: string }> {
  const socket = connectSocket(port, '127.0.0.1')
  await once(socket, 'connect')
  const lines = [
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
  ]
  socket.write(`${lines.join('\r\n')}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`)
  const [head] = (await once(socket, 'data')) as [Buffer]
  return { socket, head: head.toString('latin1') }
}

/** A masked text frame of up to 125 bytes. */
export function textFrame(text: string, firstByte = 0x81): Buffer {
  const payload = Buffer.from(text)
  return Buffer.concat([Buffer.from([firstByte, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
