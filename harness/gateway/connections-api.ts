/**
 * The management interface (`@connections`) over HTTP, as SDKs speak it: `POST`, `DELETE` and `GET` of
 * `/<API>/<stage>/@connections/<connection id>`, since SDKs keep an endpoint's path. Nothing is authorised.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { turns } from './latency.ts'
import { type ConnectionStatus, type Management, refused, type ToldOfRequest } from './management.ts'
import { channelHeader, invocationHeader, refusalHeader, refusedMark } from './sdk-client.ts'

/** Serves the management interfaces of a platform's APIs. */
export class ConnectionsApi {
  readonly #server: Server
  #management: Management | undefined
  #base = ''

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response))
    // A connection that the server ended by itself would cost whoever reuses it a post.
    this.#server.keepAliveTimeout = 0
  }

  /** Listens on a port of `host`. @throws Error of the server where it cannot */
  static async listen(host = '127.0.0.1', port = 0): Promise<ConnectionsApi> {
    const api = new ConnectionsApi()
    await new Promise<void>((resolve, reject) => {
      api.#server.once('error', reject).listen(port, host, resolve)
    })
    const { address, port: bound } = api.#server.address() as AddressInfo
    api.#base = `http://${address.includes(':') ? `[${address}]` : address}:${bound}`
    return api
  }

  /** What the endpoints of the platform's APIs are below: its `base`. */
  get base(): string {
    return this.#base
  }

  /** Answers for this platform from now on; until then nothing is answered but 403. */
  serve(management: Management): void {
    this.#management = management
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = /^\/([^/?]+)\/([^/?]+)\/(?:@|%40)connections\/([^/?]+)$/i.exec(request.url ?? '')
    const management = this.#management
    const connectionId = found === null ? undefined : decoded(found[3] as string)
    if (found === null || connectionId === undefined || management === undefined) return reply(response, 403)
    const endpoint = `${this.#base}/${found[1]}/${found[2]}`
    if (request.method === 'GET') return describe(response, management.status(connectionId, endpoint))
    if (request.method !== 'POST' && request.method !== 'DELETE') return reply(response, 403)
    const told = toldOf(request)
    const post = request.method === 'POST'
    if (!understands(request) && management.refuses(connectionId, endpoint)) {
      // Before anything of the body is read: it cannot have been delivered.
      if (post) management.post(connectionId, endpoint, '', told)
      else management.close(connectionId, endpoint, told)
      return refuse(request, response)
    }
    const text = post ? await bodyOf(request) : ''
    if (text === undefined) return
    const begun = management.begin(connectionId, endpoint, post ? text : undefined, told)
    // Others come meanwhile, as they would on a way that takes its time.
    await turns(begun.turns)
    const status = begun.answer()
    if (status === refused) refuse(request, response)
    else reply(response, status)
  }
}

/** The names of errors, as SDKs know them. */
const errors: Readonly<Record<number, string>> = {
  400: 'BadRequestException',
  403: 'ForbiddenException',
  410: 'GoneException',
  413: 'PayloadTooLargeException',
  429: 'LimitExceededException',
  500: 'InternalServerErrorException',
}

function reply(response: ServerResponse, status: number): void {
  const name = errors[status]
  if (name === undefined) response.writeHead(status).end()
  else {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': name }
    response.writeHead(status, headers).end(JSON.stringify({ message: name.replace('Exception', '') }))
  }
}

function describe(response: ServerResponse, found: ConnectionStatus): void {
  if (found.status !== 200) return reply(response, found.status)
  const { connectedAt, lastActiveAt, sourceIp } = found
  const time = (milliseconds: number): string => new Date(milliseconds).toISOString()
  const identity = { sourceIp, userAgent: '' }
  const body = { connectedAt: time(connectedAt), lastActiveAt: time(lastActiveAt), identity }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Breaks the connection; a client that says it understands is told so instead, to take it for one that was never made. */
function refuse(request: IncomingMessage, response: ServerResponse): void {
  if (understands(request)) response.writeHead(503, { [refusalHeader]: refusedMark }).end()
  else request.socket.destroy()
}

function toldOf({ headers }: IncomingMessage): ToldOfRequest {
  const invocation = Number(headers[invocationHeader])
  const channel = headers[channelHeader]
  const channelId = typeof channel === 'string' ? decoded(channel) : undefined
  return { ...(invocation > 0 ? { invocation } : {}), ...(channelId === undefined ? {} : { channelId }) }
}

function understands(request: IncomingMessage): boolean {
  return request.headers[refusalHeader] !== undefined
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

/** The body; undefined where its sender has gone. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    return undefined
  }
  return Buffer.concat(chunks).toString('utf8')
}
