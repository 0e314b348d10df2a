/** What `serveWs` takes and gives. */
import type { Server } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import type { Application, CreateSessionServices, LocalEventHub } from '../runtime/index.ts'
import type { Connection } from './connection.ts'

/** Settings of `serveWs`. Times in milliseconds, sizes in bytes. */
export interface WsOptions {
  /** The channels to serve; default: those of the module-level `wireChannel`. */
  application?: Application
  /** What every handler is given beside `channel`, `eventHub` and `userSession`; a `logger` in it is the server's too. */
  singletonServices?: object
  /** Makes the services of one event, which are disposed of when it has settled (LIFE-24). */
  createSessionServices?: CreateSessionServices
  /** The hub to use; default: one of its own. */
  hub?: LocalEventHub<Connection>
  /** A server to serve on, which the caller listens with and closes; else the adapter makes its own. */
  server?: Server | SecureServer
  /** Where to listen, without `server`; default: any free port of every interface. */
  port?: number
  host?: string
  /** The largest message taken; default 1 MiB. A larger one ends its connection with 1009. */
  maxPayload?: number
  /** How long a closed connection waits for a running handler before onDisconnect runs; default 30 s (LIFE-11). */
  handlerDeadline?: number
  /** How long `stop` lets handlers settle and clients take their leave; default 10 s (LIFE-18). */
  stopDeadline?: number
}

/** A running server. */
export interface WsServer {
  /** The base address of its channels, such as `ws://127.0.0.1:8080`. @throws Error before the caller's server listens */
  readonly url: string
  /** @throws Error as `url` does */
  readonly port: number
  readonly hub: LocalEventHub<Connection>
  /** What connections and the hub hold; empty once every connection's onDisconnect has settled. */
  residue(): { channels: string[]; subscriptions: [topic: string, subscriberId: string][] }
  /**
   * Refuses new handshakes, lets running handlers settle, closes every connection with 1001 and runs its onDisconnect.
   * Resolves when all that is done, or twice `stopDeadline` (and a second) is over. A second call gives the same promise.
   */
  stop(): Promise<void>
}
