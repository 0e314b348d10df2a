/** What a platform and its worker processes say to each other. */
import type { Capability } from '../../../spec/capabilities.ts'
import type { TraceEvent } from '../../../spec/history.ts'
import type { Invocation, InvokeAnswer } from '../invocation.ts'

/** What a worker starts with. */
export interface WorkerSetup {
  /** What the module is told, whatever it is; JSON. */
  readonly settings: unknown
  readonly variant: string | undefined
  readonly capabilities: readonly Capability[]
  /** How far the clock is ahead of real time, in milliseconds. */
  readonly offset: number
  /** Gates that are open already. */
  readonly gates: readonly string[]
}

/** What a worker is told or asked. */
export type ToWorker =
  | { setup: WorkerSetup }
  | { id: number; invoke: Omit<Invocation, 'reached'> }
  | { id: number; advance: number }
  | { gate: string }
  /** The invocation of this number may go on. */
  | { proceed: number }
  | { tell: unknown }
  /** Of a question of the worker's. */
  | { answers: number; value?: unknown; error?: string }

/** What a worker tells or asks. */
export type FromWorker =
  | { ready: true }
  | { failed: string }
  | { trace: TraceEvent }
  /** A script has opened it. */
  | { gate: string }
  | { answers: number; answer?: InvokeAnswer }
  | { reached: number }
  /** It is to be killed here and now. */
  | { strike: true }
  | { report: unknown }
  | { ask: number; defer: string }
  | { ask: number; question: unknown }
