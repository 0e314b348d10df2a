/** The platform's limits, from its documentation of quotas. Milliseconds and bytes. */
export const limits = {
  /** A connect that takes longer is refused with 504, whatever it answers later. */
  integration: 29_000,
  /** A connection with nothing to and fro for so long is closed. */
  idle: 10 * 60_000,
  /** No connection lasts longer. */
  connection: 2 * 3_600_000,
  /** A message in either direction. */
  message: 128 * 1024,
  /** A frame of a client. */
  frame: 32 * 1024,
} as const

/** The size of a text on the wire. */
export function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length
}
