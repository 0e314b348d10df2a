/** Looking again at what another invocation is about to change: never blindly, each wake-up re-reads. */
import type { Clock } from './ports.ts'

/** Pauses of `first` milliseconds, doubling up to `most`; call it for the next one. */
export function pauses(clock: Clock, { first, most }: { first: number; most: number }): () => Promise<void> {
  let pause = first
  return async () => {
    const now = pause
    pause = Math.min(2 * pause, most)
    await clock.wait(now)
  }
}
