import type { RequestListener } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { engineAt } from './endpoint.ts'
import { engineName } from './engine.ts'
import { listening, nowhere } from './testing/listening.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function serving(answer: RequestListener): Promise<string> {
  const server = await listening(answer)
  open.push(server)
  return server.url
}

/** As AWS's own local engine refuses a request without a signature. */
const refusing =
  (headers: Record<string, string>): RequestListener =>
  (_request, response) => {
    response.writeHead(400, { 'x-amzn-RequestId': '1', ...headers })
    response.end('{"__type":"com.amazonaws.dynamodb.v20120810#MissingAuthenticationToken"}')
  }

test('an engine that answers is taken as it is, and named with its address', async () => {
  const jetty = await serving(refusing({ server: 'Jetty(9.4.53.v20231009)' }))
  const engine = await engineAt(jetty)
  expect(engineName(engine)).toBe(`DynamoDB Local at ${jetty}`)
  expect(engine.endpoint).toBe(jetty)
  await engine.stop()
  expect(engineName(await engineAt(jetty))).toBe(`DynamoDB Local at ${jetty}`)
  const other = await serving(refusing({}))
  expect(engineName(await engineAt(other))).toBe(`DynamoDB at ${other}`)
})

test.each([
  ['DynamoDB Local 1.25.1', { name: 'DynamoDB Local', version: '1.25.1' }],
  ['ScyllaDB Alternator', { name: 'ScyllaDB Alternator' }],
  ['  ', { name: 'DynamoDB' }],
])('what it is said to be is its name: %j', async (told, expected) => {
  expect(await engineAt(await serving(refusing({})), told)).toMatchObject(expected)
})

test('where nothing answers, the error names the variable, the reason and what to do', async () => {
  const endpoint = await nowhere()
  await expect(engineAt(endpoint)).rejects.toThrow(
    new RegExp(
      `^DYNAMODB_ENDPOINT is ${endpoint}, and nothing answers there \\(ECONNREFUSED\\): start .*, or unset DYNAMODB_ENDPOINT`,
    ),
  )
})

test('where something accepts and never answers, it is not waited for', async () => {
  const endpoint = await serving(() => undefined)
  await expect(engineAt(endpoint, undefined, 50)).rejects.toThrow('nothing answers there (no answer within 0.05 s)')
})

test('what is not DynamoDB is not taken for it', async () => {
  const endpoint = await serving((_request, response) => response.end('<html>'))
  await expect(engineAt(endpoint)).rejects.toThrow('what answers there is not DynamoDB (status 200)')
})

test.each(['localhost:8000', 'ftp://localhost', 'dynamodb', ' '])('%j is no address', async (endpoint) => {
  await expect(engineAt(endpoint)).rejects.toThrow(`DYNAMODB_ENDPOINT is ${JSON.stringify(endpoint)}, which is no address`)
})
