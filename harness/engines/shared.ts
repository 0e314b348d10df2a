/** The engine that all systems of a process share: starting one takes longer than most of what is asked of it. */
import type { Engine } from './engine.ts'
import { openEngine } from './open.ts'

let engine: Promise<Engine> | undefined

/** Opened when it is first asked for; it ends with the process. @throws Error that says what to do where none can be had */
export function sharedEngine(): Promise<Engine> {
  engine ??= openEngine()
  return engine.catch((error: unknown) => {
    engine = undefined
    throw error
  })
}
