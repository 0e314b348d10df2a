/** What a channel's record says of it. */
import type { ChannelRecord, ClosedMark, LiveState } from './ports.ts'
import { connectLimit } from './times.ts'

/** A record, a mark, or nothing: what a store finds. */
export type Found = ChannelRecord | ClosedMark | undefined

/** onConnect succeeded and what it left to be delivered is durable. */
export const settledStates: readonly LiveState[] = ['connected', 'open']

/** Every state of a live record. */
export const liveStates: readonly LiveState[] = ['connecting', 'closing', 'connected', 'open']

/** States that a removal treats alike: a change within the group does not refuse it. */
export function groupOf(state: LiveState): readonly LiveState[] {
  return settledStates.includes(state) ? settledStates : [state]
}

/** Whether its connect has succeeded. */
export function isSettled(found: Found): boolean {
  return found?.state === 'connected' || found?.state === 'open'
}

/** Whether the platform's connect limit has passed: the connection is open or gone, it cannot be connecting any more. */
export function isAged({ connectedAt }: { connectedAt: number }, now: number): boolean {
  return now > connectedAt + connectLimit
}

/** Whether every reader takes it for closed (STATELESS-09). */
export function isExpired({ expires }: { expires: number }, now: number): boolean {
  return expires < now
}

/** Whether there is a channel that can be subscribed and posted to. */
export function isLive(found: Found, now: number): found is ChannelRecord {
  return found !== undefined && found.state !== 'closed' && !isExpired(found, now)
}
