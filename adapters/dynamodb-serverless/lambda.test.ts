import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApplication } from '../runtime/index.ts'
import { createDynamoDBServerless } from './dynamodb-serverless.ts'
import { createLambdaHandler } from './lambda.ts'
import { OptionsError } from './options.ts'
import { Cloud } from './testing/cloud.ts'
import { type Engine, everything, startEngine } from './testing/dynalite.ts'
import { connectEvent, messageEvent } from './testing/proxy-events.ts'

let engine: Engine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

const ok = { statusCode: 200 }

test('a connection lives over invocations that share nothing but the table', async () => {
  const cloud = await Cloud.open(engine.endpoint)
  expect(await cloud.connect('a', { hello: 'é' })).toBe(200)
  expect(await cloud.connect('b')).toBe(200)
  expect(cloud.deferred).toEqual([cloud.channelId('a')])
  await cloud.deliver()
  expect(await cloud.message('a', { action: 'join', topics: ['t', ''] })).toEqual(ok)
  expect(await cloud.message('b', { action: 'join', topics: ['t'] })).toEqual(ok)
  expect(await cloud.message('a', { action: 'session', value: { n: 1 } })).toEqual(ok)
  expect(await cloud.message('b', { action: 'say', topic: 't', text: 'x' })).toEqual(ok)
  expect(
    cloud.posts
      .filter(({ text }) => text === '{"text":"x"}')
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['a', 'b'])
  expect(cloud.posts[0]).toEqual({ id: 'a', text: '{"hello":"é"}' })
  expect(await cloud.disconnect('a')).toEqual(ok)
  expect(await cloud.disconnect('a')).toEqual(ok)
  expect(cloud.ended).toEqual([[cloud.channelId('a'), { n: 1 }]])
  await cloud.message('b', { action: 'close' })
  expect(cloud.ended).toHaveLength(2)
  expect((await everything(cloud.stores.client, cloud.stores.table)).map(({ state }) => state?.S)).toEqual(['closed', 'closed'])
})

test("the connect's answer is the handshake's status, with the sub-protocol selected and no body", async () => {
  const cloud = await Cloud.open(engine.endpoint)
  expect(await cloud.connect('a', { refuse: 'yes' })).toBe(500)
  const offered = { multiValueHeaders: { 'Sec-WebSocket-Protocol': ['one, two'] } }
  expect(await cloud.invoke(connectEvent({ connectionId: 'b', connectedAt: cloud.time }, offered))).toEqual({
    statusCode: 200,
    headers: { 'Sec-WebSocket-Protocol': 'one' },
  })
})

test('a message is answered with 200 and no body whatever became of it (STATELESS-14)', async () => {
  const cloud = await Cloud.open(engine.endpoint)
  expect(await cloud.message('nobody', { action: 'nothing' })).toEqual(ok)
  await cloud.connect('a')
  expect(await cloud.message('a', { action: 'fail' })).toEqual(ok)
  expect(await cloud.invoke(messageEvent('no json', { connectionId: 'a', connectedAt: cloud.time }))).toEqual(ok)
  cloud.stores.client.config.endpoint = undefined as never
  const broken = createLambdaHandler({
    application: createApplication(),
    singletonServices: { logger: { debug() {}, info() {}, warn() {}, error: (line: string) => cloud.logged.push(line) } },
    table: 'no-such-table',
    route: '/chat',
    dynamodb: cloud.stores.client,
    functionName: 'f',
  })
  expect(await broken(messageEvent('{}'))).toEqual(ok)
  expect(cloud.logged).toContain('message failed')
  expect(await broken(connectEvent())).toEqual({ statusCode: 404 })
})

test('a disconnect, delivery or sweep that a store fails is an error of the function', async () => {
  const cloud = await Cloud.open(engine.endpoint)
  await cloud.connect('a', { hello: 'x' })
  cloud.stores.fault = () => 'throttled'
  await expect(cloud.disconnect('a')).rejects.toThrow('ThrottlingException')
  await expect(cloud.deliver()).rejects.toThrow('ThrottlingException')
  await expect(cloud.invoke({ sweep: true })).rejects.toThrow('ThrottlingException')
  expect(await cloud.message('a', { action: 'nothing' })).toEqual(ok)
  expect(await cloud.connect('b')).toBe(500)
})

test('a channel whose disconnect never came is removed by a sweep, with onDisconnect once (STATELESS-09)', async () => {
  const cloud = await Cloud.open(engine.endpoint)
  await cloud.connect('a')
  await cloud.message('a', { action: 'join', topics: ['t'] })
  await cloud.invoke({ sweep: true })
  expect(cloud.ended).toEqual([])
  cloud.time += 3 * 3_600_000
  await cloud.invoke({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} })
  await cloud.invoke({ sweep: true })
  expect(cloud.ended).toEqual([[cloud.channelId('a'), undefined]])
  const left = await everything(cloud.stores.client, cloud.stores.table)
  expect(left.map(({ pk, state }) => [pk?.S?.[0], state?.S]).toSorted()).toEqual([
    ['C', 'closed'],
    ['X', undefined],
  ])
})

test('an event of an unknown shape is refused in words', async () => {
  const cloud = await Cloud.open(engine.endpoint)
  await expect(cloud.invoke({ Records: [] })).rejects.toThrow('an event of an unknown shape')
})

test.each([
  [undefined, 'options: expected an object with table and route, not undefined'],
  ['t', 'options: expected an object with table and route, not "t"'],
  [{}, 'table: expected the name of a table that createTable or the template has made, not undefined'],
  [{ route: '/', table: '' }, 'table: expected the name of a table that createTable or the template has made, not ""'],
  [{ route: '/', table: 7 }, 'table: expected the name of a table that createTable or the template has made, not 7'],
  [
    { table: 't' },
    'route: expected the route that is served, such as "/chat", or a function that gives it for the context of an event, not undefined',
  ],
  [{ table: 't', route: 'chat' }, /^route: expected .*, not "chat"$/],
  [{ table: 't', route: { a: '/a' } }, /^route: expected .*, not an object with a$/],
  [{ table: 't', route: '/', endpoint: 3 }, /^endpoint: expected an address, or a function .*, not 3$/],
  [{ table: 't', route: '/', application: {} }, 'application: expected what createApplication gives, not an object with nothing'],
  [{ table: 't', route: '/', dynamodb: { region: 'x' } }, 'dynamodb: expected a DynamoDBClient, not an object with region'],
  [{ table: 't', route: '/', defer: null }, 'defer: expected a function of a channel id, not null'],
])('options %j: refused in words when the handler is made', (options, message) => {
  const made = (): unknown => createLambdaHandler(options as never)
  expect(made).toThrow(OptionsError)
  expect(made).toThrow(message)
})

test('handlers without events need no route, but a table', () => {
  expect(() => createDynamoDBServerless(undefined as never)).toThrow('options: expected an object with table, not undefined')
  expect(() => createDynamoDBServerless({ application: createApplication(), table: 't' })).not.toThrow()
})

test('a function that gives no route for an API: which API', async () => {
  const handler = createLambdaHandler({
    application: createApplication(),
    table: 't',
    route: (() => undefined) as never,
    functionName: 'f',
  })
  await expect(handler(connectEvent())).rejects.toThrow(
    'route: expected the function to give a route such as "/chat" for the API "abcdef1234", not undefined',
  )
})

test('a connect to a route that nobody wired is answered with 404, and the log says which are wired', async () => {
  const cloud = await Cloud.open(engine.endpoint)
  const logged: unknown[] = []
  const ignore = (): void => {}
  const application = createApplication()
  for (const name of ['a', 'b']) application.wireChannel({ name, route: `/${name}`, auth: false })
  const handler = createLambdaHandler({
    application,
    singletonServices: {
      logger: { debug: ignore, info: ignore, error: ignore, warn: (...line: unknown[]) => void logged.push(line) },
    },
    table: 't',
    route: '/chat',
    dynamodb: cloud.stores.client,
    functionName: 'f',
  })
  expect(await handler(connectEvent())).toEqual({ statusCode: 404 })
  expect(logged).toEqual([
    [
      'channel: a connect was refused: no channel is wired to its route',
      { route: '/chat', wired: ['/a', '/b'], channelId: 'abcdef1234/prod/L0SM9cOFvHcCIhw=' },
    ],
  ])
})

test('a route with a parameter, and an impossible number of shards, are refused when the handler is made', () => {
  const application = createApplication()
  application.wireChannel({ name: 'x', route: '/x/:id' })
  expect(() => createLambdaHandler({ application, table: 't', route: '/x' })).toThrow('forwards no path')
  expect(() => createLambdaHandler({ application: createApplication(), table: 't', route: '/', shards: 0 })).toThrow('shards')
})
