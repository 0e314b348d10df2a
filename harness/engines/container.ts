/** AWS's own DynamoDB Local in a container, by testcontainers. */
import { createRequire } from 'node:module'
import { alarm, engineDeadlines } from '../../conformance/deadlines.ts'
import type { Engine } from './engine.ts'

/** What the container is made of. */
export const containerSettings = {
  image: 'amazon/dynamodb-local',
  tag: '2.5.4',
  command: ['-jar', 'DynamoDBLocal.jar', '-inMemory', '-sharedDb'],
  port: 8000,
  /** It answers any request without a signature with 400. */
  ready: { path: '/', status: 400 },
} as const

/** The part of testcontainers used here. */
interface Testcontainers {
  GenericContainer: new (
    image: string,
  ) => {
    withCommand(command: string[]): InstanceType<Testcontainers['GenericContainer']>
    withExposedPorts(port: number): InstanceType<Testcontainers['GenericContainer']>
    withWaitStrategy(strategy: unknown): InstanceType<Testcontainers['GenericContainer']>
    start(): Promise<{ getHost(): string; getMappedPort(port: number): number; stop(): Promise<unknown> }>
  }
  Wait: { forHttp(path: string, port: number): { forStatusCode(status: number): unknown } }
}

/**
 * Starts the container. One that is not up in time (its image may have to be fetched first) is stopped when it is.
 * Whatever happens to this process, testcontainers' own reaper removes it.
 * @throws Error that says why there is no such engine
 */
export async function startContainer(
  testcontainers: () => Promise<Testcontainers> = () => import('testcontainers') as Promise<Testcontainers>,
  patience = engineDeadlines.container,
): Promise<Engine> {
  const { GenericContainer, Wait } = await testcontainers().catch(() => {
    throw new Error('testcontainers is not installed: npm install --save-dev testcontainers')
  })
  const { image, tag, command, port, ready } = containerSettings
  const starting = new GenericContainer(`${image}:${tag}`)
    .withCommand([...command])
    .withExposedPorts(port)
    .withWaitStrategy(Wait.forHttp(ready.path, port).forStatusCode(ready.status))
    .start()
  const { late, cancel } = alarm(patience)
  const first = await Promise.race([starting, late]).finally(cancel)
  if (first === 'late') {
    starting.then((container) => container.stop()).catch(() => undefined)
    throw new Error(`a container of ${image}:${tag} was not up within ${patience / 1000} s: docker pull ${image}:${tag}`)
  }
  const endpoint = `http://${first.getHost()}:${first.getMappedPort(port)}`
  return { name: 'DynamoDB Local', version: tag, endpoint, stop: async () => void (await first.stop()) }
}

/** Whether testcontainers is installed; loading it would take a second. */
export function testcontainersInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve('testcontainers')
    return true
  } catch {
    return false
  }
}
