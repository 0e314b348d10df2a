/** Handshakes as uWebSockets.js shows them: read whole before any await, since the request is gone after its turn. */

import type { HttpRequest, HttpResponse, us_socket_context_t } from 'uWebSockets.js'
import { STATUS_CODES } from 'node:http'
import type { LocalChannel } from '../runtime/index.ts'
import type { SocketData } from './connection.ts'

/** What a handshake holds, copied out of the request. */
export interface UpgradeRequest {
  path: string
  query: string
  key: string
  protocol: string
  extensions: string
}

/** Copies a handshake out of its request. */
export function readUpgrade(request: HttpRequest): UpgradeRequest {
  return {
    path: request.getUrl(),
    query: request.getQuery() ?? '',
    key: request.getHeader('sec-websocket-key'),
    // The first of those offered, as ws does: a browser fails a handshake that selects none of its own (LIFE-23).
    protocol: request.getHeader('sec-websocket-protocol').split(',')[0]?.trim() ?? '',
    extensions: request.getHeader('sec-websocket-extensions'),
  }
}

/** Answers with an HTTP error and closes the socket. */
export function refuseUpgrade(response: HttpResponse, status: number, reason: string): void {
  response.cork(() => {
    response
      .writeStatus(`${status} ${STATUS_CODES[status] ?? 'Refused'}`)
      .writeHeader('content-type', 'text/plain; charset=utf-8')
      .end(`${reason}\n`, true)
  })
}

/** Completes a handshake; the transport opens the socket before this returns. */
export function completeUpgrade(
  response: HttpResponse,
  request: UpgradeRequest,
  context: us_socket_context_t,
  channel: LocalChannel,
): void {
  response.cork(() => {
    response.upgrade<SocketData>({ channel }, request.key, request.protocol, request.extensions, context)
  })
}
