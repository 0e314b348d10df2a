/** Handshakes as they reach Node's http server: taking them apart, and refusing them. */
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** What comes before the path of a target in its absolute form (RFC 9112, 3.2.2), which no browser sends. */
const authority = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i

/** The path and the query, without its question mark, of a request's target. */
export function splitTarget(target: string): { path: string; query: string } {
  const local = target.startsWith('/') ? target : target.replace(authority, '')
  const mark = local.indexOf('?')
  return mark === -1 ? { path: local, query: '' } : { path: local.slice(0, mark), query: local.slice(mark + 1) }
}

/** Answers a handshake with an HTTP error and closes its socket. */
export function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  if (socket.destroyed || socket.writableEnded) return
  const body = `${reason}\n`
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  // A client that keeps its end open would hold the socket, so it is destroyed once the answer is out.
  socket.once('finish', () => socket.destroy())
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
