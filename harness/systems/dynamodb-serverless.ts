/** The dynamodb-serverless adapter as a system under test: a DynamoDB engine behind it, the emulated gateway before it. */

import { randomUUID } from 'node:crypto'
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  capabilities,
  channelIdOf,
  createDynamoDBServerless,
  createLambdaHandler,
  createManagementGateway,
  createTable,
} from '../../adapters/dynamodb-serverless/index.ts'
import { createApplication, interfaceOf } from '../../adapters/runtime/index.ts'
import type { System } from '../../spec/system.ts'
import { type Engine, engineName } from '../engines/engine.ts'
import { openEngine } from '../engines/open.ts'
import {
  ConnectionsApi,
  endpointOf,
  Front,
  fitSdkClient,
  inProcess,
  lambdaAnswer,
  Platform,
  SteppedClock,
} from '../gateway/index.ts'
import { InvocationRequests } from '../serverless/requests.ts'
import { eagerRetries, guardClient, watchStores } from '../serverless/sdk-requests.ts'
import { TableResidue } from './dynamodb-residue.ts'

/** One for all starts of this process; it ends with the process. */
let engine: Promise<Engine> | undefined

// Said on standard error at the first client, for each process of every run.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

/** More than the faults of one program come to, one after another. */
const attempts = 50

/** The Lambda handler over API Gateway and DynamoDB; every invocation is served by a handler that has seen nothing before. */
export const dynamodbServerless: System = {
  name: 'dynamodb-serverless',
  capabilities,
  async start(probe, { host, port, relay, beforeListen }) {
    engine ??= openEngine()
    const opened = await engine.catch((error: unknown) => {
      engine = undefined
      throw error
    })
    const table = `channels-${randomUUID()}`
    const clock = new SteppedClock()
    const requests = new InvocationRequests()
    const settings = { region: 'us-east-1', credentials: { accessKeyId: 'conformance', secretAccessKey: 'conformance' } }
    const dynamodb = (): DynamoDBClient =>
      new DynamoDBClient({ ...settings, endpoint: opened.endpoint, maxAttempts: attempts, retryStrategy: eagerRetries(attempts) })
    const watched = dynamodb()
    const unwatched = dynamodb()
    await createTable(unwatched, table)
    const residue = new TableResidue(unwatched, table)
    watchStores(watched, requests, (pk) => residue.written(pk))
    const api = await ConnectionsApi.listen(host)

    const application = () => {
      const made = createApplication()
      probe.wire(interfaceOf(made))
      return made
    }
    const routes = [...application().channels()].map(({ route }) => route)
    const options = () => ({
      application: application(),
      singletonServices: probe.singletonServices,
      createSessionServices: (singletons: object, event: Parameters<typeof probe.createSessionServices>[1]) =>
        probe.createSessionServices(singletons, event),
      ...{ table, clock, gateway },
      dynamodb: watched,
      defer: (channelId: string) => requests.other('defer', () => void platform.defer(channelId)),
    })
    const gateway = createManagementGateway({
      client: settings,
      prepare: (client) => {
        fitSdkClient(client, () => requests.invocation)
        guardClient(client, requests)
      },
    })
    const platform: Platform = new Platform({
      routes,
      invoker: inProcess((invocation, guard) =>
        requests.run(invocation, guard, async () => {
          const handler = createLambdaHandler({
            ...options(),
            route: () => invocation.route ?? '',
            endpoint: ({ apiId }) => endpointOf(apiId, api.base),
          })
          return lambdaAnswer(await handler(invocation.payload))
        }),
      ),
      channelIdOf,
      note: relay?.note ?? (() => {}),
      clock,
      base: api.base,
      stores: (fault, times) => requests.fail(fault, times),
    })
    api.serve(platform.management)
    const outside = createDynamoDBServerless(options())
    await beforeListen?.(outside.eventHub)
    const front = await Front.listen(platform, host, port)
    let left: ReturnType<TableResidue['read']> | undefined
    return {
      url: front.url,
      hub: outside.eventHub,
      engine: engineName(opened),
      idle: async () => {
        await outside.settle()
        await front.idle()
      },
      platform: (command) => platform.command(command),
      residue: () => left ?? residue.read(),
      stop: async () => {
        await front.stop()
        await platform.idle()
        clock.stop()
        await api.stop()
        // What is left can still be asked for, and no table stays in an engine that is somebody's.
        left = residue.read()
        await left
        await unwatched.send(new DeleteTableCommand({ TableName: table }))
        watched.destroy()
        unwatched.destroy()
      },
    }
  },
}

export default dynamodbServerless
