/** Tests: a DynamoDB engine in this process, and clients of it that count, fail and lose answers on demand. */

import { once } from 'node:events'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'

const dynalite = createRequire(import.meta.url)('dynalite') as (options: object) => Server

/** An engine. */
export interface Engine {
  readonly endpoint: string
  stop(): Promise<void>
}

/** Starts an empty engine, or takes the one that `DYNAMODB_ENDPOINT` names. */
export async function startEngine(): Promise<Engine> {
  const given = process.env.DYNAMODB_ENDPOINT
  if (given !== undefined && given !== '') return { endpoint: given, stop: async () => {} }
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  }
}

/** A request as it is sent to the engine: an operation's name and its input. */
export interface Sent {
  readonly operation: string
  // biome-ignore lint/suspicious/noExplicitAny: inputs of all operations; tests know which they look at
  readonly input: any
}

/** What becomes of one request instead: an error before it is sent, its answer lost after, or another answer. */
export type Fault = (sent: Sent) => 'throttled' | 'answer lost' | 'partial' | undefined

/** A client that tells what it sends. */
export interface WatchedClient {
  readonly client: DynamoDBClient
  /** Everything sent since `sent.length` was last set to 0, repetitions by the SDK included. */
  readonly sent: Sent[]
  fault: Fault | undefined
}

/** Opens a client of an engine. Its repetitions do not wait. */
export function watchedClient(endpoint: string): WatchedClient {
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 10,
    retryStrategy: {
      acquireInitialRetryToken: async () => retryToken(0),
      async refreshRetryTokenForRetry(token, { errorType }) {
        if (!['THROTTLING', 'TRANSIENT'].includes(errorType) || token.getRetryCount() >= 9) throw new Error('no more')
        return retryToken(token.getRetryCount() + 1)
      },
      recordSuccess() {},
    },
  })
  const watched: WatchedClient = { client, sent: [], fault: undefined }
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const sent: Sent = { operation: String(context.commandName).replace('Command', ''), input: structuredClone(args.input) }
      watched.sent.push(sent)
      const fault = watched.fault?.(sent)
      if (fault === 'throttled') throw failure('ThrottlingException', 400)
      if (fault === 'partial') {
        const [[table, writes]] = Object.entries(sent.input.RequestItems) as [[string, unknown[]]]
        const half = Math.ceil(writes.length / 2)
        args.request = await partly(args.request, table, half)
        const answer = await next(args)
        Object.assign(answer.output as object, { UnprocessedItems: { [table]: writes.slice(half) } })
        return answer
      }
      const answer = await next(args)
      if (fault === 'answer lost') throw failure('TimeoutError')
      return answer
    },
    // Below the SDK's own repetitions, above its signature.
    { step: 'finalizeRequest', priority: 'low', name: 'watch' },
  )
  return watched
}

const retryToken = (count: number) => ({ getRetryCount: () => count, getRetryDelay: () => 0 })

const failure = (name: string, status?: number): Error =>
  Object.assign(new Error(`injected ${name}`), { name, $metadata: { httpStatusCode: status }, $fault: 'client' })

/** The same request for the first items of its batch only. */
async function partly(request: unknown, table: string, count: number): Promise<unknown> {
  const copy = request as { body: Uint8Array | string; headers: Record<string, string> }
  const body = JSON.parse(typeof copy.body === 'string' ? copy.body : new TextDecoder().decode(copy.body)) as {
    RequestItems: Record<string, unknown[]>
  }
  body.RequestItems[table] = body.RequestItems[table]!.slice(0, count)
  copy.body = JSON.stringify(body)
  copy.headers['content-length'] = String(Buffer.byteLength(copy.body))
  return copy
}

/** Every item of a table: for tests alone, since it scans. */
export async function everything(client: DynamoDBClient, table: string): Promise<Record<string, AttributeValue>[]> {
  const items: Record<string, AttributeValue>[] = []
  let from: Record<string, AttributeValue> | undefined
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from }))
    items.push(...(page.Items ?? []))
    from = page.LastEvaluatedKey
  } while (from !== undefined)
  return items
}
