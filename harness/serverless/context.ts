/**
 * What asynchronous work is part of. One storage for all of it, and for every system in a process: each storage there
 * ever was makes every later promise dearer, and where hundreds of systems are started one after another soon most of all.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Asking } from './requests.ts'

/** What work can be part of. */
export interface Context {
  /** The invocation that is asking. */
  asking: Asking
  /** A sweep. */
  sweeping: true
  /** A request to the gateway that is meant for this channel. */
  meantFor: string
}

const storage = new AsyncLocalStorage<Partial<Context>>()

/** What the work that is asking is part of. */
export const context = (): Partial<Context> => storage.getStore() ?? {}

/** Does work as a part of these as well. */
export const within = <T>(parts: Partial<Context>, work: () => T): T => storage.run({ ...storage.getStore(), ...parts }, work)
