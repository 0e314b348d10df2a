import { afterEach, expect, test } from 'vitest'
import { type Engine, engineName } from './engine.ts'
import { openEngine } from './open.ts'
import { listening, nowhere } from './testing/listening.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const engine = (name: string, version: string): Engine => ({
  name,
  version,
  endpoint: 'http://127.0.0.1:1',
  stop: () => Promise.resolve(),
})
const never = () => Promise.reject(new Error('not to be asked'))
const startContainer = async () => engine('DynamoDB Local', '2.5.4')
const startDynalite = async () => engine('dynalite', '4.0.0')

test('the one at DYNAMODB_ENDPOINT comes first, and nothing else is looked for', async () => {
  const server = await listening((_request, response) => {
    response.setHeader('x-amzn-RequestId', '1')
    response.end('{"TableNames":[]}')
  })
  open.push(server)
  const env = { DYNAMODB_ENDPOINT: server.url, DYNAMODB_ENGINE: 'DynamoDB Local 1.25.1' }
  const opened = await openEngine({ env, findDocker: never, startContainer: never, startDynalite: never })
  expect(engineName(opened)).toBe(`DynamoDB Local 1.25.1 at ${server.url}`)
})

test('one that does not answer there is an error, not a reason to take another', async () => {
  const env = { DYNAMODB_ENDPOINT: await nowhere() }
  await expect(openEngine({ env, findDocker: never, startContainer: never, startDynalite: never })).rejects.toThrow(
    /^DYNAMODB_ENDPOINT is .*unset DYNAMODB_ENDPOINT/,
  )
})

test('a container where a Docker engine answers', async () => {
  const asked: (readonly string[])[] = []
  const findDocker = async (places: readonly string[]) => {
    asked.push(places)
    return { at: places[0] ?? '' }
  }
  const env = { DYNAMODB_ENDPOINT: '', DOCKER_HOST: 'tcp://10.0.0.1:2375' }
  expect(engineName(await openEngine({ env, findDocker, startContainer, startDynalite: never }))).toBe('DynamoDB Local 2.5.4')
  expect(asked).toEqual([['tcp://10.0.0.1:2375']])
})

test('dynalite where none answers', async () => {
  const findDocker = async () => ({ none: 'no Docker engine answers' })
  expect(engineName(await openEngine({ env: {}, findDocker, startContainer: never, startDynalite }))).toBe('dynalite 4.0.0')
})

test('dynalite where the container does not come up, and its name says so', async () => {
  const findDocker = async () => ({ at: 'unix:///var/run/docker.sock' })
  const failing = () => Promise.reject(new Error('testcontainers is not installed'))
  const opened = await openEngine({ env: {}, findDocker, startContainer: failing, startDynalite })
  expect(engineName(opened)).toBe('dynalite 4.0.0 (testcontainers is not installed)')
})
