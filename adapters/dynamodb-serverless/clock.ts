/** The machine's own time. */
import type { Clock } from '../serverless/index.ts'

/** The clock of a deployed function. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}
