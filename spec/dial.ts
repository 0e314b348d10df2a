/** The client's end of a connection, as the kit uses it: a WebSocket, or what a simulated platform gives in its place. */
import type { Wire } from './history.ts'

/** How the reason of a close begins that the client's end itself came to, since what it was sent is no message of the protocol. */
export const unreadable = 'unreadable: '

/** What a client's end tells. `refused` (with the handshake's status, where there is one) or `open` first; `closed` ends it. */
export interface ClientListener {
  open(protocol: string, key?: string): void
  refused(status: number | null): void
  receive(data: Wire): void
  closed(code: number, reason: string): void
}

/** A client's end. Whatever is asked of one that is not open does nothing. */
export interface ClientSocket {
  send(data: Wire): void
  /** Closes as a client does (1000). */
  close(): void
  /** Cuts the connection without a word; also while the handshake is pending. */
  vanish(): void
  /** Writes bytes of its own, past everything that keeps them well-formed. */
  write(bytes: Uint8Array): void
  /** Resolves once the other end has read everything sent so far, or the connection is over; where it is absent nothing tells. */
  read?(): Promise<void>
  /** Stops reading. */
  pause(): void
  /** Reads again. */
  resume(): void
}

/** Opens a connection. */
export type Dial = (url: string, protocols: readonly string[], listener: ClientListener) => ClientSocket
