import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createChannelStore } from './channel-store.ts'
import { checkTable, createTable } from './table.ts'
import { type Engine, startEngine, watchedClient } from './testing/dynalite.ts'

let engine: Engine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

/** Names nobody has: an engine may be shared. */
const [made, other, numbers] = ['made', 'other', 'numbers'].map((name) => `${name}-${randomUUID()}`) as [string, string, string]
const clock = { now: () => 0, wait: async () => {} }
/** What the check and a store's own request say. */
const told = async (client: DynamoDBClient, table: string): Promise<string[]> => {
  const store = createChannelStore({ client, table, clock })
  const attempts = [() => checkTable(client, table), () => store.find('c')]
  return Promise.all(
    attempts.map((attempt) =>
      attempt().then(
        () => 'fine',
        (error: Error) => `${error.name}: ${error.message}`,
      ),
    ),
  )
}

test('a table is made, billed by request; making it again changes nothing', async () => {
  const { client, sent } = watchedClient(engine.endpoint)
  await createTable(client, made)
  await createTable(client, made)
  const { Table } = await client.send(new DescribeTableCommand({ TableName: made }))
  expect(Table?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST')
  expect(
    sent.filter(({ operation }) => operation === 'UpdateTimeToLive').map(({ input }) => input.TimeToLiveSpecification),
  ).toEqual([
    { AttributeName: 'ttl', Enabled: true },
    { AttributeName: 'ttl', Enabled: true },
  ])
  expect(await told(client, made)).toEqual(['fine', 'fine'])
})

test('a table that is not there: how to make it', async () => {
  const { client } = watchedClient(engine.endpoint)
  await expect(checkTable(client, '')).rejects.toThrow('no table is named: give `table` the name of one')
  const line = `TableError: there is no table "none" at ${engine.endpoint}: make it with createTable(client, "none"), or name one that is there`
  expect(await told(client, 'none')).toEqual([line, line])
})

test('a table with other keys: which it has and which it needs', async () => {
  const { client } = watchedClient(engine.endpoint)
  const make = (TableName: string, hash: string, type: 'S' | 'N', range?: string) =>
    client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: hash, KeyType: 'HASH' },
          ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' as const }]),
        ],
        AttributeDefinitions: [
          { AttributeName: hash, AttributeType: type },
          ...(range === undefined ? [] : [{ AttributeName: range, AttributeType: 'S' as const }]),
        ],
      }),
    )
  await make(other, 'id', 'S')
  await make(numbers, 'pk', 'N', 'sk')
  const needs = 'it needs pk (HASH, S) and sk (RANGE, S); make another with createTable and give its name'
  const [checked, used] = await told(client, other)
  expect(checked).toBe(`TableError: the table "${other}" has the wrong keys: ${needs}; it has id (HASH, S)`)
  expect(used).toContain(`TableError: the table "${other}" has the wrong keys: ${needs}`)
  const [checkedNumbers, usedNumbers] = await told(client, numbers)
  expect(checkedNumbers).toContain('it has pk (HASH, N) and sk (RANGE, S)')
  expect(usedNumbers).toContain(`TableError: the table "${numbers}" has the wrong keys`)
  await expect(createTable(client, other)).rejects.toThrow('it has id (HASH, S)')
})

test('an endpoint that does not answer: which', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  const { client } = watchedClient(`http://127.0.0.1:${port}`)
  const [checked, used] = await told(client, 'any')
  expect(checked).toBe(
    `TableError: DynamoDB does not answer at http://127.0.0.1:${port} (ECONNREFUSED): see that the engine runs there and that the client's \`endpoint\`, AWS_ENDPOINT_URL_DYNAMODB and the network lead to it`,
  )
  expect(used).toBe(checked)
})

test.each([
  [200, '<!doctype html><title>Hello</title>'],
  [404, '<html>Not Found</html>'],
  [405, ''],
  [404, '{"message":"no such page"}'],
])('an endpoint where a web server answers: which, and what it should be (%i %s)', async (status, body) => {
  const server = createHttpServer((_request, response) => response.writeHead(status, { 'content-type': 'text/html' }).end(body))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { client } = watchedClient(endpoint)
  const [checked, used] = await told(client, 'any')
  const made = await createTable(client, 'any').catch((error: Error) => `${error.name}: ${error.message}`)
  client.destroy()
  server.close()
  expect(checked).toBe(
    `TableError: the endpoint at ${endpoint} answers, but not as DynamoDB does (status ${status}): see that the client's \`endpoint\`, AWS_ENDPOINT_URL_DYNAMODB or DYNAMODB_ENDPOINT is the address of DynamoDB or of an engine, such as http://127.0.0.1:8000`,
  )
  expect([used, made]).toEqual([checked, checked])
})

test('the endpoint that the environment gives is named too', async () => {
  const server = createHttpServer((_request, response) => response.end('<html>'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoint)
  const client = new DynamoDBClient({ region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'y' } })
  await expect(checkTable(client, 'any')).rejects.toThrow(`the endpoint at ${endpoint} answers, but not as DynamoDB does`)
  vi.unstubAllEnvs()
  client.destroy()
  server.close()
})

test('an answer that says nothing of a table is no answer of DynamoDB', async () => {
  const server = createHttpServer((_request, response) => response.end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { client } = watchedClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const foreign = /answers, but not as DynamoDB does \(status 200\)/
  await expect(checkTable(client, 'any')).rejects.toThrow(foreign)
  await expect(createTable(client, 'any')).rejects.toThrow(foreign)
  client.destroy()
  server.close()
})

test('no credentials, and no region: where to set them', async () => {
  const noCredentials = new DynamoDBClient({
    region: 'eu-west-1',
    endpoint: engine.endpoint,
    credentials: async () => {
      throw Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' })
    },
  })
  const [checked, used] = await told(noCredentials, 'any')
  expect(checked).toContain(
    'TableError: no valid AWS credentials (Could not load credentials from any providers): run where a role',
  )
  expect(used).toBe(checked)
  const noRegion = new DynamoDBClient({
    endpoint: engine.endpoint,
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    region: async () => {
      throw new Error('Region is missing')
    },
  })
  expect((await told(noRegion, 'any'))[0]).toBe('TableError: no AWS region is set: set AWS_REGION, or give the client `region`')
})
