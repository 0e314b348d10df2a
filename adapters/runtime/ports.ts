/**
 * What the dispatcher needs from wherever a connection's state lives: in this process (`LocalChannel`) or in stores.
 * Everything answers with a value where it can and a promise where it must; a refusal is thrown or rejects.
 */
import type { ChannelState, EventKind, Logger, MaybePromise, Registration } from '../../spec/application.ts'
import type { CompiledChannel } from './compile.ts'
import type { Encoded } from './encode.ts'

/** The application's services and what makes those of one event. */
export interface Environment {
  /** What every handler is given, `logger` and `eventHub` included. */
  readonly singletons: Readonly<Record<string, unknown>>
  /** The singletons with places for what differs from event to event: one spread of it is all that an event costs. */
  readonly template: Readonly<Record<string, unknown>>
  readonly createSessionServices: CreateSessionServices | undefined
  readonly logger: Logger
}

/** Makes the services of one event (LIFE-24); what it returns is merged over the singletons. */
export type CreateSessionServices = (
  // biome-ignore lint/suspicious/noExplicitAny: the application knows what its singletons are
  singletonServices: any,
  // biome-ignore lint/suspicious/noExplicitAny: and what its session is
  event: { kind: EventKind; channelId: string; session?: any },
) => MaybePromise<object | undefined>

/** The hub as the dispatcher calls it: arguments are checked and payloads encoded already. */
export interface HubPort {
  /** Changes nothing for an id nobody has; a store that finds a channel closed may throw a ChannelClosedError. */
  subscribe(topic: string, subscriberId: string): MaybePromise<void>
  unsubscribe(topic: string, subscriberId: string): MaybePromise<void>
  /** Never fails because of a receiver (PUB-10). */
  publish(topic: string, excludeId: string | null, encoded: Encoded): MaybePromise<void>
  /** `[customSubscribers]` */
  register?(id: string, receive: (encoded: Encoded) => MaybePromise<void>): MaybePromise<Registration>
}

/** One connection, as the dispatcher sees it. */
export interface ChannelPort {
  readonly channel: CompiledChannel
  readonly channelId: string
  readonly state: ChannelState
  readonly environment: Environment
  readonly hub: HubPort
  /** A copy of the opening data that nobody else holds (LIFE-04). */
  openingData(): object
  /**
   * Gives one message to the transport, in the order of the calls (SEND-07).
   * @throws ChannelClosedError, PayloadTooLargeError, TypeError for bytes where only text can be sent
   */
  transmit(encoded: Encoded): MaybePromise<void>
  /** Closes the connection for the application; `state` is closed when the call returns (LIFE-14). */
  hangUp(): MaybePromise<void>
  /**
   * A copy of the stored session that nobody else holds, or undefined (AUTH-11).
   * @param again asks a store once more, in place of what the event began with
   */
  readSession(again?: boolean): MaybePromise<unknown>
  /** Stores a session that nobody else holds; undefined clears it. @throws ChannelClosedError once nothing is stored any more */
  writeSession(session: unknown): MaybePromise<void>
  /** Told what the event's handler threw. */
  failed?(error: unknown): void
}

/** What calls made by a handler are accounted to. */
export interface Account {
  /** A call that is still pending: the handler is not settled before it has (SEND-08). */
  track(pending: Promise<unknown>): void
  /** A call that was refused; logged, since its promise may be left unawaited (SEND-11). */
  refused(call: string, error: unknown): void
}
