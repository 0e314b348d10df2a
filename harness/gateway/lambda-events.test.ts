import { expect, it } from 'vitest'
import type { ProxyEvent } from './lambda-events.ts'
import { FakeClient, World } from './testing/world.ts'

it('events have the shape of the platform', async () => {
  const world = new World()
  const client = new FakeClient()
  const headers = [
    ['Host', 'h'],
    ['User-Agent', 'u'],
    ['X', '1'],
    ['X', '2'],
  ] as const
  await world.platform.connect({ route: '/a', query: 'a=1&a=%C3%A9+&__proto__=p', headers, client })
  world.platform.receive(client, '{}')
  world.platform.left(client, 1001, 'Going away')
  const [connect, message, disconnect] = world.given.map(({ payload }) => payload as ProxyEvent)
  const common = {
    messageDirection: 'IN',
    requestTime: '13/Sep/2020:12:26:40 +0000',
    requestTimeEpoch: world.now,
    connectedAt: world.now,
    stage: 'test',
    apiId: expect.stringMatching(/^[a-z0-9]{10}$/),
    connectionId: expect.stringMatching(/^[\w-]{15}=$/),
    domainName: expect.stringMatching(/^[a-z0-9]{10}\.execute-api\.test$/),
    identity: { sourceIp: '192.0.2.1' },
    requestId: expect.any(String),
    extendedRequestId: expect.any(String),
  }
  expect(connect).toMatchObject({
    headers: { Host: 'h', 'User-Agent': 'u', X: '2', 'X-Forwarded-Proto': 'https' },
    multiValueHeaders: { Host: ['h'], X: ['1', '2'] },
    requestContext: {
      ...common,
      routeKey: '$connect',
      eventType: 'CONNECT',
      identity: { sourceIp: '192.0.2.1', userAgent: 'u' },
    },
    isBase64Encoded: false,
  })
  expect(Object.entries(connect?.queryStringParameters ?? {})).toEqual([
    ['a', 'é '],
    ['__proto__', 'p'],
  ])
  expect(Object.entries(connect?.multiValueQueryStringParameters ?? {})).toEqual([
    ['a', ['1', 'é ']],
    ['__proto__', ['p']],
  ])
  expect(JSON.parse(JSON.stringify(connect))).toEqual(connect)
  const messageId = message?.requestContext.messageId
  expect(messageId).toEqual(expect.any(String))
  expect(message).toEqual({
    requestContext: { ...common, routeKey: '$default', eventType: 'MESSAGE', messageId },
    body: '{}',
    isBase64Encoded: false,
  })
  expect(disconnect).toMatchObject({
    requestContext: {
      ...common,
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      disconnectStatusCode: 1001,
      disconnectReason: 'Going away',
    },
    headers: { 'x-restapi': '' },
    isBase64Encoded: false,
  })
})

it('a connection without a query has no query fields', async () => {
  const world = new World()
  await world.platform.connect({ route: '/a', query: '', client: new FakeClient() })
  expect(world.given[0]?.payload).not.toHaveProperty('queryStringParameters')
  expect(world.given[0]?.payload).not.toHaveProperty('multiValueQueryStringParameters')
})
