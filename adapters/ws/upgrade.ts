/** Handshakes as they reach Node's http server: taking them apart, and refusing them. */
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** The path and the query, without its question mark, of a request's target. */
export function splitTarget(target: string): { path: string; query: string } {
  // A target may be absolute (RFC 9112, 3.2.2), although no browser sends one.
  const from = target.startsWith('/') ? 0 : Math.max(0, target.replace(/^[a-z]+:\/\//i, (scheme) => '/'.repeat(scheme.length)).search(/[^/]\//) + 1)
  const mark = target.indexOf('?', from)
  return mark === -1 ? { path: target.slice(from), query: '' } : { path: target.slice(from, mark), query: target.slice(mark + 1) }
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
