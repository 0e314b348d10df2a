/**
 * The probe application's channels as data: what the kit must know of each to address it. How they are wired is in
 * `channels/`, one file each.
 */

import type { Capability } from '../capabilities.ts'

/** What is said of one message handler's `auth`; absent where nothing is. */
export interface AuthOf {
  /** By its entry in the wiring. */
  entry?: boolean
  /** By the function itself. */
  function?: boolean
  /** It has an input schema that refuses data with a property `bad`. */
  refusesBad?: boolean
}

/** One channel of the probe. */
export interface ProbeChannel {
  name: string
  /** The path it is served at; a parameter is filled in by the program. */
  route: string
  /** Its routing keys, in the order declared. */
  keys: readonly string[]
  /**
   * How a fence reaches a public handler: by an action, or (null) as a message of its own through onMessage. 'none':
   * nothing is wired that could answer one, so that absence cannot be proved on it.
   */
  fence: { key: string; action: string } | null | 'none'
  onConnect: boolean
  onDisconnect: boolean
  onMessage: boolean
  /** Its message handlers but onMessage, as 'key:action', for judging routing; absent where routing is not judged on it. */
  handlers?: readonly string[]
  /** Those of its handlers that have an input schema; their data is judged by VALID alone. */
  validated?: readonly string[]
  /** Wired only for systems that declare all of these. */
  capabilities?: readonly Capability[]
  /** What the channel and its message handlers ('onMessage', 'key:action') say of `auth`, for judging it (AUTH-01 to AUTH-10). */
  auth?: { channel?: boolean | undefined; handlers: Readonly<Record<string, AuthOf>> }
}

/** Declares a channel of the probe. */
export function probeChannel(of: ProbeChannel): ProbeChannel {
  return of
}
