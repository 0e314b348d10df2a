import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import { afterEach, describe, expect, it } from 'vitest'
import type { PostFault } from '../../spec/platform.ts'
import { ConnectionsApi } from './connections-api.ts'
import { fitSdkClient } from './sdk-client.ts'
import { World } from './testing/world.ts'

const apis: ConnectionsApi[] = []
afterEach(async () => {
  for (const api of apis.splice(0)) await api.stop()
})

async function serve(posts: (PostFault | null)[] = []) {
  const api = await ConnectionsApi.listen()
  apis.push(api)
  const world = new World(undefined, { base: api.base })
  expect((await fetch(`${api.base}/a/test/@connections/x`)).status).toBe(403)
  api.serve(world.platform.management)
  await world.platform.command({ do: 'faults', conn: 'c0', faults: { posts } })
  const { client, channelId } = await world.connect()
  const { endpoint, connectionId } = world.platform.addressOf(channelId)!
  return { world, client, channelId, endpoint, ConnectionId: connectionId, sdk: sdkFor(endpoint) }
}

function sdkFor(endpoint: string): ApiGatewayManagementApiClient {
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' }
  return new ApiGatewayManagementApiClient({ region: 'nowhere', endpoint, credentials, maxAttempts: 1 })
}

/** The outcome of a request as an SDK's user sees it. */
function seen(request: Promise<{ $metadata: { httpStatusCode?: number } }>): Promise<string> {
  return request.then(
    ({ $metadata }) => `${$metadata.httpStatusCode}`,
    (error: Error & { code?: string; $metadata?: { httpStatusCode?: number } }) =>
      error.code ?? `${error.$metadata?.httpStatusCode} ${error.name}`,
  )
}

describe("the SDK's client", () => {
  it('posts, looks connections up, and closes them', async () => {
    const { world, client, sdk, ConnectionId, channelId } = await serve()
    expect(await seen(sdk.send(new PostToConnectionCommand({ ConnectionId, Data: 'é\0' })))).toBe('200')
    const { ConnectedAt, LastActiveAt, Identity } = await sdk.send(new GetConnectionCommand({ ConnectionId }))
    expect([ConnectedAt?.getTime(), LastActiveAt?.getTime(), Identity?.SourceIp]).toEqual([world.now, world.now, '192.0.2.1'])
    expect(await seen(sdk.send(new DeleteConnectionCommand({ ConnectionId })))).toBe('204')
    expect(client.seen).toEqual(['open', 'é\0', 'close 1000'])
    for (const Command of [GetConnectionCommand, DeleteConnectionCommand]) {
      expect(await seen(sdk.send(new Command({ ConnectionId })))).toBe('410 GoneException')
    }
    expect(world.trace.flatMap((event) => (event.kind === 'posted' ? [event.status] : []))).toEqual([200, 204, 410])
    expect(world.trace.find((event) => event.kind === 'post')).toMatchObject({ channelId, data: { text: 'é\0' } })
  })

  it('gets the errors of the platform, by name', async () => {
    const faults: PostFault[] = ['gone', 'gone late', 'throttled', 'too large', 'forbidden', 'failed', 'failed late']
    const { client, sdk, ConnectionId, endpoint } = await serve([...faults, null, null])
    const answers: string[] = []
    for (const fault of faults) answers.push(await seen(sdk.send(new PostToConnectionCommand({ ConnectionId, Data: fault }))))
    expect(answers).toEqual([
      '410 GoneException',
      '410 GoneException',
      '429 LimitExceededException',
      '413 PayloadTooLargeException',
      '403 ForbiddenException',
      '500 InternalServerErrorException',
      '500 InternalServerErrorException',
    ])
    expect(client.seen).toEqual(['open', 'gone late', 'failed late'])
    const large = new PostToConnectionCommand({ ConnectionId, Data: 'x'.repeat(128 * 1024 + 1) })
    expect(await seen(sdk.send(large))).toBe('413 PayloadTooLargeException')
    const elsewhere = sdkFor(endpoint.replace('/test', '/other'))
    expect(await seen(elsewhere.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' })))).toBe('403 ForbiddenException')
  })

  it('finds its connection broken where it is refused, or refused if it is fitted for that', async () => {
    const { client, sdk, ConnectionId, world } = await serve(['refused', 'refused', 'refused'])
    const post = () => seen(sdk.send(new PostToConnectionCommand({ ConnectionId, Data: 'x'.repeat(100_000) })))
    expect(await post()).toMatch(/^(ECONNRESET|EPIPE)$/)
    fitSdkClient(sdk, () => 5)
    expect(await post()).toBe('ECONNREFUSED')
    expect(await seen(sdk.send(new DeleteConnectionCommand({ ConnectionId })))).toBe('ECONNREFUSED')
    expect(await post()).toBe('200')
    expect(client.seen).toHaveLength(2)
    const posts = world.trace.flatMap((event) => (event.kind === 'post' ? [event] : []))
    expect(posts.map(({ invocation }) => invocation)).toEqual([undefined, 5, 5, 5])
    expect(posts.map(({ data }) => data && 'text' in data && data.text.length)).toEqual([0, 100_000, undefined, 100_000])
  })
})

it('requests tell of their invocation, and of the channel they are meant for, as the client says', async () => {
  const { sdk, world, ConnectionId } = await serve()
  let told: Parameters<typeof fitSdkClient>[1] = () => ({ invocation: 3, channelId: 'a/é/\ud83d\ude00' })
  fitSdkClient(sdk, () => told?.())
  await sdk.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' }))
  told = () => ({})
  await sdk.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' }))
  const posts = world.trace.flatMap((event) => (event.kind === 'post' ? [event] : []))
  expect(posts[0]).toMatchObject({ invocation: 3, channelId: 'a/é/\ud83d\ude00' })
  expect(posts[1]?.channelId).toContain(ConnectionId)
  expect(posts[1]).not.toHaveProperty('invocation')
})

it('never ends a connection that a client may be about to use again', async () => {
  const { endpoint } = await serve()
  const { headers } = await fetch(`${endpoint}/@connections/x`)
  expect([headers.get('connection'), headers.get('keep-alive')]).toEqual(['keep-alive', null])
})

it('what is no request for a connection is forbidden', async () => {
  const { endpoint, ConnectionId } = await serve()
  for (const [path, method] of [
    ['', 'GET'],
    ['/@connections/', 'POST'],
    ['/@connections/%zz', 'POST'],
    ['/elsewhere/x', 'POST'],
    [`/@connections/${encodeURIComponent(ConnectionId)}`, 'PUT'],
  ] as const) {
    expect((await fetch(`${endpoint}${path}`, { method })).status).toBe(403)
  }
})
