/** What a connection of this process needs of its server, its socket and its hub. */
import type { Encoded } from './encode.ts'
import type { Environment, HubPort } from './ports.ts'

/** Gives one message to the socket; `false`, or an error, says that the socket takes no more. */
export type OnSend = (encoded: Encoded) => boolean | void
/** Closes the socket with this code, after what was sent before. */
export type OnClose = (code: number) => void

/** A socket as its channel uses it. */
export interface ChannelTransport {
  send: OnSend
  close: OnClose
  /** onDisconnect has settled and nothing of the connection is left. */
  ended?(): void
}

/** What a connection needs of a local hub, whatever its sockets are. */
export interface ClosingHub {
  readonly port: HubPort
  onChannelClosed(channelId: string): void
}

/** What all connections of a server share. Times in milliseconds. */
export interface LocalHost {
  readonly environment: Environment
  readonly hub: ClosingHub
  /** How long after its close a connection waits for a handler before onDisconnect runs all the same (LIFE-11). */
  readonly handlerDeadline: number
}
