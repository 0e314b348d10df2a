import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { deferToFunction } from './defer.ts'
import { parseEvent } from './events.ts'

test('deferring is an asynchronous invocation, durable once AWS has accepted it', async () => {
  const seen: { url: string; type: unknown; body: string }[] = []
  let status = 202
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      seen.push({ url: request.url ?? '', type: request.headers['x-amz-invocation-type'], body })
      response.writeHead(status, { 'content-type': 'application/json' }).end(status === 202 ? '' : '{"Message":"no"}')
      status = 202
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const account = { region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
  const defer = deferToFunction({ functionName: 'my-channels', client: new LambdaClient({ endpoint, ...account }) })
  try {
    await defer('api/prod/é=')
    expect(seen).toEqual([
      { url: '/2015-03-31/functions/my-channels/invocations', type: 'Event', body: '{"deliver":"api/prod/é="}' },
    ])
    expect(parseEvent(JSON.parse(seen[0]!.body), { route: '/' })).toEqual({ kind: 'deliver', channelId: 'api/prod/é=' })
    // A refusal is the caller's to know: it has not become durable. Faults of the service are repeated by the SDK.
    status = 403
    await expect(defer('x')).rejects.toThrow()
    status = 500
    await defer('x')
    expect(seen).toHaveLength(4)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
