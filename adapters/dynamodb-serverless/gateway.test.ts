import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PostAnswer } from '../serverless/index.ts'
import { answerOf, createManagementGateway } from './gateway.ts'

let server: Server
let base: string
const seen: { method: string; url: string; body: string }[] = []
let answer: (response: ServerResponse, request: IncomingMessage) => void

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', body })
      answer(response, request)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  seen.length = 0
})

const client = { region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
const address = (endpoint = `${base}/api/prod`) => ({ channelId: 'api/prod/L0SM9cOF/cCIhw=', endpoint })
const fails = (status: number, type: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'x-amzn-errortype': type, 'content-type': 'application/json' }).end('{"message":"no"}')
}

test("messages and closes go to the connection's own endpoint, whole and once", async () => {
  answer = (response) => response.writeHead(200).end()
  const gateway = createManagementGateway({ client })
  const text = `"é😀\0${'x'.repeat(100_000)}`
  expect(await gateway.post(address(), text)).toBe('ok')
  expect(await gateway.close(address(`${base}/other/test`))).toBe('ok')
  expect(await gateway.post(address(), '')).toBe('ok')
  expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST /api/prod/@connections/L0SM9cOF%2FcCIhw%3D',
    'DELETE /other/test/@connections/L0SM9cOF%2FcCIhw%3D',
    'POST /api/prod/@connections/L0SM9cOF%2FcCIhw%3D',
  ])
  expect(seen.map(({ body }) => body)).toEqual([text, '', ''])
})

test('each answer of the platform is told for what it says of delivery (STATELESS-07), and nothing is sent twice', async () => {
  const told: [PostAnswer, string][] = []
  const gateway = createManagementGateway({ client, failed: (_, as, error) => told.push([as, error.name]) })
  const cases: [status: number, type: string, expected: PostAnswer][] = [
    [410, 'GoneException', 'gone'],
    [429, 'LimitExceededException', 'throttled'],
    [429, 'TooManyRequestsException', 'throttled'],
    [413, 'PayloadTooLargeException', 'too large'],
    [403, 'ForbiddenException', 'refused'],
    [403, 'MissingAuthenticationTokenException', 'refused'],
    [400, 'BadRequestException', 'refused'],
    [404, 'NotFoundException', 'refused'],
    [500, 'InternalServerErrorException', 'unknown'],
    [502, '', 'unknown'],
    [503, 'ServiceUnavailableException', 'unknown'],
    [504, '', 'unknown'],
  ]
  for (const [status, type, expected] of cases) {
    answer = fails(status, type)
    expect([status, await gateway.post(address(), 'x'), await gateway.close(address())]).toEqual([status, expected, expected])
  }
  expect(seen).toHaveLength(2 * cases.length)
  expect(new Set(told.map(([as]) => as))).toEqual(new Set(['refused', 'unknown']))
  expect(told).toHaveLength(2 * 8)
})

test('a reset after the request was sent leaves open whether it was delivered', async () => {
  answer = (_, request) => request.socket.destroy()
  expect(await createManagementGateway({ client }).post(address(), 'x')).toBe('unknown')
  expect(seen).toHaveLength(1)
})

test('no answer in time leaves it open too', async () => {
  answer = () => {}
  const gateway = createManagementGateway({
    client: { ...client, requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true } },
  })
  expect(await gateway.post(address(), 'x')).toBe('unknown')
  expect(seen).toHaveLength(1)
})

test('where nobody listens nothing was delivered, and the post may be repeated', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  other.close()
  await once(other, 'close')
  expect(await createManagementGateway({ client }).post(address(`http://127.0.0.1:${port}/api/prod`), 'x')).toBe('throttled')
  const told: string[] = []
  const gateway = createManagementGateway({
    client,
    failed: (at, as, error) => told.push(`${at.endpoint} ${as} ${error.message}`),
  })
  expect(await gateway.post(address('http://nobody.invalid/prod'), 'x')).toBe('throttled')
  expect(told).toEqual([expect.stringMatching(/^http:\/\/nobody\.invalid\/prod throttled .*nobody\.invalid/)])
})

test('errors that come before anything was sent', () => {
  const error = (name: string, code?: string, message = '') => Object.assign(new Error(message), { name, code })
  expect(answerOf(error('Error', 'EHOSTUNREACH'))).toBe('throttled')
  expect(answerOf(error('TimeoutError', undefined, 'the request socket did not establish a connection with the server'))).toBe(
    'throttled',
  )
  expect(answerOf(error('CredentialsProviderError'))).toBe('refused')
  expect(answerOf(error('Error', 'DEPTH_ZERO_SELF_SIGNED_CERT'))).toBe('refused')
  expect(answerOf(error('Error', 'EPIPE'))).toBe('unknown')
  expect(answerOf(error('TimeoutError', 'ETIMEDOUT'))).toBe('unknown')
})

test('an endpoint keeps its client, and only so many have one', async () => {
  answer = (response) => response.writeHead(200).end()
  const made: ApiGatewayManagementApiClient[] = []
  const gateway = createManagementGateway({ client, prepare: (each) => made.push(each) })
  for (let round = 0; round < 2; round++)
    for (let index = 0; index < 10; index++) await gateway.post(address(`${base}/api${index}/prod`), 'x')
  expect(made).toHaveLength(10)
  for (let index = 0; index < 200; index++) await gateway.post(address(`${base}/more${index}/prod`), 'x')
  expect(made).toHaveLength(210)
  expect(await gateway.post(address(`${base}/api0/prod`), 'x')).toBe('ok')
  expect(made).toHaveLength(211)
  expect(new Set(made.map((each) => each.config.requestHandler)).size).toBe(1)
  expect(await made[0]!.config.maxAttempts()).toBe(1)
})
