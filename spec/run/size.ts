/** How large a message may be on a serverless platform. */
import type { Wire } from '../history.ts'

/** Bytes of text that the platform's management interface takes (documented: 128 KB). */
export const platformLimit = 128 * 1024

const encoder = new TextEncoder()

/** Bytes of a message as it crosses the wire. */
export const bytesOf = (wire: Wire): number => ('text' in wire ? encoder.encode(wire.text).length : wire.hex.length / 2)

/** Whether a message is certainly more than the platform takes. */
export const tooLarge = (wire: Wire): boolean => {
  // Most messages are far from it, and this is asked of every one.
  if ('text' in wire && wire.text.length * 3 <= platformLimit) return false
  return bytesOf(wire) > platformLimit
}
