/** What a module that worker processes host looks like. */
import type { HostedProbe } from '../../../spec/probe/probe.ts'
import type { SteppedClock } from '../clock.ts'
import type { Handle } from './in-process.ts'

/** What a worker gives to its module. */
export interface WorkerSurroundings {
  /** A probe of this process's own: to be wired, traced by itself, its gates those of all processes. */
  readonly probe: HostedProbe
  /** Moved on with that of the platform. */
  readonly clock: SteppedClock
  /** What the system gave to `Workers.start`. */
  readonly settings: unknown
  /** The platform's `defer`. */
  defer(channelId: string): Promise<void>
  /** Asks the system in the platform's process, which answers by `answer`; both JSON. */
  ask(question: unknown): Promise<unknown>
  /** Tells the system in the platform's process something, which hears it by `heard`; JSON. */
  report(message: unknown): void
  /** Called with what the system tells all workers by `tell`. */
  told(listener: (message: unknown) => void): void
}

/** The default export of a module for workers: makes what handles the events given to this process. */
export type WorkerModule = (surroundings: WorkerSurroundings) => Handle | Promise<Handle>
