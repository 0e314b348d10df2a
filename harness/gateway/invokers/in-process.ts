/** Hands events to a function in this process. */
import type { Invocation, InvokeAnswer, Invoker } from '../invocation.ts'
import { RequestGuard } from '../request-guard.ts'

/** Handles one event; what it asks of stores and gateway it asks through `guard`, so that it can be ended there. */
export type Handle = (invocation: Invocation, guard: RequestGuard) => Promise<InvokeAnswer>

/** An invoker over a function. An invocation that is killed is over at once; whatever it still runs has no effect any more. */
export function inProcess(handle: Handle): Invoker {
  return {
    invoke(invocation) {
      const guard = new RequestGuard(invocation)
      const killed = guard.struck.then((): InvokeAnswer => ({ outcome: 'killed' }))
      return Promise.race([handle(invocation, guard), killed])
    },
  }
}
