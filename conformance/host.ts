/** What hosts a system for the kit: in this process, or in a child. The runner sees no difference. */
import type { Capability } from '../spec/capabilities.ts'
import type { Dial } from '../spec/dial.ts'
import type { TraceEvent } from '../spec/history.ts'
import type { PlatformCommand } from '../spec/platform.ts'
import type { Observation } from '../spec/requirement.ts'
import type { Residue } from '../spec/system.ts'
import type { Tagged } from '../spec/values.ts'
import type { Alarm } from './deadlines.ts'
import type { StoreProgram } from './stores/program.ts'

/** A started system as the runner uses it. */
export interface Hosted {
  /** Where a channel of the probe is served, without its query. */
  url(channel: string, route: string): string
  observes: ReadonlySet<Observation>
  /** Publishes from outside any handler; rejects with what the hub rejected with. */
  publish?(topic: string, excludeId: string | null, value: Tagged): Promise<void>
  residue?(): Promise<Residue>
  /** Resolves once every invocation has returned; absent on systems whose messages do not overlap. */
  idle?(): Promise<void>
  /** Asks the platform beneath the system for something. */
  platform?(command: PlatformCommand): Promise<void>
  /** What it runs on, where it can run on several. */
  engine?: string
  /** Runs a program over its stores and gives back the history; given up after `patience` milliseconds. */
  stores?(program: StoreProgram, patience: number): Promise<TraceEvent[]>
  openGate(name: string): void
  /** Opens its connections; a WebSocket's where absent. */
  dial?: Dial
  /** Its own measure of patience; the machine's time where absent. */
  alarm?: Alarm
  /** Whether handshakes complete while onConnect is pending; found out where absent. */
  opensEarly?: boolean
  /** How many events it had traced before it was launched; absent where it has only just started. */
  tracedBefore?: number
  /** Resolves once every event traced so far has been told; absent where events are told as they happen. */
  flush?(): Promise<void>
  stop(): Promise<void>
  /** Nothing more will be asked of it. */
  forget?(): void
}

/** How one start differs from another. */
export interface LaunchOptions {
  /** Wires this start variant instead of the probe's channels. */
  variant?: string
  deadlines?: { handler?: number; stop?: number }
  /** Taken as declared in place of what the system declares: the probe wires its channels for these. */
  capabilities?: readonly Capability[]
  /** Over how many processes it is to spread its work, if it can. */
  workers?: number
}

/** Given every trace event and the process it came from. */
export type TraceSink = (process: string, event: TraceEvent) => void

/** A system that can be started any number of times. */
export interface Host {
  name: string
  capabilities: readonly Capability[]
  /** @throws HostError where the system cannot be started */
  launch(options: LaunchOptions, sink: TraceSink): Promise<Hosted>
  /** Rejects with a HostError when the host has died; never resolves. */
  died: Promise<never>
  /** `end` ends the system whatever state it is in, so that one that hangs need not be stopped first. */
  endsByForce: boolean
  /** Only systems that somebody else has started: they stay as they are, and offer no more than these channels of the probe. */
  startedElsewhere?: { channels: ReadonlySet<string> }
  /**
   * Only simulated hosts: does `work`, in which a system is launched and one program run on it, by this schedule.
   * @throws HostError where it comes to a stop with nothing left to happen
   */
  drive?<T>(schedule: readonly number[], work: () => Promise<T>): Promise<T>
  /**
   * The same system in a process in which nothing has run yet, as a replay finds it; absent where there is none to be had.
   * @throws HostError
   */
  afresh?(): Promise<Host>
  end(): Promise<void>
}

/** The system under test could not be started, died, or gave no answer: it cannot be judged. */
export class HostError extends Error {
  override name = 'HostError'
}
