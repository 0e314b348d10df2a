import fc from 'fast-check'
import { expect, test } from 'vitest'
import { channelIdOf, connectionIdOf } from './addresses.ts'
import { EventShapeError, parseEvent } from './events.ts'
import { connectEvent, disconnectEvent, messageEvent, sampleAddress } from './testing/proxy-events.ts'

const settings = { route: '/chat' }

test('the events of a WebSocket API are told apart', () => {
  expect(parseEvent(connectEvent(), settings)).toEqual({
    kind: 'connect',
    event: { ...sampleAddress, route: '/chat', query: {}, connectedAt: 4_100_000_000_000 },
  })
  expect(parseEvent(messageEvent('{"a":1}'), settings)).toEqual({ kind: 'message', event: { ...sampleAddress, body: '{"a":1}' } })
  expect(parseEvent(disconnectEvent(), settings)).toEqual({ kind: 'disconnect', event: sampleAddress })
})

test("the function's own events and the schedule's are told apart", () => {
  expect(parseEvent({ deliver: 'a/b/c' }, settings)).toEqual({ kind: 'deliver', channelId: 'a/b/c' })
  expect(parseEvent({ deliver: '' }, settings)).toEqual({ kind: 'deliver', channelId: '' })
  expect(parseEvent({ sweep: true }, settings)).toEqual({ kind: 'sweep' })
  for (const source of ['aws.events', 'aws.scheduler'])
    expect(
      parseEvent(
        { version: '0', id: 'x', 'detail-type': 'Scheduled Event', source, time: '2026-11-17T10:00:00Z', detail: {} },
        settings,
      ),
    ).toEqual({ kind: 'sweep' })
})

test('query fields that come once are texts, repeated ones lists, whatever their names', () => {
  const query = JSON.parse('{"a":["1"],"b":["1","2","1"],"__proto__":["x"],"":[""],"é":["ü&="]}') as object
  const last = JSON.parse('{"a":"1","b":"1","__proto__":"x","":"","é":"ü&="}') as object
  const parsed = parseEvent(connectEvent({}, { queryStringParameters: last, multiValueQueryStringParameters: query }), settings)
  expect(JSON.stringify((parsed as { event: { query: object } }).event.query)).toBe(
    '{"a":"1","b":["1","2","1"],"__proto__":"x","":"","é":"ü&="}',
  )
  expect(parseEvent(connectEvent({}, { queryStringParameters: { a: '1' } }), settings)).toMatchObject({
    event: { query: { a: '1' } },
  })
  expect(
    parseEvent(connectEvent({}, { queryStringParameters: null, multiValueQueryStringParameters: null }), settings),
  ).toMatchObject({
    event: { query: {} },
  })
})

test('sub-protocols are those offered, in any of the header forms', () => {
  const offered = (headers: object) =>
    (parseEvent(connectEvent({}, headers), settings) as { event: { protocols?: string[] } }).event.protocols
  expect(offered({ multiValueHeaders: { 'sec-websocket-protocol': ['a, b', 'c'] } })).toEqual(['a', 'b', 'c'])
  expect(offered({ multiValueHeaders: undefined, headers: { 'Sec-WebSocket-Protocol': 'a ,b' } })).toEqual(['a', 'b'])
  expect(offered({ multiValueHeaders: { 'Sec-WebSocket-Protocol': [' , '] } })).toBeUndefined()
})

test('a body may be missing, or encoded', () => {
  expect(parseEvent({ ...messageEvent(''), body: null }, settings)).toMatchObject({ event: { body: '' } })
  expect(parseEvent({ ...messageEvent(Buffer.from('hé').toString('base64')), isBase64Encoded: true }, settings)).toMatchObject({
    event: { body: 'hé' },
  })
})

test('route and endpoint may depend on the API', () => {
  const parsed = parseEvent(connectEvent(), {
    route: ({ apiId }) => `/${apiId}`,
    endpoint: ({ stage, domainName }) => `http://127.0.0.1:1/${domainName.length}/${stage}`,
  })
  expect(parsed).toMatchObject({ event: { route: '/abcdef1234', endpoint: 'http://127.0.0.1:1/46/prod' } })
  expect(parseEvent(messageEvent(''), { route: '/', endpoint: 'https://ws.example/base' })).toMatchObject({
    event: { endpoint: 'https://ws.example/base' },
  })
})

test('connections of different APIs, stages and ids never share a channel', () => {
  const name = fc.string({ unit: fc.constantFrom('a', '/', '%', '2', 'F') })
  fc.assert(
    fc.property(fc.tuple(name, name, name), fc.tuple(name, name, name), (a, b) => {
      const [left, right] = [a, b].map(([apiId, stage, connectionId]) => channelIdOf({ apiId, stage, connectionId }))
      expect(left === right).toBe(a.join('|') === b.join('|'))
      expect(connectionIdOf(left!)).toBe(a[2])
    }),
  )
})

test('an event of an unknown shape: what was expected, what came, what to do', () => {
  const said = (event: unknown): string => {
    try {
      parseEvent(event, settings)
    } catch (error) {
      expect(error).toBeInstanceOf(EventShapeError)
      return (error as Error).message
    }
    return 'nothing'
  }
  for (const event of [
    undefined,
    null,
    'x',
    3,
    {},
    [],
    { sweep: 1 },
    { deliver: 3 },
    { source: 'aws.events' },
    { requestContext: null },
  ]) {
    expect(said(event)).toContain("expected a WebSocket API's proxy event")
    expect(said(event)).toContain('{ deliver: channelId }, { sweep: true }')
  }
  expect(said({ a: 1, b: 2 })).toContain('got an object with a, b: forward the whole event')
  expect(said({ httpMethod: 'GET', path: '/', requestContext: {} })).toContain('this one is of a REST or HTTP API')
  expect(said({ version: '2.0', requestContext: { http: { method: 'GET' } } })).toContain('this one is of a REST or HTTP API')
  for (const [type, told] of [
    ['PING', '"PING"'],
    ['connect', '"connect"'],
    [['CONNECT'], '["CONNECT"]'],
    [null, 'null'],
  ] as const)
    expect(said(connectEvent({ eventType: type }))).toBe(
      `an event whose requestContext.eventType is ${told}: expected one of CONNECT, MESSAGE, DISCONNECT, which are all that a WebSocket API sends: forward the whole event of a WebSocket API by a Lambda proxy integration (AWS_PROXY)`,
    )
  for (const field of ['apiId', 'stage', 'connectionId', 'domainName', 'connectedAt'])
    expect(said(connectEvent({ [field]: undefined }))).toContain(`the CONNECT event has no requestContext.${field}`)
  expect(said(connectEvent({ connectedAt: '17' }))).toContain('connectedAt, in milliseconds')
})
