/** What the kit and the child process that hosts a system say to each other. Plain JSON. */

import type { LaunchOptions } from '../../conformance/host.ts'
import type { StoreProgram } from '../../conformance/stores/program.ts'
import type { Capability } from '../../spec/capabilities.ts'
import type { TraceEvent } from '../../spec/history.ts'
import type { PlatformCommand } from '../../spec/platform.ts'
import type { Observation } from '../../spec/requirement.ts'
import type { Residue } from '../../spec/system.ts'
import type { Tagged } from '../../spec/values.ts'

/** From the kit; `id` is answered, `instance` is one started system. */
export type Request = { id: number } /** Another system in place of the one it was started for. */ & (
  | { ask: 'load'; reference: string }
  | { ask: 'launch'; instance: number; options: LaunchOptions }
  | { ask: 'publish'; instance: number; topic: string; excludeId: string | null; value: Tagged }
  | { ask: 'residue'; instance: number }
  | { ask: 'idle'; instance: number }
  | { ask: 'platform'; instance: number; command: PlatformCommand }
  | { ask: 'stores'; instance: number; program: StoreProgram; patience: number }
  | { ask: 'gate'; instance: number; name: string }
  | { ask: 'flush'; instance: number }
  | { ask: 'stop'; instance: number }
  | { ask: 'forget'; instance: number }
)

/** How a system announced itself once it was loaded. */
export interface Loaded {
  loaded: { name: string; capabilities: Capability[] }
}

/** An error as it crosses the process border. */
export interface RemoteError {
  name: string
  message: string
  typeError: boolean
  host: boolean
}

/** What a launch tells: the addresses of the probe's channels and what can be observed. */
export interface Launched {
  urls: Record<string, string>
  base: string | null
  observes: Observation[]
  engine?: string
  opensEarly?: boolean
}

/** From the child. */
export type Reply =
  | Loaded
  | { failed: string }
  /** Each event with the process it is of: 'host' is the child itself. */
  | { trace: [process: string, event: TraceEvent][]; instance: number }
  | { answers: number; value?: Loaded['loaded'] | Launched | Residue | TraceEvent[] }
  | { answers: number; error: RemoteError }
