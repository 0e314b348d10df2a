/** Serving an application's channels with uWebSockets.js. */

import {
  App,
  type TemplatedApp,
  type us_listen_socket,
  us_listen_socket_close,
  us_socket_local_port,
  type WebSocketBehavior,
} from 'uWebSockets.js'
import { randomUUID } from 'node:crypto'
import { defaultApplication } from '../runtime/channel.ts'
import {
  type Application,
  acceptHandshake,
  Connections,
  type CreateSessionServices,
  type LocalChannel,
  localHost,
} from '../runtime/index.ts'
import { Connection, type SocketData } from './connection.ts'
import { createHub, type UwsHub } from './hub.ts'
import { completeUpgrade, readUpgrade, refuseUpgrade } from './upgrade.ts'

/** Settings of `serveUws`. Times in milliseconds, sizes in bytes. */
export interface UwsOptions {
  /** The channels to serve; default: those of the module-level `wireChannel`. */
  application?: Application
  /** What every handler is given beside `channel`, `eventHub` and `userSession`; a `logger` in it is the server's too. */
  singletonServices?: object
  /** Makes the services of one event, which are disposed of when it has settled (LIFE-24). */
  createSessionServices?: CreateSessionServices
  /** The hub to use; default: one of its own. */
  hub?: UwsHub
  /** An app (with SSL or not) to serve on, which the caller listens with and closes; else the server makes its own. */
  app?: TemplatedApp
  /** Where to listen, without `app`; default: any free port of every interface. */
  port?: number
  host?: string
  /** The largest message taken; default 1 MiB. A larger one ends its connection. */
  maxPayload?: number
  /** How long a closed connection waits for a running handler before onDisconnect runs; default 30 s (LIFE-11). */
  handlerDeadline?: number
  /** How long `stop` lets handlers settle and clients take their leave; default 10 s (LIFE-18). */
  stopDeadline?: number
}

/** A running server. */
export interface UwsServer {
  /** The base address of its channels, such as `ws://127.0.0.1:8080`. @throws Error with an app of the caller's */
  readonly url: string
  readonly port: number
  readonly hub: UwsHub
  /** What connections and the hub hold; empty once every connection's onDisconnect has settled. */
  residue(): { channels: string[]; subscriptions: [topic: string, subscriberId: string][] }
  /**
   * Refuses new handshakes, lets running handlers settle, closes every connection with 1001 and runs its onDisconnect.
   * Resolves when all that is done, or twice `stopDeadline` is over. Calling it again gives the same promise.
   */
  stop(): Promise<void>
}

/** Above this much beyond `maxPayload` the transport itself drops the connection, before the message is whole. */
const payloadMargin = 64 * 1024

/** How long after a stop sockets whose clients do not hang up are kept, in milliseconds. */
const lingering = 1_000

/**
 * Serves channels; resolves when it listens.
 * @throws Error where it cannot listen
 */
export async function serveUws(options: UwsOptions = {}): Promise<UwsServer> {
  const { application = defaultApplication, singletonServices = {}, stopDeadline = 10_000, maxPayload = 1024 * 1024 } = options
  const hub = options.hub ?? createHub((singletonServices as { logger?: never }).logger)
  const host = localHost({ ...options, singletonServices, hub })
  const app = options.app ?? App()
  const connections = new Connections()
  /** Refuses a handshake that waits for a schema, one each. */
  const handshakes = new Set<() => void>()
  let stopping: Promise<void> | undefined
  let listening: us_listen_socket | undefined

  hub.attach(app)
  app.ws<SocketData>('/*', behaviour())
  if (options.app === undefined) {
    app.any('/*', (response) => refuseUpgrade(response, 426, 'Upgrade Required'))
    listening = await listen(app, options.port ?? 0, options.host)
  }
  const ownPort = (): number => {
    if (listening === undefined) throw new Error('the port of an app that the caller listens with is known to the caller alone')
    return us_socket_local_port(listening as never)
  }
  const port = listening === undefined ? undefined : ownPort()
  return {
    get url() {
      return `ws://${options.host === undefined || options.host === '0.0.0.0' ? 'localhost' : options.host}:${port ?? ownPort()}`
    },
    get port() {
      return port ?? ownPort()
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

  function behaviour(): WebSocketBehavior<SocketData> {
    return {
      maxPayloadLength: maxPayload + payloadMargin,
      // No limit of the transport's own: it would drop single messages and leave the connection open.
      maxBackpressure: 0,
      idleTimeout: 0,
      sendPingsAutomatically: false,
      upgrade,
      open(socket) {
        const data = socket.getUserData()
        const connection = new Connection(socket, data.channel, maxPayload, () => connections.delete(data.channel))
        data.connection = connection
        connections.add(data.channel, connection)
        connection.open(hub)
      },
      message: (socket, message, isBinary) => socket.getUserData().connection?.receive(message, isBinary),
      drain: (socket) => socket.getUserData().connection?.drained(),
      close: (socket) => socket.getUserData().connection?.closed(),
    }
  }

  function upgrade(...[response, request, context]: Parameters<NonNullable<WebSocketBehavior<SocketData>['upgrade']>>): void {
    const handshake = readUpgrade(request)
    /** Answered or aborted: any further use of the response throws. */
    let over = false
    const refuse = (status: number, reason: string): void => {
      if (over) return
      over = true
      refuseUpgrade(response, status, reason)
    }
    const complete = (channel: LocalChannel | undefined): void => {
      if (channel === undefined || over) return
      if (stopping !== undefined) return refuse(503, 'Stopping')
      over = true
      completeUpgrade(response, handshake, context, channel)
    }
    if (stopping !== undefined)
      return application.match(handshake.path) === 'unmatched' ? refuse(404, 'No such channel') : refuse(503, 'Stopping')
    const accepted = acceptHandshake(host, {
      application,
      channelId: randomUUID(),
      route: handshake.path,
      request: { query: handshake.query },
      response: { refuse },
    })
    if (!(accepted instanceof Promise)) return complete(accepted)
    // From the first await on the response may be gone at any time; a stop answers those that still wait.
    const refuseAtStop = (): void => refuse(503, 'Stopping')
    handshakes.add(refuseAtStop)
    response.onAborted(() => {
      over = true
      handshakes.delete(refuseAtStop)
    })
    void accepted.then((channel) => {
      handshakes.delete(refuseAtStop)
      complete(channel)
    })
  }

  async function stop(): Promise<void> {
    if (listening !== undefined) us_listen_socket_close(listening)
    for (const refuseAtStop of handshakes) refuseAtStop()
    await connections.stop(stopDeadline)
    // Closing the app would cut off what clients have still to read: those that hang up on their close frame may do so.
    if (options.app === undefined) setTimeout(() => app.close(), lingering).unref()
  }
}

function listen(app: TemplatedApp, port: number, host: string | undefined): Promise<us_listen_socket> {
  return new Promise((resolve, reject) => {
    const listened = (socket: us_listen_socket | false): void => {
      if (socket === false) reject(new Error(`cannot listen on ${host ?? 'any interface'}, port ${port}`))
      else resolve(socket)
    }
    if (host === undefined) app.listen(port, listened)
    else app.listen(host, port, listened)
  })
}
