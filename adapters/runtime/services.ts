/** What handlers are given, typed. */
import type { Channel, EventHub, Logger, SessionAccess } from '../../spec/application.ts'

/**
 * The application's own services, singletons and per-event ones alike. Empty here; an application says what it has:
 * `declare module '#pikku' { interface Services { database: Database } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: augmented by applications
export interface Services {}

/** What `userSession` holds. Empty here; augmented by applications as `Services` is. */
// biome-ignore lint/suspicious/noEmptyInterface: augmented by applications
export interface Session {}

/** What every function is given, on any transport. */
export type FunctionServices = Services & {
  eventHub: EventHub
  userSession: SessionAccess<Session>
  logger: Logger
}

/** What channel functions are given. */
export type ChannelServices<Output = unknown, ChannelData = unknown> = FunctionServices & {
  channel: Channel<Output, ChannelData>
}

/** A handler's result: what it returns is sent, and it may return nothing (TYPE-01). */
export type Result<Output> = Output | void | Promise<Output | void>

/** The data of onDisconnect: the opening data with the channel's id, which wins over a field of that name (LIFE-12). */
export type WithChannelId<ChannelData> = 0 extends 1 & ChannelData
  ? // biome-ignore lint/suspicious/noExplicitAny: any stays any, where a mapped type would make it a dictionary
    any
  : ChannelData extends unknown
    ? { [Name in keyof ChannelData as Name extends 'channelId' ? never : Name]: ChannelData[Name] } & { channelId: string }
    : never
