/** The management interface of the APIs (`@connections`), as functions: posts, closes and questions by connection id. */
import type { UnnumberedTraceEvent } from '../../spec/history.ts'
import type { Api } from './api.ts'
import type { Connection } from './connection.ts'
import type { Connections } from './connections.ts'
import { ordinary, slow } from './latency.ts'
import { limits, sizeOf } from './limits.ts'

/** What the caller knows of a request beside its address; it is told in the trace. */
export interface ToldOfRequest {
  /** The channel it was meant for, where the address alone might lead to another. */
  readonly channelId?: string
  /** The invocation that makes it. */
  readonly invocation?: number
}

/** A request that has come and is to be answered once so many turns of the event loop have passed. */
export interface BegunRequest {
  answer(): number
  readonly turns: number
}

/** What a question for a connection is answered with. */
export type ConnectionStatus =
  | { status: 200; connectedAt: number; lastActiveAt: number; sourceIp: string }
  | { status: 403 | 410 }

/** The status of a request to which no connection was made. */
export const refused = 0

/** Answers requests of the management interface. */
export class Management {
  readonly #connections: Connections
  readonly #apis: ReadonlyMap<string, Api>
  readonly #note: (event: UnnumberedTraceEvent) => void
  readonly #close: (connection: Connection) => void
  readonly #now: () => number
  #count = 0

  /**
   * @param apis by their endpoints
   * @param close closes a connection that is open
   */
  constructor(
    connections: Connections,
    apis: ReadonlyMap<string, Api>,
    surroundings: { note(event: UnnumberedTraceEvent): void; close(connection: Connection): void; now(): number },
  ) {
    this.#connections = connections
    this.#apis = apis
    this.#note = surroundings.note
    this.#close = surroundings.close
    this.#now = surroundings.now
  }

  /** Gives a text to a connection. The HTTP status, or `refused`. */
  post(connectionId: string, endpoint: string, text: string, told?: ToldOfRequest): number {
    return this.begin(connectionId, endpoint, text, told).answer()
  }

  /** Closes a connection. The HTTP status, or `refused`. */
  close(connectionId: string, endpoint: string, told?: ToldOfRequest): number {
    return this.begin(connectionId, endpoint, undefined, told).answer()
  }

  /** Looks a connection up. It is no part of the trace. */
  status(connectionId: string, endpoint: string): ConnectionStatus {
    const api = this.#apis.get(endpoint)
    if (api === undefined) return { status: 403 }
    const found = this.#connections.at(api, connectionId)
    if (found?.state !== 'open') return { status: 410 }
    return { status: 200, connectedAt: found.connectedAt, lastActiveAt: found.lastActive, sourceIp: '192.0.2.1' }
  }

  /** Whether the next post or close finds nobody at the address. */
  refuses(connectionId: string, endpoint: string): boolean {
    const api = this.#apis.get(endpoint)
    return api !== undefined && this.#connections.at(api, connectionId)?.upcomingPost === 'refused'
  }

  /**
   * A post (or, without a text, a close) has come; what is given back answers it. Between the two others may come, so
   * that the trace shows which were under way at once (STATELESS-16).
   */
  begin(connectionId: string, endpoint: string, text: string | undefined, told: ToldOfRequest = {}): BegunRequest {
    const api = this.#apis.get(endpoint)
    const found = api && this.#connections.at(api, connectionId)
    const channelId = told.channelId ?? (api ? this.#connections.channelId(api, connectionId) : connectionId)
    const post = ++this.#count
    const conn = found?.conn === undefined ? {} : { conn: found.conn }
    const { invocation } = told
    this.#note({
      ...{ at: 'server', kind: 'post', ...conn, post, channelId, endpoint },
      ...(text === undefined ? {} : { data: { text } }),
      ...(invocation === undefined ? {} : { invocation }),
    } as UnnumberedTraceEvent)
    const answer = (): number => {
      const { status, delivered } = this.#answer(api, found, text)
      this.#note({ at: 'server', kind: 'posted', ...conn, post, channelId, status, delivered })
      return status
    }
    return { answer, turns: found?.upcomingPost === 'slow' ? slow : ordinary }
  }

  #answer(api: Api | undefined, found: Connection | undefined, text: string | undefined): { status: number; delivered: boolean } {
    const refusal = (status: number) => ({ status, delivered: false })
    // An address no API stands behind: the platform does not say whether there is such a connection elsewhere.
    if (api === undefined) return refusal(403)
    switch (found?.nextPost() ?? null) {
      case 'gone':
        return refusal(410)
      case 'throttled':
        return refusal(429)
      case 'too large':
        return refusal(413)
      case 'forbidden':
        return refusal(403)
      case 'failed':
        return refusal(500)
      case 'refused':
        return refusal(refused)
      case 'gone late':
        return { status: 410, delivered: this.#deliver(found, text) }
      case 'failed late':
        return { status: 500, delivered: this.#deliver(found, text) }
      case 'slow':
      case null: {
        if (text !== undefined && sizeOf(text) > limits.message) return refusal(413)
        const delivered = this.#deliver(found, text)
        return { status: delivered ? (text === undefined ? 204 : 200) : 410, delivered }
      }
    }
  }

  // A connection that is still connecting is answered as one that is gone is (STATELESS-08).
  #deliver(found: Connection | undefined, text: string | undefined): boolean {
    if (found?.state !== 'open') return false
    if (text === undefined) {
      this.#close(found)
      return true
    }
    // A client that is leaving is gone, although its disconnect is yet to come.
    if (found.client.send(text) === false) return false
    found.lastActive = this.#now()
    return true
  }
}
