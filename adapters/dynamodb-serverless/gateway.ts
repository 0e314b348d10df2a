/** API Gateway's management interface (`@connections`): messages to connections, and their end. */
import type { ApiGatewayManagementApiClient, ApiGatewayManagementApiClientConfig } from '@aws-sdk/client-apigatewaymanagementapi'
import type { Address, Gateway, PostAnswer } from '../serverless/index.ts'
import { postTimeout } from '../serverless/times.ts'
import { connectionIdOf } from './addresses.ts'
import { managementSdk } from './sdk.ts'

/** Settings of `createManagementGateway`. */
export interface ManagementGatewayOptions {
  /** What clients are made with, such as `region` and `credentials`; `endpoint` and `maxAttempts` are the gateway's own. */
  readonly client?: ApiGatewayManagementApiClientConfig
  /** Told what went wrong where the answer alone does not say: all but 410, 413 and 429. */
  readonly failed?: (address: Address, answer: PostAnswer, error: Error) => void
  /** Called with each client when it is made, for its middleware. */
  readonly prepare?: (client: ApiGatewayManagementApiClient) => void
}

/** How many endpoints have a client at a time; a function serves the APIs of one application, seldom more. */
const mostClients = 64

/** Makes the gateway. Its clients are made at the first post to an endpoint. */
export function createManagementGateway(options: ManagementGatewayOptions = {}): Gateway {
  const clients = new Map<string, ApiGatewayManagementApiClient>()

  /** The client of an endpoint. All share the first one's sockets, so that one which is dropped costs nobody a post. */
  const clientOf = async (endpoint: string): Promise<ApiGatewayManagementApiClient> => {
    const { ApiGatewayManagementApiClient } = await managementSdk()
    const known = clients.get(endpoint)
    if (known !== undefined) return known
    const [first] = clients.values()
    const client = new ApiGatewayManagementApiClient({
      requestHandler: first?.config.requestHandler ?? {
        // Well within what the handlers take for the longest post: a lease is given up by that.
        connectionTimeout: postTimeout / 3,
        requestTimeout: (postTimeout * 5) / 6,
        throwOnRequestTimeout: true,
        // A post that waits for a socket is running out of time already: there are enough for several events at once.
        ...{ httpsAgent: { maxSockets: 500 }, httpAgent: { maxSockets: 500 } },
      },
      cacheMiddleware: true,
      ...options.client,
      endpoint,
      // The SDK would repeat posts whose fate is unknown: twice delivered is worse than once lost (PUB-05).
      maxAttempts: 1,
    })
    options.prepare?.(client)
    const [oldest] = clients.keys()
    if (clients.size >= mostClients && oldest !== undefined) clients.delete(oldest)
    clients.set(endpoint, client)
    return client
  }

  const answered = async (
    address: Address,
    send: (client: ApiGatewayManagementApiClient) => Promise<unknown>,
  ): Promise<PostAnswer> => {
    try {
      await send(await clientOf(address.endpoint))
      return 'ok'
    } catch (error) {
      const answer = answerOf(error as Error)
      if (!expected.includes((error as Failure).$metadata?.httpStatusCode ?? 0)) options.failed?.(address, answer, error as Error)
      return answer
    }
  }

  return {
    post: (address, text) =>
      answered(address, async (client) => {
        const { PostToConnectionCommand } = await managementSdk()
        await client.send(
          new PostToConnectionCommand({ ConnectionId: connectionIdOf(address.channelId), Data: Buffer.from(text) }),
        )
      }),
    close: (address) =>
      answered(address, async (client) => {
        const { DeleteConnectionCommand } = await managementSdk()
        await client.send(new DeleteConnectionCommand({ ConnectionId: connectionIdOf(address.channelId) }))
      }),
  }
}

/** Answers that say all there is to say. */
const expected = [410, 413, 429]

/** What the SDK throws. */
type Failure = Error & { code?: string; $metadata?: { httpStatusCode?: number } }

/** Errors of the way there: no connection, so nothing was delivered. A reset is none, since it may come after delivery. */
const notReached = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']

/** What an error of the SDK says of the post (STATELESS-07). */
export function answerOf(error: Error): PostAnswer {
  const { code, $metadata } = error as Failure
  const status = $metadata?.httpStatusCode
  if (status === 410 || error.name === 'GoneException') return 'gone'
  if (status === 429 || error.name === 'LimitExceededException') return 'throttled'
  if (status === 413 || error.name === 'PayloadTooLargeException') return 'too large'
  if (status !== undefined) return status >= 400 && status < 500 ? 'refused' : 'unknown'
  if (code !== undefined && notReached.includes(code)) return 'throttled'
  if (error.name === 'TimeoutError' && /did not establish a connection/.test(error.message)) return 'throttled'
  // Nothing was sent: it could not be signed, or the other side's certificate was not believed.
  if (error.name === 'CredentialsProviderError' || /is not installed|region is missing/i.test(error.message)) return 'refused'
  if (code !== undefined && /^(CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_VERIFY)/.test(code)) return 'refused'
  return 'unknown'
}
