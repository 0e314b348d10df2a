/** Running middleware around an event, outermost first (AUTH-13). */
import type { HandlerServices, Middleware, MiddlewareEvent } from '../../spec/application.ts'
import { rejected, tolerate } from './promises.ts'

/**
 * Runs `chain` around `inner` and gives what the outermost one returned. What a middleware started and did not await
 * has ended, one way or the other, when this resolves or rejects: the event is settled as a whole.
 */
export async function runMiddleware(
  chain: readonly Middleware[],
  services: HandlerServices,
  event: MiddlewareEvent,
  inner: () => unknown,
): Promise<unknown> {
  let over = false
  const started: Promise<unknown>[] = []
  const run = async (index: number): Promise<unknown> => {
    const middleware = chain[index]
    if (middleware === undefined) return inner()
    let called = false
    return middleware(services, event, () => {
      // A second call would run the handler twice, and one kept for later would run it after its event (LIFE-11).
      if (called) return rejected(new Error('next() was called twice in one event'))
      if (over) return rejected(new Error('next() was called after its event was over'))
      called = true
      const below = tolerate(run(index + 1))
      started.push(below)
      return below
    })
  }
  try {
    return await run(0)
  } finally {
    // Each started call can start one more, below it, so the list may grow while it is awaited.
    for (const below of started) await below.catch(() => {})
    over = true
  }
}
