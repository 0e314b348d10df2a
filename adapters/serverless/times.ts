/** Every span the protocol goes by, in milliseconds, with where it comes from. */

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** How long a connection may live by the platform's own limit (2 h), and room for its end to be told of. */
export const lifetime = 2 * hour + 15 * minute

/** How much longer than its channel a record or a mark is kept: longer than any event of it is repeated (STATELESS-05). */
export const kept = 24 * hour

/** From this age on a connection is open or gone: the platform's integration limit, and clocks that differ. */
export const connectLimit = 35 * second

/** How long whoever delivers onConnect's output has for it. */
export const lease = 10 * second

/** How long after the end of a lease its holder has certainly stopped. */
export const leaseGrace = second

/** What one post may take; none is begun with less left of a lease. */
export const postTimeout = 3 * second

/** The longest text a connection takes, in bytes (the platform's limit). */
export const maxPostBytes = 128 * 1024

/** The most that onConnect may leave to be delivered, in bytes: a store's item has a limit too (DynamoDB's is 400 KB). */
export const maxPendingBytes = 256 * 1024

/** Pauses between looks at something that another invocation is about to change, doubling. */
export const polls = {
  connecting: { first: 25, most: second },
  claim: { first: 20, most: second / 2 },
  early: { first: 50, most: 5 * second },
  throttled: { first: 50, most: 800, times: 6 },
} as const

/** What a record's times follow from; the same for every repetition of its connect. */
export function spanOf(connectedAt: number): { expires: number; ttl: number } {
  const expires = connectedAt + lifetime
  return { expires, ttl: expires + kept }
}

/** Until when a mark is kept where nothing of its channel is known. */
export function earlyTtl(now: number): number {
  return now + lifetime + kept
}
