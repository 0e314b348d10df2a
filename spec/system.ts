/**
 * A system under test: what an adapter's author hands to the kit, and what the kit is given back when it starts.
 * Everything optional in `Running` widens what can be observed; what a door cannot observe is `not-observable`.
 */
import type { ApplicationInterface } from './application.ts'
import type { Capability } from './capabilities.ts'
import type { Dial } from './dial.ts'
import type { TraceEvent, UnnumberedTraceEvent } from './history.ts'
import type { PlatformCommand } from './platform.ts'
import type { Simulation } from './simulation.ts'
import type { StoreSystem } from './stores.ts'

/** Publishing from outside any handler (PUB-09). */
export interface HostHub {
  publish(topic: string, excludeId: string | null, payload: unknown): Promise<void>
}

/** Where the application under test writes; every call becomes a trace event. */
export interface ProbeLogger {
  debug(message: string, details?: unknown): void
  info(message: string, details?: unknown): void
  warn(message: string, details?: unknown): void
  error(message: string, details?: unknown): void
}

/** The application the kit tests adapters with; made by the kit, hosted by the system. */
export interface Probe {
  /**
   * Wires the probe's channels with the system's own functions.
   * @throws whatever `wireChannel` throws, for the variants that must be refused at start (LIFE-20, AUTH-02, ROUTE-11)
   */
  wire(api: ApplicationInterface): void
  /** The application's singletons; the system hands them to every handler beside channel, eventHub and userSession. */
  singletonServices: { logger: ProbeLogger } & Record<string, unknown>
  /** Makes the services of one event (LIFE-24); what it returns is merged over the singletons. */
  createSessionServices(
    singletonServices: object,
    event: { kind: 'connect' | 'message' | 'disconnect'; channelId: string; session?: unknown },
  ): object | Promise<object>
}

/** Events that are neither the application's nor the kit's: the platform's, and those of the probe in other processes. */
export interface Relay {
  /** Tells an event of this process, numbered among the probe's own. */
  note(event: UnnumberedTraceEvent): void
  /** Tells an event that was numbered in another process, by that process's name. */
  relay(process: string, event: TraceEvent): void
  /** Opens a gate of this process's probe: a script in another process has opened it there. */
  opened(gate: string): void
}

/** Settings of one start. Times in milliseconds, sizes in bytes. */
export interface StartOptions {
  host: string
  port: number
  limits?: { maxPayload?: number }
  /** `handler` and `stop` are the documented deadlines of LIFE-11 and LIFE-18: a system that is given one keeps it (decision 0111). */
  deadlines?: { handler?: number; stop?: number; heartbeat?: number }
  /** Over how many processes a system that can is to spread its work (PUB-14). */
  workers?: number
  /** For systems with a platform beneath, or with processes of their own. */
  relay?: Relay
  /** What makes the same probe in another process: `makeProbe(sink, variant, capabilities)`. */
  variant?: string
  /** Called with the hub before the server accepts its first handshake. */
  beforeListen?(hub: HostHub): void | Promise<void>
}

/** What the hub and the stores still hold. */
export interface Residue {
  channels: string[]
  subscriptions: [topic: string, subscriberId: string][]
}

/** A started system. */
export interface Running {
  /** Where the probe's channels are served: the base address, or the address of a channel by its name. */
  url: string | ((channelName: string) => string)
  hub?: HostHub
  residue?(): Promise<Residue>
  /** Bytes the server holds for a channel's client. */
  buffered?(channelId: string): number | Promise<number>
  /** Trace events of a system that hosts the probe in a process of its own; otherwise the probe's own sink is used. */
  trace?: AsyncIterable<TraceEvent>
  /** Resolves once every invocation begun so far has returned, and all it caused: systems whose messages overlap. */
  idle?(): Promise<void>
  /** What programs can ask of the platform; where it is there, its events are traced too. */
  platform?(command: PlatformCommand): Promise<void>
  /** What judged it, where it can run on several: an engine and its version, as reports name it. */
  engine?: string
  /** Opens connections in place of a WebSocket client, where there are no sockets. */
  dial?: Dial
  /** Opens a gate of probes in other processes; resolves once whoever can still be held up by it has been. */
  gate?(name: string): void | Promise<void>
  /** Stops as gracefully as the system can (LIFE-18); resolves when it has. */
  stop(): Promise<void>
}

/** One system under test. */
export interface System {
  name: string
  capabilities: readonly Capability[]
  /** Its stores, to be tested on their own; they are opened while it runs. */
  stores?: StoreSystem
  start(probe: Probe, options: StartOptions): Promise<Running>
  /** Starts it with no socket, no timer and no other process, everything that happens in it being a task of the simulation's. */
  simulate?(probe: Probe, options: StartOptions, simulation: Simulation): Promise<Running & { dial: Dial }>
}
