/** What is this transport's own; the contract itself is tested by the conformance run. */

import { App, us_listen_socket_close, us_socket_local_port } from 'uWebSockets.js'
import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import {
  createApplication,
  pikkuChannelConnectionFunc,
  pikkuChannelDisconnectionFunc,
  pikkuChannelFunc,
  type WireChannel,
} from '../runtime/index.ts'
import { serveUws, type UwsOptions, type UwsServer } from './index.ts'

const servers: UwsServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

const logger = { debug() {}, info() {}, warn() {}, error() {} }
const echo = pikkuChannelFunc({ auth: false, func: async (_services, data) => data })
const subscribing = pikkuChannelConnectionFunc(async ({ eventHub, channel }) => {
  await eventHub.subscribe('', channel.channelId)
  return channel.channelId
})

async function serve(wire: (wireChannel: WireChannel) => void, options: UwsOptions = {}): Promise<UwsServer> {
  const application = createApplication()
  wire(application.wireChannel)
  const server = await serveUws({ application, host: '127.0.0.1', singletonServices: { logger }, ...options })
  servers.push(server)
  return server
}

/** A client with its messages in a queue that can be waited on. */
async function connect(url: string) {
  const socket = new WebSocket(url)
  const received: string[] = []
  const waiting: ((text: string) => void)[] = []
  socket.on('message', (data) => {
    const next = waiting.shift()
    if (next === undefined) received.push(String(data))
    else next(String(data))
  })
  await once(socket, 'open')
  const next = (): Promise<string> => {
    const first = received.shift()
    return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first)
  }
  return { socket, next }
}

test('text arrives as it was sent, a byte order mark included', async () => {
  const { url } = await serve((wireChannel) => wireChannel({ name: 'echo', route: '/', onMessage: echo }))
  const { socket, next } = await connect(url)
  for (const text of ['\ufeffmarked', '', '\u{1f600}\0']) {
    socket.send(text)
    expect(await next()).toBe(text)
  }
})

test('native topics: the empty one too, without the excluded socket, and with one that is no subscriber', async () => {
  const { url, hub } = await serve((wireChannel) => {
    wireChannel({ name: 'in', route: '/in', onConnect: subscribing, onMessage: echo })
    wireChannel({
      name: 'out',
      route: '/out',
      onConnect: pikkuChannelConnectionFunc(async ({ channel }) => channel.channelId),
      onMessage: echo,
    })
  })
  const [a, b, outside] = [await connect(`${url}/in`), await connect(`${url}/in`), await connect(`${url}/out`)]
  const [idA, , idOutside] = [await a.next(), await b.next(), await outside.next()]
  await hub.publish('', idA, 'not a')
  await hub.publish('', idOutside, 'both')
  await hub.publish('', 'nobody', 'all')
  expect([await b.next(), await b.next(), await b.next()]).toEqual(['not a', 'both', 'all'])
  expect([await a.next(), await a.next()]).toEqual(['both', 'all'])
})

test('a message over maxPayload ends its connection and no other, however far over it is', async () => {
  const ended: string[] = []
  const onDisconnect = pikkuChannelDisconnectionFunc(async (_services, { channelId }) => void ended.push(channelId))
  const { url } = await serve((wireChannel) => wireChannel({ name: 'echo', route: '/', onMessage: echo, onDisconnect }), {
    maxPayload: 100,
  })
  const good = await connect(url)
  for (const size of [101, 200_000]) {
    const { socket } = await connect(url)
    socket.send('x'.repeat(size))
    await once(socket, 'close')
  }
  good.socket.send('x'.repeat(100))
  expect(await good.next()).toHaveLength(100)
  expect(ended).toHaveLength(2)
})

test('a request that is no handshake is told to upgrade; a path that nothing is wired to is refused', async () => {
  const { url, port } = await serve((wireChannel) => wireChannel({ name: 'echo', route: '/', onMessage: echo }))
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(426)
  const refused = new WebSocket(`${url}/nowhere`)
  refused.on('error', () => {})
  const [, response] = await once(refused, 'unexpected-response')
  expect(response.statusCode).toBe(404)
  refused.terminate()
})

test('serving on an app of the caller’s leaves its other routes and its life alone', async () => {
  const app = App().get('/health', (response) => {
    response.end('well')
  })
  const server = await serve((wireChannel) => wireChannel({ name: 'echo', route: '/echo', onMessage: echo }), { app })
  const listening = await new Promise<unknown>((resolve) => app.listen('127.0.0.1', 0, resolve))
  const port = us_socket_local_port(listening as never)
  expect(() => server.port).toThrow('known to the caller alone')
  const { socket, next } = await connect(`ws://127.0.0.1:${port}/echo`)
  socket.send('hello')
  expect(await next()).toBe('hello')
  await server.stop()
  expect(await (await fetch(`http://127.0.0.1:${port}/health`)).text()).toBe('well')
  us_listen_socket_close(listening as never)
})

test('a stop cuts off a client that does not read, at its deadline, and runs its onDisconnect', async () => {
  const ended: string[] = []
  const { port, hub, residue, stop } = await serve(
    (wireChannel) =>
      wireChannel({
        name: 'slow',
        route: '/',
        onConnect: subscribing,
        onDisconnect: pikkuChannelDisconnectionFunc(async (_services, { channelId }) => void ended.push(channelId)),
      }),
    { stopDeadline: 200 },
  )
  const tcp = connectTcp(port, '127.0.0.1')
  tcp.write(
    'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  )
  await once(tcp, 'data')
  tcp.pause()
  for (let i = 0; i < 50; i++) await hub.publish('', null, 'x'.repeat(1_000_000))
  await stop()
  expect(ended).toHaveLength(1)
  expect(residue()).toEqual({ channels: [], subscriptions: [] })
  tcp.destroy()
})

test('a stop refuses handshakes that wait for a schema, and their answers come too late', async () => {
  let ask = (): void => {}
  const asked = new Promise<void>((resolve) => {
    ask = resolve
  })
  let answer = (_value: { value: object }): void => {}
  const answered = new Promise<{ value: object }>((resolve) => {
    answer = resolve
  })
  const validate = () => {
    ask()
    return answered
  }
  const openingData = { '~standard': { version: 1, vendor: 'test', validate } } as const
  const { url, stop } = await serve((wireChannel) => wireChannel({ name: 'late', route: '/', openingData, onMessage: echo }))
  const waiting = new WebSocket(url)
  waiting.on('error', () => {})
  const refused = once(waiting, 'unexpected-response')
  await asked
  await stop()
  const [, response] = await refused
  expect(response.statusCode).toBe(503)
  answer({ value: {} })
  await answered
  waiting.terminate()
})

test('a server that cannot listen says so', async () => {
  const { port } = await serve(() => {})
  await expect(serve(() => {}, { port })).rejects.toThrow(`cannot listen on 127.0.0.1, port ${port}`)
})
