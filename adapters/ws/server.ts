/** Serving an application's channels with `ws` over Node's http server. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { defaultApplication } from '../runtime/channel.ts'
import { acceptHandshake, Connections, type LocalChannel, localHost } from '../runtime/index.ts'
import { ChannelSocket, Connection } from './connection.ts'
import { createHub } from './hub.ts'
import { addressOf, listen, urlOf } from './listen.ts'
import type { WsOptions, WsServer } from './options.ts'
import { refuseUpgrade, splitTarget } from './upgrade.ts'

const ignore = (): void => {}

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
    WebSocket: ChannelSocket,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: options.maxPayload ?? 1024 * 1024,
  })
  const connections = new Connections()
  /** Sockets whose handshake waits for a schema. */
  const handshakes = new Set<Duplex>()
  const own = options.server === undefined
  const server =
    options.server ??
    createServer((_request, response) => response.writeHead(426, { connection: 'close', upgrade: 'websocket' }).end())
  let stopping: Promise<void> | undefined
  // A server that is closed forgets its address; who was told it may still ask.
  let address: AddressInfo | undefined
  const listening = (): AddressInfo => {
    address ??= addressOf(server)
    return address
  }

  server.on('upgrade', upgrade)
  if (options.server === undefined) {
    await listen(server as ReturnType<typeof createServer>, options.port ?? 0, options.host)
    listening()
  }
  return {
    get url() {
      return urlOf(server, listening())
    },
    get port() {
      return listening().port
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
      if (status === 404 && !own && server.listenerCount('upgrade') > 1) socket.off('error', ignore)
      else refuseUpgrade(socket, status, reason)
    }
    const complete = (channel: LocalChannel | undefined): void => {
      if (channel === undefined) return
      if (stopping !== undefined) {
        refuse(503, 'Stopping')
        return
      }
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        new Connection(channel, webSocket, socket, connections).open(hub)
      })
      socket.off('error', ignore)
    }
    const { path, query } = splitTarget(request.url ?? '/')
    if (stopping !== undefined && application.match(path) !== 'unmatched') {
      refuse(503, 'Stopping')
      return
    }
    const accepted = acceptHandshake(host, {
      application,
      channelId: randomUUID(),
      route: path,
      request: { query },
      response: { refuse },
    })
    if (!(accepted instanceof Promise)) {
      complete(accepted)
      return
    }
    handshakes.add(socket)
    void accepted.then((channel) => {
      handshakes.delete(socket)
      complete(channel)
    })
  }

  async function stop(): Promise<void> {
    const closed = own ? new Promise((resolve) => server.close(resolve)) : undefined
    for (const socket of handshakes) refuseUpgrade(socket, 503, 'Stopping')
    await connections.stop(stopDeadline)
    server.off('upgrade', upgrade)
    if (own) {
      server.closeAllConnections()
      await closed
    }
  }
}
