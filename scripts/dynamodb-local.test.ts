/** The script as a whole, with a Java of our own and an engine that is already fetched. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listTables } from '../harness/engines/endpoint.ts'

const script = fileURLToPath(new URL('./dynamodb-local.ts', import.meta.url))
let folder = ''

/** Listens a moment after it was started, as the real one does, and notes how it was called. */
const fakeJava = `#!${process.execPath}
const { createServer } = require('node:http')
const { writeFileSync } = require('node:fs')
const args = process.argv.slice(2)
if (args.includes('-version')) process.exit(0)
if (process.env.JAVA_FAILS) { console.error('no room'); process.exit(1) }
writeFileSync(process.env.NOTE, JSON.stringify({ args, cwd: process.cwd() }))
console.log('Port:\\t1\\nVersion:\\t9.8.7')
const server = createServer((request, response) => {
  response.writeHead(400, { 'x-amzn-RequestId': '1', server: 'Jetty' })
  response.end('{"__type":"MissingAuthenticationToken"}')
  if (process.env.JAVA_DIES && !request.headers['x-amz-target']) process.exit(3)
})
setImmediate(() => server.listen(Number(args[args.indexOf('-port') + 1]), '127.0.0.1'))
`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-'))
  const engine = join(folder, 'channel-conformance', 'amplify-dynamodb-simulator-2.9.30')
  mkdirSync(engine, { recursive: true })
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(engine, 'DynamoDBLocal.jar'), '')
  writeFileSync(join(folder, 'bin', 'java'), fakeJava)
  chmodSync(join(folder, 'bin', 'java'), 0o755)
})
afterAll(() => rmSync(folder, { recursive: true }))

function start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, JAVA_HOME: folder, XDG_CACHE_HOME: folder, NOTE: join(folder, 'note.json'), ...env },
  })
}

async function ended(child: ChildProcess) {
  let [stdout, stderr] = ['', '']
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  const [code, signal] = await once(child, 'close')
  return { code, signal, stdout, stderr }
}

/** Resolves once nothing answers there any more. */
async function goneFrom(endpoint: string): Promise<void> {
  for (;;) {
    try {
      await listTables(endpoint, 5_000)
    } catch {
      return
    }
  }
}

const printing = 'console.log(process.env.DYNAMODB_ENDPOINT, process.env.DYNAMODB_ENGINE)'
const forever = "require('node:net').createServer().listen(0)"
const lingering = `process.on('SIGTERM', () => process.exit(7)); ${forever}; ${printing}`

test('the command has the engine, its exit code is kept, and the engine is gone', async () => {
  const ran = await ended(start(['node', '-e', `${printing}; process.exit(5)`]))
  expect(ran.stderr).toBe('')
  expect(ran.code).toBe(5)
  const [said, closing] = ran.stdout.trimEnd().split('\n')
  expect(said).toMatch(/^http:\/\/127\.0\.0\.1:\d+ DynamoDB Local 9\.8\.7$/)
  expect(closing).toMatch(/^on DynamoDB Local 9\.8\.7: ended with exit code 5 in [\d.]+ s, after [\d.]+ s for the engine$/)
  const [endpoint = ''] = said?.split(' ') ?? []
  await expect(listTables(endpoint, 5_000)).rejects.toThrow('ECONNREFUSED')
  const { args, cwd } = JSON.parse(readFileSync(join(folder, 'note.json'), 'utf8'))
  const port = new URL(endpoint).port
  expect(args).toEqual([
    '-Djava.library.path=./DynamoDBLocal_lib',
    '-jar',
    'DynamoDBLocal.jar',
    '-port',
    port,
    '-inMemory',
    '-sharedDb',
  ])
  expect(cwd).toMatch(/amplify-dynamodb-simulator-2\.9\.30$/)
})

test.each(['SIGTERM', 'SIGKILL'] as const)('%s leaves no engine behind', async (signal) => {
  const child = start(['node', '-e', signal === 'SIGKILL' ? `${printing}; process.stdin.resume()` : lingering])
  const [first] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  const [endpoint = ''] = first.toString().split(' ')
  const end = ended(child)
  child.kill(signal)
  expect(await end).toMatchObject(signal === 'SIGKILL' ? { signal } : { code: 7 })
  await goneFrom(endpoint)
})

test('without Java it says what to do, with exit code 2', async () => {
  const ran = await ended(start(['node', '-e', ''], { JAVA_HOME: join(folder, 'none') }))
  expect(ran).toMatchObject({ code: 2, stdout: '' })
  expect(ran.stderr).toMatch(/^DynamoDB Local needs Java 17, and JAVA_HOME is .*none, .*: install it .*or set JAVA_HOME.*\n$/)
  const none = await ended(start(['node', '-e', ''], { JAVA_HOME: '', PATH: folder }))
  expect(none).toMatchObject({ code: 2, stdout: '' })
  expect(none.stderr).toMatch(/java is not found on the path/)
})

test('an engine that does not start, or dies, is told of with its last words', async () => {
  const unstarted = await ended(start(['node', '-e', ''], { JAVA_FAILS: '1' }))
  expect(unstarted).toMatchObject({ code: 2, stderr: 'DynamoDB Local has ended by itself; it had written: no room\n' })
  const fatal = `fetch(process.env.DYNAMODB_ENDPOINT).catch(() => {}); ${forever}`
  const dead = await ended(start(['node', '-e', fatal], { JAVA_DIES: '1' }))
  expect(dead).toMatchObject({ code: 2, stderr: expect.stringMatching(/^DynamoDB Local has ended by itself/) })
})

test('a command that is not there, and none at all, are told of', async () => {
  expect(await ended(start(['no-such-command']))).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^cannot run no-such-command/),
  })
  expect(await ended(start([]))).toMatchObject({ code: 2, stderr: expect.stringMatching(/^usage: /) })
})
