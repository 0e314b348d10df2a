/** Between the emulated gateway and the handlers of a serverless adapter: events one way, statuses the other. */
import type { PostAnswer, Serverless } from '../../adapters/serverless/index.ts'
import { bodyOf, type Invocation, type InvokeAnswer, requested } from '../gateway/index.ts'

/** Gives one event of the platform to the handlers. */
export async function handle(handlers: Serverless, invocation: Invocation): Promise<InvokeAnswer> {
  const { event, channelId = '', endpoint = '' } = invocation
  switch (event) {
    case 'connect': {
      const { status, protocol } = await handlers.connect(requested(invocation))
      return { outcome: 'ok', status, headers: protocol === undefined ? {} : { 'sec-websocket-protocol': protocol } }
    }
    case 'message':
      await handlers.message({ channelId, endpoint, body: bodyOf(invocation) })
      break
    case 'disconnect':
      await handlers.disconnect({ channelId, endpoint })
      break
    case 'deliver':
      await handlers.deliver(channelId)
      break
    case 'sweep':
      await handlers.sweep()
  }
  return { outcome: 'ok', status: 200 }
}

/** What a status of the management interface means; 0 stands for a connection that was refused. */
export function answerOf(status: number): PostAnswer {
  if (status >= 200 && status < 300) return 'ok'
  if (status === 410) return 'gone'
  // Nothing was delivered in either case.
  if (status === 429 || status === 0) return 'throttled'
  if (status === 413) return 'too large'
  return status === 403 ? 'refused' : 'unknown'
}
