/**
 * What happened in one run, as plain data. An event's order is known only within its process (`seq`) and, across
 * processes, by causality: see `before` in `order.ts`. Wall time is never judged.
 */
import type { PlatformEvent, StoreRequests } from './platform.ts'
import type { StoreOperationName } from './stores.ts'
import type { Json, Tagged } from './values.ts'

/** One whole WebSocket message as it crossed the wire. */
export type Wire = { text: string } | { hex: string }

interface Base {
  /** Position in the merged history; within one process it is that process's own order. */
  seq: number
  /** 'kit' for the client side, otherwise the process that hosts the probe. */
  process: string
  /** The connection's name in the program: `c0`, and `c0+1` for the same client's next connection. */
  conn?: string
  /** The step it answers to. */
  step?: string
}

/** How a handler or an operation ended. */
export interface Outcome {
  outcome: 'ok' | 'rejected'
  value?: Tagged
  error?: { name: string; message: string; typeError: boolean }
}

/** Which middleware a call is, and of what event. */
export interface MiddlewareAt {
  which: 'outer' | 'inner'
  kind: 'connect' | 'message' | 'disconnect'
  action?: string
}

/** What the kit did and saw. */
export type ClientEvent = Base & { at: 'client' } & (
    | { kind: 'invoke'; action: Json }
    | { kind: 'ack' }
    | { kind: 'skip'; why: string }
    | { kind: 'message'; data: Wire }
    // `key`: what the client chose as `Sec-WebSocket-Key`, where it can tell.
    | { kind: 'open'; protocol: string; key?: string }
    | { kind: 'refused'; status: number | null }
    | { kind: 'receive'; data: Wire }
    // `fault`: what of a frame the client could not read, for which it failed the connection.
    | { kind: 'closed'; code: number; reason: string; fault?: string }
    | { kind: 'fenced' }
    | { kind: 'gate'; name: string }
    | { kind: 'residue'; channels: string[]; subscriptions: [topic: string, id: string][] }
    | {
        kind: 'crowd'
        topic: string
        /** How many were to connect, how many still are, and of how many a fence proved that they have everything. */
        size: number
        open: number
        proven: number
        /** Each message that any of them received: by how many, and how often in all. */
        received: { text: string; connections: number; copies: number }[]
      }
    | { kind: 'stall'; waitingFor: string; patience: number }
    | { kind: 'timeout'; waitingFor: string; patience: number }
    /** A system that answers has not brought this about for so long, with nothing left that could hold it up; a stop is no connection's. */
    | { kind: 'absent'; what: 'the close' | 'onDisconnect' | 'the stop'; patience: number }
    /** On a system whose invocations overlap: every invocation has returned. */
    | { kind: 'idle' }
    /** The platform has done what a step asked of it. */
    | { kind: 'platform' }
    /** The system was asked to stop, and has answered other questions since. */
    | { kind: 'stopping' }
    | { kind: 'hosted'; outcome: 'ok' | 'rejected'; error?: { name: string; message: string; typeError: boolean } }
  )

/** What the probe application saw from inside. `call` groups the events of one run of one handler. */
export type ServerEvent = Base & { at: 'server'; seen?: number } & (
    | {
        kind: 'enter'
        call: number
        handler: string
        /** The name of the channel whose wiring the handler belongs to (LIFE-20). */
        wired?: string
        channelId: string
        data: Tagged
        openingData: Tagged
        state: string
        session: Tagged
        service: Tagged
        middleware?: MiddlewareAt
      }
    | { kind: 'begin'; call: number; channelId: string; op: number; name: string; args: Json }
    | ({ kind: 'end'; call: number; channelId: string; op: number; name: string; state: string } & Outcome)
    | ({ kind: 'leave'; call: number; handler: string; channelId: string; state: string } & Outcome)
    | { kind: 'settled'; call: number; handler: string; channelId: string }
    // `beside`: a second service was made before the one that is told of.
    | { kind: 'services'; call: number; channelId: string; event: string; session: Tagged; ways?: string[]; beside?: boolean }
    | { kind: 'disposed'; call: number; channelId: string; by: string[]; beside?: boolean }
    | { kind: 'custom'; id: string; data: Wire }
    | { kind: 'passed'; id: string; gate: string }
    /** The schema of a handshake's opening data has been asked, and waits at this gate before it answers. */
    | { kind: 'waits'; gate: string }
    | { kind: 'log'; level: string; message: string; details: Tagged }
    | { kind: 'fault'; what: string; message: string }
    /** Platform: an event is given to the system. `repeat`: it has come before. */
    | { kind: 'invoked'; invocation: number; event: PlatformEvent; channelId?: string; worker?: string; repeat?: boolean }
    /** Platform: the invocation is over, for the platform as well. `body`: the answer had one. */
    | {
        kind: 'returned'
        invocation: number
        event: PlatformEvent
        channelId?: string
        outcome: 'ok' | 'failed' | 'killed'
        status?: number
        body?: boolean
        requests?: StoreRequests
      }
    /** Simulated systems: a request to a store is carried out, but for what `fault` says. `about`: a channel's id, or a topic. */
    | {
        kind: 'request'
        request: string
        about: string
        invocation?: number
        fault?: 'throttled' | 'partial' | 'answer lost' | 'slow'
      }
    /** Platform: a post (or, without data, a close) came to the management interface. */
    | { kind: 'post'; post: number; channelId: string; endpoint: string; data?: Wire; invocation?: number }
    /** Platform: how it was answered, and whether the client was given it. */
    | { kind: 'posted'; post: number; channelId: string; status: number; delivered: boolean }
    /** Stores: an operation begins, at this time of the suite's own clock. */
    | { kind: 'store begin'; op: number; name: StoreOperationName; args: Json; now: number }
    | ({ kind: 'store end'; op: number; name: StoreOperationName; now: number } & Outcome)
    /** Stores: a request that an operation makes is carried out now; null where none is known to have made it. */
    | { kind: 'store request'; op: number | null; name: string }
    /** Stores: of what could go on, this goes on; not told where there is no choice. */
    | { kind: 'store choice'; from: string[]; chosen: number }
    /** Stores: what did not go on though nothing held it up; the program ends here. */
    | { kind: 'store stall'; waitingFor: string; patience: number }
  )

/** One event of a history. */
export type HistoryEvent = ClientEvent | ServerEvent

type Unnumbered<T> = T extends unknown ? Omit<T, 'seq' | 'process' | 'seen'> : never

/** A server event as the probe emits it: numbered and attributed by whoever collects it. */
export type TraceEvent = Unnumbered<ServerEvent> & { seq: number }

/** A server event that its process has still to number. */
export type UnnumberedTraceEvent = Unnumbered<ServerEvent>

/** A client event before the recorder has numbered it. */
export type ClientEntry = Unnumbered<ClientEvent>

/** A client event of one kind. */
export type ClientEventOf<K extends ClientEvent['kind']> = Extract<ClientEvent, { kind: K }>

/** A server event of one kind. */
export type ServerEventOf<K extends ServerEvent['kind']> = Extract<ServerEvent, { kind: K }>
