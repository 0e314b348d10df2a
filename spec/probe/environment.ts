/** What a script runs in. */
import type { TraceEvent } from '../history.ts'
import type { ProbeLogger } from '../system.ts'
import type { Gates } from './gates.ts'
import type { Op, Throwable } from './ops.ts'

/** A trace event before its collector has numbered it. */
export type Emitted = TraceEvent extends infer E ? (E extends unknown ? Omit<E, 'seq'> : never) : never

/** The services the probe uses, as every adapter must hand them to its handlers. */
export interface ProbeServices {
  logger: ProbeLogger
  channel: {
    channelId: string
    openingData: unknown
    state: string
    send(value: unknown): unknown
    close(): unknown
  }
  eventHub: {
    subscribe(topic: string, id: string): Promise<void>
    unsubscribe(topic: string, id: string): Promise<void>
    publish(topic: string, exclude: string | null, payload: unknown): Promise<void>
    register?(id: string, receive: (encoded: string | Uint8Array) => void | Promise<void>): Promise<{ close(): unknown }>
  }
  userSession: { get(): unknown; set(session: unknown): unknown; clear(): unknown }
  /** Made per event by the probe's createSessionServices. */
  event?: { id: number; poisoned?: boolean }
}

/** What every part of a hosted probe shares. */
export interface ProbeHost {
  emit(event: Emitted): void
  gates: Gates
  /** Numbers handler calls within this process. */
  nextCall(): number
  /** Makes what a script throws. */
  throwable(kind: Throwable, message: string): unknown
  /** Subscribers of the application's own, by id. */
  registered: Map<string, { close(): unknown; over?: boolean }>
}

/** One handler call's surroundings. */
export interface Env extends ProbeHost {
  services: ProbeServices
  data: unknown
  session: unknown
  conn: string | undefined
  step: string | undefined
  call: number
  armed: Extract<Op, { op: 'arm' }>[]
  /** Middleware only: the rest of the chain. */
  next?: () => Promise<unknown>
}
