import { expect, test } from 'vitest'
import { containerSettings, startContainer } from './container.ts'
import { engineName } from './engine.ts'

/** testcontainers as far as it is used, telling what was asked of it. */
function recording(start: () => Promise<unknown>) {
  const asked: unknown[] = []
  class GenericContainer {
    constructor(image: string) {
      asked.push(image)
    }
    withCommand(command: string[]) {
      asked.push(command)
      return this
    }
    withExposedPorts(port: number) {
      asked.push(port)
      return this
    }
    withWaitStrategy(strategy: unknown) {
      asked.push(strategy)
      return this
    }
    start() {
      return start()
    }
  }
  const Wait = { forHttp: (path: string, port: number) => ({ forStatusCode: (status: number) => ({ path, port, status }) }) }
  return { asked, load: async () => ({ GenericContainer, Wait }) as never }
}

function container(stopped: () => void) {
  return { getHost: () => 'localhost', getMappedPort: (port: number) => port + 24_000, stop: async () => stopped() }
}

test('the container is DynamoDB Local in memory, ready when it refuses an unsigned request', async () => {
  let stops = 0
  const { asked, load } = recording(async () => container(() => stops++))
  const engine = await startContainer(load)
  expect(asked).toEqual([
    `amazon/dynamodb-local:${containerSettings.tag}`,
    ['-jar', 'DynamoDBLocal.jar', '-inMemory', '-sharedDb'],
    8000,
    { path: '/', port: 8000, status: 400 },
  ])
  expect(engine.endpoint).toBe('http://localhost:32000')
  expect(engineName(engine)).toBe(`DynamoDB Local ${containerSettings.tag}`)
  await engine.stop()
  expect(stops).toBe(1)
})

test('one that is not up in time is passed over, and stopped when it is', async () => {
  let up = (_container: unknown): void => undefined
  const { load } = recording(() => new Promise((resolve) => (up = resolve)))
  await expect(startContainer(load, 5)).rejects.toThrow(
    `a container of amazon/dynamodb-local:${containerSettings.tag} was not up within 0.005 s: docker pull`,
  )
  await new Promise<void>((resolve) => up(container(resolve)))
})

test('without testcontainers the command that installs it is named', async () => {
  await expect(startContainer(() => Promise.reject(new Error('ERR_MODULE_NOT_FOUND')))).rejects.toThrow(
    'testcontainers is not installed: npm install --save-dev testcontainers',
  )
})

test('testcontainers has what is used of it', async () => {
  const { GenericContainer, Wait } = await import('testcontainers')
  const made = new GenericContainer('image').withCommand(['a']).withExposedPorts(1)
  expect(made.withWaitStrategy(Wait.forHttp('/', 1).forStatusCode(400)).start).toBeTypeOf('function')
})
