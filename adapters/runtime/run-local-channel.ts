/** From a handshake to a channel: what an adapter calls when a client asks to connect. */
import type { MaybePromise, StandardSchema } from '../../spec/application.ts'
import { maskedMessage, ValidationError } from '../../spec/errors.ts'
import type { Application } from './application.ts'
import { defaultApplication } from './channel.ts'
import type { CompiledChannel } from './compile.ts'
import { NotJsonError } from './json.ts'
import { LocalChannel } from './local-channel.ts'
import type { ClosingHub, LocalHost } from './local-ports.ts'
import { consoleLogger, reasonOf, report } from './logger.ts'
import { checkFields, collectFields } from './opening-data.ts'
import type { CreateSessionServices, Environment } from './ports.ts'
import { isPromise } from './promises.ts'

/** What the runtime reads of a handshake. */
export interface HandshakeRequest {
  /** The query as it was sent, without its question mark. */
  readonly query: string
}

/** Where the runtime writes a refusal; called at most once, and never for a handshake it accepts. */
export interface HandshakeResponse {
  /** @param status an HTTP status of 400 or more */
  refuse(status: number, reason: string): void
}

/** The path of a handshake and where it may lead. */
export interface Handshake {
  application: Application
  channelId: string
  /** The path, without its query. */
  route: string
  request: HandshakeRequest
  response: HandshakeResponse
}

/** Settings of `runLocalChannel`; times in milliseconds. */
export interface RunLocalChannelOptions<Singletons extends { eventHub: ClosingHub }> extends Omit<Handshake, 'application'> {
  application?: Application
  /** The application's singletons, a `LocalEventHub` among them. */
  singletonServices: Singletons
  createSessionServices?: CreateSessionServices
  handlerDeadline?: number
}

/** How long a closed connection waits for its handler, unless told otherwise. */
export const defaultHandlerDeadline = 30_000

/**
 * Makes the channel of one handshake, or writes a refusal to `response` and gives undefined (LIFE-01, LIFE-02). The
 * adapter then completes the handshake, registers how to send and close, tells the hub and calls `open`.
 * A server of many connections uses `localHost` and `acceptHandshake`, which this is made of.
 */
export async function runLocalChannel<Singletons extends { eventHub: ClosingHub }>(
  options: RunLocalChannelOptions<Singletons>,
): Promise<LocalChannel | undefined> {
  const { application = defaultApplication, singletonServices, createSessionServices, handlerDeadline } = options
  const host = localHost({ singletonServices, hub: singletonServices.eventHub, createSessionServices, handlerDeadline })
  return acceptHandshake(host, { ...options, application })
}

/** What a server's connections share, made once. */
export function localHost(options: {
  singletonServices: object
  hub: ClosingHub
  createSessionServices?: CreateSessionServices | undefined
  handlerDeadline?: number | undefined
}): LocalHost {
  const { hub, handlerDeadline = defaultHandlerDeadline } = options
  return { environment: environmentOf(options), hub, handlerDeadline }
}

/** What every event of an application is given. */
export function environmentOf(options: {
  singletonServices: object
  hub: object
  createSessionServices?: CreateSessionServices | undefined
}): Environment {
  const { singletonServices, hub, createSessionServices } = options
  const logger = (singletonServices as { logger?: Environment['logger'] }).logger ?? consoleLogger
  const singletons = { logger, ...singletonServices, eventHub: hub }
  const template = { ...singletons, channel: undefined, userSession: undefined }
  return { singletons, template, createSessionServices, logger }
}

/** `runLocalChannel` for a server: waits only for an asynchronous schema. */
export function acceptHandshake(host: LocalHost, handshake: Handshake): MaybePromise<LocalChannel | undefined> {
  const { channelId } = handshake
  return admit(host.environment, handshake, (channel, openingData) => new LocalChannel(host, channel, channelId, openingData))
}

/**
 * Finds the channel of a handshake and checks its opening data; gives what `make` makes of them, or undefined once a
 * refusal was written to `response` (LIFE-01, LIFE-02).
 */
export function admit<T>(
  environment: Environment,
  handshake: Omit<Handshake, 'channelId'>,
  make: (channel: CompiledChannel, openingData: object) => T,
): MaybePromise<T | undefined> {
  const { application, route, request, response } = handshake
  const match = application.match(route)
  if (match === 'malformed') return refuse(400, 'Malformed path')
  if (match === 'unmatched') return refuse(404, 'No such channel')
  const channel: CompiledChannel = match.target
  const schema: StandardSchema | undefined = channel.openingData
  const accept = (openingData: object): T => make(channel, openingData)
  try {
    const checked = checkFields(schema, collectFields(request.query, match.parameters), match.parameters)
    return isPromise(checked) ? checked.then(accept).catch(refused) : accept(checked)
  } catch (error) {
    return refused(error)
  }

  function refused(error: unknown): undefined {
    const clientsFault = error instanceof ValidationError || error instanceof NotJsonError
    const details = clientsFault ? { reason: error.name } : { reason: reasonOf(error), error }
    report(environment.logger, clientsFault ? 'warn' : 'error', 'channel: handshake refused', {
      channel: channel.name,
      ...details,
    })
    return clientsFault ? refuse(400, 'Invalid opening data') : refuse(500, maskedMessage)
  }

  function refuse(status: number, reason: string): undefined {
    response.refuse(status, reason)
    return undefined
  }
}
