/** What serves the platform's events for the DynamoDB adapter, in the platform's own process or in a worker. */

import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import {
  createDynamoDBServerless,
  createLambdaHandler,
  createManagementGateway,
  type DynamoDBServerlessOptions,
} from '../../adapters/dynamodb-serverless/index.ts'
import { createApplication, interfaceOf } from '../../adapters/runtime/index.ts'
import type { Address, Gateway, Serverless } from '../../adapters/serverless/index.ts'
import type { Probe } from '../../spec/system.ts'
import { endpointOf, fitSdkClient, type Handle, lambdaAnswer, type SteppedClock } from '../gateway/index.ts'
import { context, within } from '../serverless/context.ts'
import { InvocationRequests } from '../serverless/requests.ts'
import { eagerRetries, guardClient, watchStores } from '../serverless/sdk-requests.ts'

/** Where everything is; JSON, so that workers can be told. */
export interface HostSettings {
  /** The engine's address. */
  readonly engine: string
  readonly table: string
  /** What the management interfaces of the platform's APIs are below. */
  readonly base: string
}

/** What a host is made from. */
export interface HostOptions {
  readonly probe: Probe
  readonly clock: SteppedClock
  readonly settings: HostSettings
  defer(channelId: string): Promise<void>
  /** A partition of the table is about to be written to, or (`done`) has been. */
  written(pk: string, done: boolean): void
}

/** A host that is ready. */
export interface DynamoDBHost {
  /** What the application's channels are served at. */
  readonly routes: readonly string[]
  readonly requests: InvocationRequests
  /** Serves one event by a handler that has seen nothing before. */
  readonly handle: Handle
  /** Handlers for what no event asks for. */
  readonly outside: Serverless
  end(): void
}

/** More than the faults of one program come to, one after another. */
const attempts = 50

// The SDK would say so on standard error in each process of every run.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

/** What clients are made with; engines for tests ask for credentials, and take any. */
const account = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'conformance', secretAccessKey: 'conformance' },
  // A logger without methods: for the default one, which drops all it is told, every request is described in full.
  logger: {} as NonNullable<DynamoDBClientConfig['logger']>,
}

/** Engines for tests look at the form of a signature alone, the emulated gateway at none; a true one costs as much as all the rest of a request. */
const signer: DynamoDBClientConfig['signer'] = {
  async sign(request: HttpRequest) {
    const scope = `${account.credentials.accessKeyId}/20200101/${account.region}/dynamodb/aws4_request`
    request.headers.authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`
    request.headers['x-amz-date'] = '20200101T000000Z'
    return request
  },
} as NonNullable<DynamoDBClientConfig['signer']>

/** A request as it is signed. */
interface HttpRequest {
  headers: Record<string, string>
}

/** A client of the engine whose repetitions do not wait. */
export function clientOf(endpoint: string): DynamoDBClient {
  const retryStrategy = eagerRetries(attempts)
  return new DynamoDBClient({ ...account, endpoint, signer, maxAttempts: attempts, retryStrategy, cacheMiddleware: true })
}

/** Wires the application and connects it. */
export function hostDynamoDB({ probe, clock, settings, defer, written }: HostOptions): DynamoDBHost {
  const { engine, table, base } = settings
  const requests = new InvocationRequests()
  const dynamodb = clientOf(engine)
  watchStores(dynamodb, requests, written)
  const application = createApplication()
  probe.wire(interfaceOf(application))
  const { singletonServices, createSessionServices } = probe
  const options: DynamoDBServerlessOptions = {
    application,
    singletonServices,
    createSessionServices: (singletons, event) => createSessionServices(singletons, event),
    ...{ table, clock, dynamodb },
    gateway: gatewayOf(requests),
    defer: (channelId) => requests.other('defer', () => defer(channelId)),
  }
  return {
    routes: [...application.channels()].map(({ route }) => route),
    requests,
    handle: (invocation, guard) =>
      requests.run(invocation, guard, async () => {
        const handler = createLambdaHandler({
          ...options,
          route: () => invocation.route ?? '',
          endpoint: ({ apiId }) => endpointOf(apiId, base),
        })
        return lambdaAnswer(await handler(invocation.payload))
      }),
    outside: createDynamoDBServerless(options),
    end: () => dynamodb.destroy(),
  }
}

/** The adapter's own gateway, whose requests end with their invocation and name the channel they are meant for. */
function gatewayOf(requests: InvocationRequests): Gateway {
  const gateway = createManagementGateway({
    // The management interface answers always, and may take its time for a thousand posts at once: in one process it has
    // no more than a turn of the loop now and then.
    client: { ...account, signer, requestHandler: { httpAgent: { maxSockets: 1_000 } } },
    prepare: (client) => {
      fitSdkClient(client, () => ({ invocation: requests.invocation, channelId: context().meantFor }))
      guardClient(client, requests)
    },
  })
  return {
    post: (address: Address, text) => within({ meantFor: address.channelId }, () => gateway.post(address, text)),
    close: (address: Address) => within({ meantFor: address.channelId }, () => gateway.close(address)),
  }
}
