/** Serving an application's channels with `ws` over Node's http server. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { acceptHandshake, type Application, Connections, type CreateSessionServices, type LocalChannel, type LocalEventHub, localHost } from '#pikku'
import { defaultApplication } from '#pikku/channel'
import { type WebSocket, WebSocketServer } from 'ws'
import { connect } from './connection.ts'
import { createHub } from './hub.ts'
import { refuseUpgrade, splitTarget } from './upgrade.ts'

/** Settings of `serveWs`. Times in milliseconds, sizes in bytes. */
export interface WsOptions {
  /** The channels to serve; default: those of the module-level `wireChannel`. */
  application?: Application
  /** What every handler is given beside `channel`, `eventHub` and `userSession`; a `logger` in it is the server's too. */
  singletonServices?: object
  /** Makes the services of one event, which are disposed of when it has settled (LIFE-24). */
  createSessionServices?: CreateSessionServices
  /** The hub to use; default: one of its own. */
  hub?: LocalEventHub<WebSocket>
  /** An http(s) server to serve on, which the caller listens with and closes; else the server makes its own. */
  server?: Server
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
  /** The base address of its channels, such as `ws://127.0.0.1:8080`. */
  readonly url: string
  /** The port; as `url`, known once the http server listens. */
  readonly port: number
  readonly hub: LocalEventHub<WebSocket>
  /** What connections and the hub hold; empty once every connection's onDisconnect has settled. */
  residue(): { channels: string[]; subscriptions: [topic: string, subscriberId: string][] }
  /**
   * Refuses new handshakes, lets running handlers settle, closes every connection with 1001 and runs its onDisconnect.
   * Resolves when all that is done, or twice `stopDeadline` is over. Calling it again gives the same promise.
   */
  stop(): Promise<void>
}

/**
 * Serves channels; resolves when it listens.
 * @throws Error of the http server where it cannot listen
 */
export async function serveWs(options: WsOptions = {}): Promise<WsServer> {
  const { application = defaultApplication, singletonServices = {}, stopDeadline = 10_000 } = options
  const hub = options.hub ?? createHub((singletonServices as { logger?: never }).logger)
  const host = localHost({ ...options, singletonServices, hub })
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: options.maxPayload ?? 1024 * 1024,
  })
  const connections = new Connections()
  const server = options.server ?? createServer((_request, response) => response.writeHead(426, { connection: 'close', upgrade: 'websocket' }).end())
  /** Sockets whose handshake waits for a schema. */
  const handshakes = new Set<Duplex>()
  let stopping: Promise<void> | undefined

  server.on('upgrade', upgrade)
  if (options.server === undefined) await listen(server, options.port ?? 0, options.host)
  return {
    get url() {
      return urlOf(server)
    },
    get port() {
      return addressOf(server).port
    },
    hub,
    residue: () => {
      const { channels, subscriptions } = hub.residue()
      return { channels: [...new Set([...connections.held(), ...channels])], subscriptions }
    },
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Until ws takes the socket over nobody else listens, and an error without a listener is an uncaught exception.
    socket.on('error', ignore)
    const refuse = (status: number, reason: string): void => {
      // On a shared server the path may be another listener's to answer.
      if (status === 404 && options.server !== undefined && server.listenerCount('upgrade') > 1) socket.off('error', ignore)
      else refuseUpgrade(socket, status, reason)
    }
    const complete = (channel: LocalChannel | undefined): void => {
      if (channel === undefined) return
      if (stopping !== undefined) return refuse(503, 'Stopping')
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        connections.add(channel, webSocket)
        connect(channel, webSocket, hub, () => connections.delete(channel))
      })
      socket.off('error', ignore)
    }
    const { path, query } = splitTarget(request.url ?? '/')
    if (stopping !== undefined) return application.match(path) === 'unmatched' ? refuse(404, 'No such channel') : refuse(503, 'Stopping')
    const accepted = acceptHandshake(host, { application, channelId: randomUUID(), route: path, request: { query }, response: { refuse } })
    if (!(accepted instanceof Promise)) return complete(accepted)
    handshakes.add(socket)
    void accepted.then((channel) => {
      handshakes.delete(socket)
      complete(channel)
    })
  }

  async function stop(): Promise<void> {
    const closed = options.server === undefined ? new Promise((resolve) => server.close(resolve)) : undefined
    for (const socket of handshakes) refuseUpgrade(socket, 503, 'Stopping')
    await connections.stop(stopDeadline)
    server.off('upgrade', upgrade)
    if (closed !== undefined) {
      server.closeAllConnections()
      await closed
    }
  }
}

const ignore = (): void => {}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the http server does not listen on a port yet')
  return address
}

function urlOf(server: Server): string {
  const { address, family, port } = addressOf(server)
  const everywhere = address === '::' || address === '0.0.0.0'
  const name = everywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
  return `${'setSecureContext' in server ? 'wss' : 'ws'}://${name}:${port}`
}
