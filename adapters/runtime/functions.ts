/**
 * The function makers: each takes a function or a configuration and gives what `wireChannel` wires.
 *
 * Two overloads only tell the literal `auth: true`, with which a session is certain (TYPE-04) and a wiring entry
 * cannot say false (AUTH-02), from everything else; the third is for an `auth` known only at run time.
 */
import type { FunctionDocs, StandardSchema } from '../../spec/application.ts'
import type { ChannelServices, FunctionServices, Result, Session, WithChannelId } from './services.ts'

interface Settings<Output> {
  /** Checks and shapes what is sent and returned (SEND-13). */
  output?: StandardSchema<unknown, Output>
  docs?: FunctionDocs
  tags?: string[]
}

interface InputSettings<Input, Output> extends Settings<Output> {
  /** Checks and shapes the data before the function is given it (VALID-01, VALID-02). */
  input?: StandardSchema<unknown, Input>
}

type Func<Services, Input, Output, Sess extends [session?: Session]> = (
  services: Services,
  data: Input,
  ...session: Sess
) => Result<Output>

/** A function on its own. The two members keep its parameters typed beside a configuration object without `auth`. */
type Bare<F> = F & { auth?: undefined; func?: undefined }

type Protected<S, In, Out> = InputSettings<In, Out> & { auth: true; func: Func<S, In, Out, [session: Session]> }
type Open<S, In, Out> =
  | (InputSettings<In, Out> & { auth?: false | undefined; func: Func<S, In, Out, [session?: Session]> })
  | Bare<Func<S, In, Out, [session?: Session]>>
type Undecided<S, In, Out> = InputSettings<In, Out> & { auth: boolean; func: Func<S, In, Out, [session?: Session]> }

/** What the makers return: the configuration, frozen, for `wireChannel`. `func` is there to be called in unit tests. */
interface Made<Kind extends string, F> {
  readonly kind: Kind
  readonly func: F
  readonly input?: StandardSchema
  readonly output?: StandardSchema
  readonly docs?: FunctionDocs
  readonly tags?: readonly string[]
}

/** A function that any transport may call. */
export interface PlainFunction<In, Out, Auth extends boolean | undefined = boolean | undefined>
  extends Made<'function', Func<FunctionServices, In, Out, [session: Session]>> {
  readonly auth: Auth
}

/** A function for the messages of a channel. */
export interface ChannelFunction<In, Out, ChannelData, Auth extends boolean | undefined = boolean | undefined>
  extends Made<'message', Func<ChannelServices<Out, ChannelData>, In, Out, [session: Session]>> {
  readonly auth: Auth
}

/** A function for a channel's connecting. */
export type ConnectionFunction<Out, ChannelData> = Made<
  'connection',
  Func<ChannelServices<Out, ChannelData>, ChannelData, Out, [session?: Session]>
>

/** A function for a channel's end. */
export type DisconnectionFunction<ChannelData> = Made<
  'disconnection',
  Func<ChannelServices<never, ChannelData>, WithChannelId<ChannelData>, void, [session?: Session]>
>

/** Makes a function that can be wired to channels and called by any other transport (ROUTE-10). */
export function pikkuFunc<In = unknown, Out = unknown>(config: Protected<FunctionServices, In, Out>): PlainFunction<In, Out, true>
export function pikkuFunc<In = unknown, Out = unknown>(
  config: Open<FunctionServices, In, Out>,
): PlainFunction<In, Out, false | undefined>
export function pikkuFunc<In = unknown, Out = unknown>(
  config: Undecided<FunctionServices, In, Out>,
): PlainFunction<In, Out, boolean>
export function pikkuFunc(config: unknown): unknown {
  return make('function', config)
}

/** Makes a function for the messages of a channel; what it returns is sent to the client. */
export function pikkuChannelFunc<In = unknown, Out = unknown, ChannelData = unknown>(
  config: Protected<ChannelServices<Out, ChannelData>, In, Out>,
): ChannelFunction<In, Out, ChannelData, true>
export function pikkuChannelFunc<In = unknown, Out = unknown, ChannelData = unknown>(
  config: Open<ChannelServices<Out, ChannelData>, In, Out>,
): ChannelFunction<In, Out, ChannelData, false | undefined>
export function pikkuChannelFunc<In = unknown, Out = unknown, ChannelData = unknown>(
  config: Undecided<ChannelServices<Out, ChannelData>, In, Out>,
): ChannelFunction<In, Out, ChannelData, boolean>
export function pikkuChannelFunc(config: unknown): unknown {
  return make('message', config)
}

type ConnectionFunc<Out, Data> = Func<ChannelServices<Out, Data>, Data, Out, [session?: Session]>
type DisconnectionFunc<Data> = Func<ChannelServices<never, Data>, WithChannelId<Data>, void, [session?: Session]>
type Config<S, F> = (S & { auth?: undefined; func: F }) | Bare<F>

/** Makes a function that runs when a client connects; its data is the opening data, what it returns is sent. */
export function pikkuChannelConnectionFunc<Out = unknown, ChannelData = unknown>(
  config: Config<Settings<Out>, ConnectionFunc<Out, ChannelData>>,
): ConnectionFunction<Out, ChannelData> {
  return make('connection', config) as ConnectionFunction<Out, ChannelData>
}

/** Makes a function that runs when a client has gone; its data is the opening data and `channelId`. */
export function pikkuChannelDisconnectionFunc<ChannelData = unknown>(
  config: Config<Omit<Settings<never>, 'output'>, DisconnectionFunc<ChannelData>>,
): DisconnectionFunction<ChannelData> {
  return make('disconnection', config) as DisconnectionFunction<ChannelData>
}

function make(kind: string, config: unknown): unknown {
  const settings = typeof config === 'function' ? { func: config } : (config as { func?: unknown; auth?: unknown } | null)
  if (typeof settings?.func !== 'function') throw new TypeError('a function or { func } is needed')
  if ('auth' in settings && settings.auth !== undefined) {
    if (kind !== 'function' && kind !== 'message') throw new TypeError(`a ${kind} function takes no auth (AUTH-03)`)
    if (typeof settings.auth !== 'boolean') throw new TypeError('auth must be true or false')
  }
  return Object.freeze({ ...settings, kind })
}
