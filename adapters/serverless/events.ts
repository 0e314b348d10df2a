/** What the platform tells of a connection, whatever shape its own events have. */
import type { Address } from './ports.ts'

/** A client asks to connect. */
export interface ConnectEvent extends Address {
  /** The route the connection's API serves: platforms forward no path. */
  readonly route: string
  /** The query, decoded; repeated fields are arrays. */
  readonly query: Readonly<Record<string, string | readonly string[]>>
  /** Milliseconds since 1970; the same in every repetition of the event. */
  readonly connectedAt: number
  /** The sub-protocols offered. */
  readonly protocols?: readonly string[]
}

/** A message has come. */
export interface MessageEvent extends Address {
  readonly body: string
}

/** A connection has ended. */
export type DisconnectEvent = Address

/** The answer to a connect; its status is the client's handshake status. */
export interface ConnectAnswer {
  readonly status: number
  /** The sub-protocol selected, if any was offered (LIFE-23). */
  readonly protocol?: string
}
