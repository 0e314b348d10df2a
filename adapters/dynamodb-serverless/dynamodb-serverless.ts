/** The handlers of an application over DynamoDB and API Gateway. */

import { randomUUID } from 'node:crypto'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { consoleLogger, type Logger } from '../runtime/index.ts'
import {
  type Clock,
  createServerless,
  type Defer,
  type Gateway,
  type Serverless,
  type ServerlessOptions,
} from '../serverless/index.ts'
import { createChannelStore } from './channel-store.ts'
import { systemClock } from './clock.ts'
import { deferToFunction } from './defer.ts'
import { createEventHubStore } from './event-hub-store.ts'
import { createManagementGateway } from './gateway.ts'
import { checkOptions } from './options.ts'
import { dynamodbSdk } from './sdk.ts'

/** Settings of `createDynamoDBServerless`. */
export interface DynamoDBServerlessOptions extends ServerlessOptions {
  /** The name of a table made by `createTable`, or by the template. */
  table: string
  /** Over how many partitions topics and expiries are spread; default 1. To be changed only while the table is empty. */
  shards?: number
  /** Default: one of the environment's region and credentials, with ten attempts a request. */
  dynamodb?: DynamoDBClient
  /** Default: API Gateway's management interface. */
  gateway?: Gateway
  /** Default: an asynchronous invocation of the function `functionName`. */
  defer?: Defer
  /** Default: the environment's `AWS_LAMBDA_FUNCTION_NAME`, which AWS Lambda sets. */
  functionName?: string
  /** Default: the machine's own. */
  clock?: Clock
  /** A token nobody else has; default: random ones. */
  token?: () => string
}

/**
 * Makes the handlers; for code that has no event at hand their `eventHub` publishes (await `settle()` before such code
 * ends).
 * @throws OptionsError for an option that is missing or of the wrong kind, Error where a route has a parameter, and
 *   RangeError for an impossible number of shards
 */
export function createDynamoDBServerless(options: DynamoDBServerlessOptions): Serverless {
  checkOptions(options)
  const { table, shards, clock = systemClock, token = randomUUID } = options
  const access = { client: options.dynamodb ?? openDynamoDB(), table, clock, shards }
  const ports = {
    channels: createChannelStore(access),
    topics: createEventHubStore(access),
    gateway: options.gateway ?? managementOf(options),
    defer: options.defer ?? deferralOf(options),
    clock,
    token,
  }
  return createServerless(ports, options)
}

/** Where the application's log is. */
export const loggerOf = ({ singletonServices }: ServerlessOptions): Logger =>
  (singletonServices as { logger?: Logger } | undefined)?.logger ?? consoleLogger

function openDynamoDB(): Promise<DynamoDBClient> {
  const opened = dynamodbSdk().then(
    ({ DynamoDBClient }) =>
      new DynamoDBClient({
        maxAttempts: 10,
        // Nobody adds to its middleware later: resolved for each request it is a good part of what one costs.
        cacheMiddleware: true,
        requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
      }),
  )
  // Told to the first event that needs it.
  opened.catch(() => {})
  return opened
}

function managementOf(options: ServerlessOptions): Gateway {
  const logger = loggerOf(options)
  return createManagementGateway({
    failed: ({ channelId, endpoint }, answer, error) =>
      logger.warn(`gateway: a request failed, taken as ${answer}`, {
        channelId,
        endpoint,
        reason: `${error.name}: ${error.message}`,
      }),
  })
}

function deferralOf({ functionName = process.env.AWS_LAMBDA_FUNCTION_NAME }: DynamoDBServerlessOptions): Defer {
  if (functionName !== undefined && functionName !== '') return deferToFunction({ functionName })
  return async () => {
    throw new Error(
      'onConnect has sent something, and nobody can deliver it later: give `functionName` or `defer`, or run in AWS Lambda, which sets AWS_LAMBDA_FUNCTION_NAME',
    )
  }
}
