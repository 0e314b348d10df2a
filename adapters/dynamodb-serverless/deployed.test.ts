/** The README's handler, bundled as it says and run with nothing but an environment, as AWS Lambda does. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createTable } from './table.ts'
import { startEngine, watchedClient } from './testing/dynalite.ts'
import { connectEvent, disconnectEvent, messageEvent, sampleAddress } from './testing/proxy-events.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const channels = `
import { pikkuChannelConnectionFunc, pikkuChannelFunc } from 'channel-conformance/runtime'
import { wireChannel } from 'channel-conformance/runtime/channel'
wireChannel({
  name: 'chat',
  route: '/chat',
  auth: false,
  onConnect: pikkuChannelConnectionFunc(async ({ channel, eventHub }) => {
    await eventHub.subscribe('t', channel.channelId)
    return { hello: channel.openingData.name }
  }),
  onMessageWiring: { action: { say: pikkuChannelFunc(async ({ eventHub }, { text }) => eventHub.publish('t', null, { text })) } },
})
`

/** Runs the bundle's handler on events that come on standard input, as lines of JSON. */
const runner = `
import { createInterface } from 'node:readline'
import { handler } from './handler.mjs'
for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(await handler(JSON.parse(line), {})))
process.exit(0)
`

test('the handler of the README serves a connection with what its environment gives it', async () => {
  const engine = await startEngine()
  const table = `deployed-${randomUUID()}`
  await createTable(watchedClient(engine.endpoint).client, table)
  const asked: string[] = []
  const aws = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${body}`)
      response.writeHead(request.url?.includes('/functions/') ? 202 : 200).end()
    })
  }).listen(0, '127.0.0.1')
  await once(aws, 'listening')
  const address = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`
  const folder = mkdtempSync(join(tmpdir(), 'deployed-'))
  try {
    const code = /```ts\n(\/\/ handler\.ts[\s\S]*?)```/.exec(readFileSync(here('./README.md'), 'utf8'))?.[1] ?? ''
    expect(code).toContain('createLambdaHandler')
    // Nobody answers at the domain of the sample events.
    writeFileSync(join(folder, 'handler.ts'), code.replace("'/chat' })", "'/chat', endpoint: process.env.ENDPOINT })"))
    writeFileSync(join(folder, 'channels.ts'), channels)
    writeFileSync(join(folder, 'run.mjs'), runner)
    const { build } = createRequire(fileURLToPath(import.meta.resolve('tsx')))('esbuild') as {
      build(options: object): Promise<unknown>
    }
    await build({
      ...{ entryPoints: [join(folder, 'handler.ts')], outfile: join(folder, 'handler.mjs'), logLevel: 'silent' },
      ...{ bundle: true, platform: 'node', format: 'esm', target: 'node22', external: ['@aws-sdk/*'] },
      alias: {
        'channel-conformance/dynamodb-serverless': here('./index.ts'),
        'channel-conformance/runtime': here('../runtime/index.ts'),
        'channel-conformance/runtime/channel': here('../runtime/channel.ts'),
      },
    })
    symlinkSync(join(here('../../'), 'node_modules'), join(folder, 'node_modules'))
    const env = {
      ...{ PATH: process.env.PATH, TABLE: table, ENDPOINT: `${address}/prod`, AWS_LAMBDA_FUNCTION_NAME: 'my-channels' },
      ...{ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_EC2_METADATA_DISABLED: 'true' },
      ...{ AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint, AWS_ENDPOINT_URL_LAMBDA: address },
    }
    const events = [
      connectEvent({ connectedAt: Date.now() }, { queryStringParameters: { name: 'Ada' } }),
      { deliver: sampleAddress.channelId },
      messageEvent('{"action":"say","text":"x"}'),
      { sweep: true },
      disconnectEvent(),
    ]
    const running = promisify(execFile)(process.execPath, ['run.mjs'], { cwd: folder, env })
    running.child.stdin?.end(events.map((event) => `${JSON.stringify(event)}\n`).join(''))
    const { stdout } = await running
    expect(stdout.trim().split('\n')).toEqual(events.map(() => '{"statusCode":200}'))
    const connection = 'POST /prod/@connections/L0SM9cOFvHcCIhw%3D'
    expect(asked).toEqual([
      `POST /2015-03-31/functions/my-channels/invocations {"deliver":"${sampleAddress.channelId}"}`,
      `${connection} {"hello":"Ada"}`,
      `${connection} {"text":"x"}`,
      `${connection} {"action":"say"}`,
    ])
  } finally {
    aws.closeAllConnections()
    aws.close()
    await engine.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
