/** What `wireChannel` takes, typed. */
import type { MaybePromise, MiddlewareEvent, StandardSchema } from '../../spec/application.ts'
import type { ChannelFunction, ConnectionFunction, DisconnectionFunction, PlainFunction } from './functions.ts'
import type { ChannelServices } from './services.ts'

// `any` stands for what a wiring does not look at: each function is checked against the channel's data alone.

/** Runs around an event, outermost first; what it returns is what is sent (AUTH-13). */
export type Middleware = (
  // biome-ignore lint/suspicious/noExplicitAny: middleware serves channels of any data
  services: ChannelServices<unknown, any>,
  event: MiddlewareEvent,
  next: () => Promise<unknown>,
) => MaybePromise<unknown>

type ParameterOf<Segment extends string> = Segment extends `:${infer Name}` ? Name : never
type ParametersOf<Route extends string> = Route extends `${infer Head}/${infer Tail}`
  ? ParameterOf<Head> | ParametersOf<Tail>
  : ParameterOf<Route>

/** The opening data of a channel: what its schema gives and the path's parameters that it leaves out (TYPE-05). */
export type OpeningData<Route extends string, Opened> = Opened & { [Name in Exclude<ParametersOf<Route>, keyof Opened>]: string }

type MessageFunction<Data, Auth extends boolean | undefined> =
  // biome-ignore lint/suspicious/noExplicitAny: see above
  ChannelFunction<never, any, Data, Auth> | PlainFunction<never, any, Auth>

/** A function, or one with the wiring's own `auth`, which cannot lower the function's own `auth: true` (AUTH-02). */
export type Entry<Data> =
  | MessageFunction<Data, boolean | undefined>
  | { func: MessageFunction<Data, boolean | undefined>; auth?: true | undefined }
  | { func: MessageFunction<Data, false | undefined>; auth?: boolean | undefined }

/** One channel's wiring. */
export interface Wiring<Route extends string, Opened, Data = OpeningData<Route, Opened>> {
  /** The channel's name, its own in the application. */
  name: string
  /** The path it is served at: `/`-separated segments, `:name` for a parameter (ROUTE-11). */
  route: Route
  // biome-ignore lint/suspicious/noExplicitAny: see above
  onConnect?: ConnectionFunction<any, Data>
  onDisconnect?: DisconnectionFunction<Data>
  /** Gets every message that matches no wiring (ROUTE-03). */
  onMessage?: Entry<Data>
  /** Routing key to action to function: a message goes to the action its routing key names (ROUTE-01). */
  onMessageWiring?: { [routingKey: string]: { [action: string]: Entry<Data> } }
  /** Whether message functions that do not say so themselves require a session; default true (AUTH-01). */
  auth?: boolean
  /** Checks and shapes the opening data; what it refuses cannot connect (LIFE-02). */
  openingData?: StandardSchema<unknown, Opened>
  middleware?: Middleware[]
  tags?: string[]
}

/**
 * Adds a channel to an application.
 * @throws Error for a name or route already wired (LIFE-20), a route that is not understood (ROUTE-11), a lowered
 * `auth` (AUTH-02), a reserved routing key, and anything that is not what its property needs
 */
// biome-ignore lint/suspicious/noExplicitAny: without a schema the opening data is the author's assertion (TYPE-05)
export type WireChannel = <const Route extends string, Opened = any>(
  wiring: Wiring<Route, Opened, NoInfer<OpeningData<Route, Opened>>>,
) => void
