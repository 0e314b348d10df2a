/**
 * Requests that an SDK's client makes for invocations: counted by kind, ended where their invocation is to end, and made
 * to fail below the client's own repetitions, as a network and a service make them.
 */
import { slow, turns } from '../gateway/latency.ts'
import type { SdkClient } from '../gateway/sdk-client.ts'
import type { InvocationRequests } from './requests.ts'

/** What a middleware is given, as far as it is looked at. */
interface Arguments {
  // biome-ignore lint/suspicious/noExplicitAny: inputs of all operations
  input: any
  request?: unknown
}
interface Result {
  output: unknown
  response?: unknown
}
type Next = (given: Arguments) => Promise<Result>
type Middleware = (next: Next, context: { commandName?: string }) => (given: Arguments) => Promise<Result>

type BatchWrites = Record<string, unknown[]>

const add = (client: SdkClient, middleware: Middleware, options: object): void =>
  client.middlewareStack.add(middleware as never, options as never)

/** Has a client of any service end invocations where they are to end: one request is one call of `send`. */
export function guardClient(client: SdkClient, requests: InvocationRequests): void {
  const guarding: Middleware = (next, context) => (given) => requests.other(context.commandName ?? 'request', () => next(given))
  add(client, guarding, { step: 'initialize', name: 'guard' })
}

/**
 * Has a client of DynamoDB count and fail as well.
 * @param written called with the partition key of everything that is about to be written, and again once it is done
 */
export function watchStores(client: SdkClient, requests: InvocationRequests, written: (pk: string, done: boolean) => void): void {
  guardClient(client, requests)
  const writing = async (keys: string[], make: () => Promise<Result>): Promise<Result> => {
    for (const pk of keys) written(pk, false)
    try {
      return await make()
    } finally {
      for (const pk of keys) written(pk, true)
    }
  }
  const counting: Middleware = (next, context) => (given) => {
    const { input } = given
    switch (context.commandName) {
      case 'GetItemCommand':
        requests.count('get')
        break
      case 'QueryCommand':
        requests.count('query')
        break
      case 'PutItemCommand':
      case 'UpdateItemCommand':
      case 'DeleteItemCommand':
        requests.count('write')
        return writing([(input.Item ?? input.Key).pk.S], () => next(given))
      case 'BatchWriteItemCommand': {
        const writes = Object.values(input.RequestItems as BatchWrites).flat() as BatchWrite[]
        requests.count('write', writes.length)
        const keys = writes.map(({ PutRequest, DeleteRequest }) => (PutRequest?.Item ?? DeleteRequest!.Key).pk.S)
        return writing(keys, () => next(given))
      }
      default:
        // Whatever else it is, it reads what it was not asked for.
        requests.count('scan')
    }
    return next(given)
  }
  add(client, counting, { step: 'initialize', name: 'count' })
  const failing: Middleware = (next, context) => async (given) => {
    const batch = context.commandName === 'BatchWriteItemCommand'
    switch (await requests.nextFault(batch)) {
      case undefined:
        return next(given)
      case 'slow':
        await turns(slow)
        return next(given)
      case 'throttled':
        throw failure('ThrottlingException', 400)
      case 'answer lost':
        await next(given)
        throw failure('TimeoutError')
      case 'partial':
        return answeredInPart(next, given)
    }
  }
  // Below the client's repetitions, above its signature.
  add(client, failing, { step: 'finalizeRequest', priority: 'low', name: 'fail' })
}

interface BatchWrite {
  PutRequest?: { Item: { pk: { S: string } } }
  DeleteRequest?: { Key: { pk: { S: string } } }
}

const failure = (name: string, status?: number): Error =>
  Object.assign(new Error(`injected ${name}`), { name, $metadata: { httpStatusCode: status }, $fault: 'client' })

/** Carries out the first half of a batch and answers as DynamoDB does that had no capacity for the rest. */
async function answeredInPart(next: Next, given: Arguments): Promise<Result> {
  const [[table, writes] = ['', []]] = Object.entries(given.input.RequestItems as BatchWrites)
  const half = Math.floor(writes.length / 2)
  // Of a batch of which nothing was done it says so by an error.
  if (half === 0) throw failure('ProvisionedThroughputExceededException', 400)
  const request = given.request as { body: Uint8Array | string; headers: Record<string, string> }
  const body = JSON.parse(typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body)) as {
    RequestItems: BatchWrites
  }
  body.RequestItems[table] = body.RequestItems[table]?.slice(0, half) ?? []
  request.body = JSON.stringify(body)
  request.headers['content-length'] = String(Buffer.byteLength(request.body))
  const result = await next(given)
  Object.assign(result.output as object, { UnprocessedItems: { [table]: writes.slice(half) } })
  return result
}

/** Repetitions without pauses: so many attempts, for what a client of the SDK repeats. */
export const eagerRetries = (attempts: number) => {
  const token = (count: number) => ({ getRetryCount: () => count, getRetryDelay: () => 0 })
  return {
    acquireInitialRetryToken: async () => token(0),
    async refreshRetryTokenForRetry(last: { getRetryCount(): number }, { errorType }: { errorType: string }) {
      if (!['THROTTLING', 'TRANSIENT'].includes(errorType) || last.getRetryCount() + 1 >= attempts) throw new Error('given up')
      return token(last.getRetryCount() + 1)
    },
    recordSuccess() {},
  }
}
