/** The one function that is deployed: every event of the platform comes to it. */
import { createDynamoDBServerless, type DynamoDBServerlessOptions, loggerOf } from './dynamodb-serverless.ts'
import { type EventSettings, parseEvent } from './events.ts'
import { checkLambdaOptions } from './options.ts'

/** Settings of `createLambdaHandler`. */
export interface LambdaHandlerOptions extends DynamoDBServerlessOptions, EventSettings {}

/** What API Gateway is answered: never a body, which it would send to the client as a message of its own. */
export interface LambdaAnswer {
  statusCode: number
  headers?: Record<string, string>
}

/** A Lambda function's handler. */
export type LambdaHandler = (event: unknown, context?: unknown) => Promise<LambdaAnswer>

/**
 * Makes the handler of a Lambda function behind a WebSocket API's `$connect`, `$default` and `$disconnect`, which also
 * invokes itself and is invoked by a schedule (see template.yaml).
 *
 * A message is answered with 200 whatever became of it (STATELESS-14). A disconnect, delivery or sweep that a store failed
 * rejects, so that it counts as an error of the function; AWS repeats the latter two.
 * @throws OptionsError for an option that is missing or of the wrong kind, Error where a route has a parameter, and
 *   RangeError for an impossible number of shards
 */
export function createLambdaHandler(options: LambdaHandlerOptions): LambdaHandler {
  checkLambdaOptions(options)
  const serverless = createDynamoDBServerless(options)
  const logger = loggerOf(options)
  const failed = (what: string, error: unknown): void =>
    logger.error(`${what} failed`, { reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error), error })

  const handle: LambdaHandler = async (event) => {
    const parsed = parseEvent(event, options)
    switch (parsed.kind) {
      case 'connect':
        try {
          const { status, protocol } = await serverless.connect(parsed.event)
          return { statusCode: status, ...(protocol === undefined ? {} : { headers: { 'Sec-WebSocket-Protocol': protocol } }) }
        } catch (error) {
          failed('connect', error)
          return { statusCode: 500 }
        }
      case 'message':
        await serverless.message(parsed.event).catch((error: unknown) => failed('message', error))
        return { statusCode: 200 }
      case 'disconnect':
        await serverless.disconnect(parsed.event)
        return { statusCode: 200 }
      case 'deliver':
        await serverless.deliver(parsed.channelId)
        return { statusCode: 200 }
      case 'sweep':
        await serverless.sweep()
        return { statusCode: 200 }
    }
  }
  return async (event, context) => {
    try {
      return await handle(event, context)
    } finally {
      // The platform stops the process here: nothing may be left to do (STATELESS-13).
      await serverless.settle()
    }
  }
}
