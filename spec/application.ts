/**
 * The application interface: what an application author writes, as types. Generic parts are shared with the
 * runtime, which adds the checked signatures of TYPE-01 to TYPE-05; `ApplicationInterface` is the unchecked form
 * that generic code, such as the kit's probe application, is written against.
 */

/** A value, or a promise of one. */
export type MaybePromise<T> = T | Promise<T>

/** One complaint of a Standard Schema. */
export interface SchemaIssue {
  readonly message: string
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined
}

/** What a Standard Schema answers: the value it made, or why it refused. */
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: ReadonlyArray<SchemaIssue> }

/** Standard Schema version 1 (standardschema.dev), structurally: zod, valibot, arktype and others have it. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

/** A channel's life (LIFE-05): it goes forward only. */
export type ChannelState = 'initial' | 'open' | 'closed'

/** The server's side of one connection, as its handlers see it. */
export interface Channel<Output = unknown, ChannelData = unknown> {
  /** The same in every handler of the connection, and never another connection's (LIFE-03). */
  readonly channelId: string
  /** The fields of the handshake's path and query, or what their schema made of them (LIFE-04). */
  readonly openingData: ChannelData
  readonly state: ChannelState
  /**
   * Sends one message; resolves when the transport has accepted it. The value is encoded when the call is made.
   * @throws TypeError (as a rejection) for what cannot be encoded, undefined included (SEND-04, SEND-11)
   * @throws ChannelClosedError (as a rejection) once the channel is closed (SEND-09)
   */
  send(data: Output): Promise<void>
  /** Closes the connection; idempotent, waits for no handler, `state` is closed when the call returns (LIFE-14). */
  close(): Promise<void>
}

/** A receiver of the application's own among a topic's subscribers (SUB-11). */
export interface Registration {
  /** Ends it: its subscriptions are gone and nothing more is received. Idempotent. */
  close(): Promise<void>
}

/** Publish and subscribe, across channels and whatever else receives. */
export interface EventHub {
  /**
   * Nothing is changed for an id that nobody has, or has any more (SUB-07, SUB-10); hubs whose state is elsewhere may
   * then reject with a ChannelClosedError.
   * @throws TypeError (as a rejection) for a topic that is no well-formed string of at most 256 bytes (SUB-05)
   */
  subscribe(topic: string, subscriberId: string): Promise<void>
  /** Ends a subscription; no error where there is none (SUB-04). */
  unsubscribe(topic: string, subscriberId: string): Promise<void>
  /**
   * Sends `payload` to every subscriber of `topic` but `excludeId`; resolves when every receiver's transport has
   * accepted or refused it.
   * @throws TypeError (as a rejection) for what cannot be encoded (SEND-11) and for topics as in `subscribe`
   */
  publish(topic: string, excludeId: string | null, payload: unknown): Promise<void>
  /**
   * `[customSubscribers]` Makes `receive` a subscriber by the name of `id`.
   * @throws Error (as a rejection) for an id in use
   */
  register(id: string, receive: (encoded: string | Uint8Array) => void | Promise<void>): Promise<Registration>
}

/** The session of one connection: any JSON value but null (LIFE-22). */
export interface SessionAccess<Session = unknown> {
  /** This handler's own last `set`, or else what is stored (AUTH-05); a copy (AUTH-11). */
  get(): Promise<Session | undefined>
  /** @throws TypeError (as a rejection) where the value would not survive JSON unchanged */
  set(session: Session): Promise<void>
  clear(): Promise<void>
}

/** Where the application and the runtime write. */
export interface Logger {
  debug(message: string, details?: unknown): void
  info(message: string, details?: unknown): void
  warn(message: string, details?: unknown): void
  error(message: string, details?: unknown): void
}

/** The kinds of event a connection brings about. */
export type EventKind = 'connect' | 'message' | 'disconnect'

/** What middleware is told of the event it runs around (AUTH-13). */
export interface MiddlewareEvent {
  readonly kind: EventKind
  /** Opening data, the message less its routing key, or the disconnection's data; before any schema. */
  readonly data: unknown
  /** The routing key's value, where one matched. */
  readonly action?: string
}

/** What `createSessionServices` is told of the event it makes services for (LIFE-24). */
export interface ServiceEvent<Session = unknown> {
  readonly kind: EventKind
  readonly channelId: string
  readonly session?: Session
}

/** Descriptions for people and generators; the runtime does not read them. */
export interface FunctionDocs {
  summary?: string
  description?: string
  tags?: string[]
  [name: string]: unknown
}

// From here on: the unchecked form. `any` is the point of it: a generic application knows no types of its data.

/** What every handler is given beside the application's own services. */
export interface HandlerServices {
  channel: Channel
  eventHub: EventHub
  userSession: SessionAccess
  logger: Logger
  // biome-ignore lint/suspicious/noExplicitAny: the application's own services, unknown here
  [name: string]: any
}

/** Any handler. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Handler = (services: HandlerServices, data: any, session?: any) => unknown

/** A handler with its settings. Connection and disconnection functions take no `auth`. */
export interface HandlerConfig {
  func: Handler
  auth?: boolean
  input?: StandardSchema
  output?: StandardSchema
  docs?: FunctionDocs
  tags?: string[]
}

/** What the four function makers return; made for `wireChannel`, to be looked into by nobody else. */
export interface WiredFunction {
  readonly kind: 'function' | 'message' | 'connection' | 'disconnection'
}

/** Runs around an event, outermost first; `next` may be called once (AUTH-13, AUTH-14). */
export type Middleware = (services: HandlerServices, event: MiddlewareEvent, next: () => Promise<unknown>) => unknown

/** An entry of `onMessageWiring`. */
export type WiringEntry = WiredFunction | { func: WiredFunction; auth?: boolean }

/** One channel. */
export interface ChannelWiring {
  name: string
  route: string
  onConnect?: WiredFunction
  onDisconnect?: WiredFunction
  onMessage?: WiringEntry
  /** Routing key to action to entry. */
  onMessageWiring?: Record<string, Record<string, WiringEntry>>
  /** Whether message handlers require a session where they do not say so themselves; default true. */
  auth?: boolean
  openingData?: StandardSchema
  middleware?: Middleware[]
  tags?: string[]
}

/** The functions a generic application is wired with. */
export interface ApplicationInterface {
  /** @throws Error for a wiring the contract refuses (LIFE-20, AUTH-02, ROUTE-11, reserved routing keys) */
  wireChannel(wiring: ChannelWiring): void
  pikkuFunc(config: Handler | HandlerConfig): WiredFunction
  pikkuChannelFunc(config: Handler | HandlerConfig): WiredFunction
  pikkuChannelConnectionFunc(config: Handler | Omit<HandlerConfig, 'auth'>): WiredFunction
  pikkuChannelDisconnectionFunc(config: Handler | Omit<HandlerConfig, 'auth'>): WiredFunction
  PublicError: new (message?: string) => Error
  UnauthorizedError: new (message?: string) => Error
  ForbiddenError: new (message?: string) => Error
}
