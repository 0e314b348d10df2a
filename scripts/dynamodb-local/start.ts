/** Starts DynamoDB Local, in memory, on a free port, and tells when it answers. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { alarm } from '../../conformance/deadlines.ts'
import { listTables, speaksDynamoDB } from '../../harness/engines/endpoint.ts'

/** The engine, started. */
export interface Local {
  endpoint: string
  /** As it said itself. */
  version: string | undefined
  /** Rejects when it has ended by itself; never resolves. */
  died: Promise<never>
  end(): Promise<void>
}

/** It takes three seconds where nothing else runs. Milliseconds. */
const patience = 60_000

/** It does not tell when it can be asked: tries are this many milliseconds apart. */
const betweenTries = 25

/** Java's arguments, in the directory of the engine. */
export const javaArguments = (port: number): string[] => [
  '-Djava.library.path=./DynamoDBLocal_lib',
  '-jar',
  'DynamoDBLocal.jar',
  '-port',
  `${port}`,
  '-inMemory',
  '-sharedDb',
]

/** Starts the engine of `directory` and waits until it answers. @throws Error with its last words where it does not */
export async function startLocal(java: string, directory: string): Promise<Local> {
  const port = await freePort()
  const keeper = fork(fileURLToPath(new URL('./keeper.ts', import.meta.url)), [directory, java, ...javaArguments(port)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--import', import.meta.resolve('tsx')],
  })
  let said = ''
  for (const stream of [keeper.stdout, keeper.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-4_000)
    })
  const gone = once(keeper, 'exit')
  const died = gone.then(() => {
    throw new Error(`DynamoDB Local has ended by itself; it had written: ${said.trim()}`)
  })
  died.catch(() => undefined)
  const end = async (): Promise<void> => {
    if (keeper.connected) keeper.disconnect()
    await gone
  }
  const endpoint = `http://127.0.0.1:${port}`
  try {
    await answering(endpoint, died)
  } catch (error) {
    await end()
    throw error
  }
  return { endpoint, version: /^Version:\s*(\S+)/m.exec(said)?.[1], died, end }
}

/** Resolves once an engine answers at `endpoint`. @throws Error where it does not in time, or what `died` rejects with */
async function answering(endpoint: string, died: Promise<never>): Promise<void> {
  const { late, cancel } = alarm(patience)
  try {
    for (;;) {
      const answer = await Promise.race([listTables(endpoint, patience).catch(() => undefined), late, died])
      if (answer === 'late') throw new Error(`DynamoDB Local did not answer at ${endpoint} within ${patience / 1000} s`)
      if (answer !== undefined && speaksDynamoDB(answer)) return
      await Promise.race([alarm(betweenTries).late, died])
    }
  } finally {
    cancel()
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
