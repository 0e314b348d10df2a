/**
 * The probe application's channels as data: what the kit must know of each to address it. How they are wired is in
 * `channels/`, one file each.
 */

/** One channel of the probe. */
export interface ProbeChannel {
  name: string
  /** The path it is served at; a parameter is filled in by the program. */
  route: string
  /** Its routing keys, in the order declared. */
  keys: readonly string[]
  /** How a fence reaches a public handler: by an action, or (null) as a message of its own through onMessage. */
  fence: { key: string; action: string } | null
  onConnect: boolean
  onDisconnect: boolean
  onMessage: boolean
}

/** Declares a channel of the probe. */
export function probeChannel(of: ProbeChannel): ProbeChannel {
  return of
}
