/**
 * `#pikku`: the functions an application is written with, and what adapters are made of.
 * Applications augment `Services` and `Session` through `declare module '#pikku'`.
 */
export type {
  Channel,
  ChannelState,
  EventHub,
  EventKind,
  Logger,
  MaybePromise,
  MiddlewareEvent,
  Registration,
  SessionAccess,
  StandardSchema,
} from '../../spec/application.ts'
export {
  ChannelClosedError,
  ForbiddenError,
  PayloadTooLargeError,
  PublicError,
  UnauthorizedError,
  UnknownRouteError,
  ValidationError,
} from '../../spec/errors.ts'
export { type Application, createApplication } from './application.ts'
export { defaultApplication } from './channel.ts'
export type { CompiledChannel } from './compile.ts'
export { Connections, type Cuttable } from './connections.ts'
export { dispatchConnect, dispatchDisconnect, dispatchMessage } from './dispatch.ts'
export type { Encoded } from './encode.ts'
export {
  type ChannelFunction,
  type ConnectionFunction,
  type DisconnectionFunction,
  type PlainFunction,
  pikkuChannelConnectionFunc,
  pikkuChannelDisconnectionFunc,
  pikkuChannelFunc,
  pikkuFunc,
} from './functions.ts'
export { HubFacade } from './hub-facade.ts'
export { interfaceOf } from './interface-of.ts'
export { copyJson } from './json.ts'
export type { LocalChannel } from './local-channel.ts'
export { type HubTransport, LocalEventHub } from './local-hub.ts'
export type { ChannelTransport, LocalHost, OnClose, OnSend } from './local-ports.ts'
export { consoleLogger, reasonOf, report } from './logger.ts'
export type { ChannelPort, CreateSessionServices, Environment, HubPort } from './ports.ts'
export { tolerate } from './promises.ts'
export {
  acceptHandshake,
  admit,
  defaultHandlerDeadline,
  environmentOf,
  type Handshake,
  type HandshakeRequest,
  type HandshakeResponse,
  localHost,
  type RunLocalChannelOptions,
  runLocalChannel,
} from './run-local-channel.ts'
export * from './services.ts'
export type { Entry, Middleware, OpeningData, WireChannel, Wiring } from './wiring.ts'
