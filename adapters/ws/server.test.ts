import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import {
  createApplication,
  pikkuChannelConnectionFunc,
  pikkuChannelDisconnectionFunc,
  pikkuChannelFunc,
  type WireChannel,
} from '../runtime/index.ts'
import { createHub, serveWs } from './index.ts'
import { connect, rawConnect, refusalOf, textFrame } from './testing/client.ts'
import { echo, serve, signal, silence, stopServers } from './testing/serve.ts'

afterEach(stopServers)

describe('messages', () => {
  it('are text or bytes in both directions', async () => {
    const { url } = await serve((wireChannel) => wireChannel({ name: 'echo', route: '/', onMessage: echo }))
    const client = await connect(url)
    const long = 'x\u{1f600}\u2028\0'.repeat(20_000)
    for (const message of ['', 'text', '{"a":1}', long, new Uint8Array([0, 255]), new Uint8Array()]) client.send(message)
    expect([await client.next(), await client.next(), await client.next()]).toEqual(['', 'text', { a: 1 }])
    expect([await client.next(), await client.next(), await client.next()]).toEqual([
      long,
      new Uint8Array([0, 255]),
      new Uint8Array(),
    ])
  })

  it('that come with the handshake, or while onConnect runs, are not lost (LIFE-07)', async () => {
    const { given, give } = signal()
    const { port } = await serve((wireChannel) =>
      wireChannel({ name: 'echo', route: '/', onConnect: pikkuChannelConnectionFunc(() => given), onMessage: echo }),
    )
    const { socket } = await rawConnect(port, '/')
    socket.write(Buffer.concat([textFrame('one'), textFrame('two')]))
    give()
    let received = ''
    for await (const chunk of socket) {
      received += (chunk as Buffer).toString('latin1')
      if (received.includes('two')) break
    }
    expect(received).toBe('\x81\x03one\x81\x03two')
  })

  it('published reach every subscriber but the excluded one, text and bytes', async () => {
    const { url, hub } = await serve((wireChannel) =>
      wireChannel({
        name: 'topic',
        route: '/',
        onConnect: pikkuChannelConnectionFunc(async ({ eventHub, channel }) => {
          await eventHub.subscribe('t', channel.channelId)
          return channel.channelId
        }),
      }),
    )
    const clients = [await connect(url), await connect(url), await connect(url)]
    const ids = (await Promise.all(clients.map((client) => client.next()))) as string[]
    await hub.publish('t', ids[0] ?? null, { n: 1 })
    await hub.publish('t', null, new Uint8Array([7]))
    expect(await clients[0]?.next()).toEqual(new Uint8Array([7]))
    for (const client of clients.slice(1))
      expect([await client.next(), await client.next()]).toEqual([{ n: 1 }, new Uint8Array([7])])
  })
})

describe('handshakes', () => {
  it('lead to a channel, or are refused with its status (LIFE-01, LIFE-02)', async () => {
    const { url } = await serve((wireChannel) => {
      wireChannel({ name: 'room', route: '/room/:id', onMessage: echo })
      wireChannel({
        name: 'strict',
        route: '/strict',
        openingData: z.object({ a: z.string() }).refine(async () => true),
        onMessage: echo,
      })
    })
    const statuses = await Promise.all(
      ['/room/1', '/', '/room/', '/room/%zz', '/strict?a=1', '/strict'].map((path) => refusalOf(`${url}${path}`)),
    )
    expect(statuses).toEqual([101, 404, 404, 400, 101, 400])
  })

  it('select a sub-protocol that was offered, or none (LIFE-23)', async () => {
    const { url } = await serve((wireChannel) => wireChannel({ name: 'echo', route: '/', onMessage: echo }))
    expect((await connect(url, ['a', 'b'])).socket.protocol).toBe('a')
    expect((await connect(url)).socket.protocol).toBe('')
  })

  it('without an upgrade are told to upgrade', async () => {
    const { port } = await serve((wireChannel) => wireChannel({ name: 'echo', route: '/', onMessage: echo }))
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(426)
  })

  it('give opening data and an id nobody else has (LIFE-03, LIFE-04)', async () => {
    const { url } = await serve((wireChannel) =>
      wireChannel({
        name: 'room',
        route: '/room/:id',
        onConnect: pikkuChannelConnectionFunc(async ({ channel }) => ({ id: channel.channelId, data: channel.openingData })),
      }),
    )
    const [a, b] = [await connect(`${url}/room/%C3%A9?x=1&x=2`), await connect(`${url}/room/1?`)]
    const [seen, other] = (await Promise.all([a.next(), b.next()])) as { id: string; data: object }[]
    expect(seen?.data).toEqual({ id: '\u00e9', x: ['1', '2'] })
    expect(other?.data).toEqual({ id: '1' })
    expect(seen?.id).not.toBe(other?.id)
  })
})

describe('closing', () => {
  const closing = (gone: (data: unknown) => void) => (wireChannel: WireChannel) =>
    wireChannel({
      name: 'closing',
      route: '/',
      onDisconnect: pikkuChannelDisconnectionFunc(async (_services, data) => gone(data)),
      onMessage: pikkuChannelFunc({
        auth: false,
        func: async ({ channel }) => {
          channel.send('last')
          await channel.close()
          return 'never'
        },
      }),
    })

  it('by a handler ends with 1000 after what it sent (LIFE-14)', async () => {
    const { given, give } = signal<unknown>()
    const server = await serve(closing(give))
    const client = await connect(server.url)
    client.send('x')
    expect(await client.next()).toBe('last')
    expect(await client.closed).toBe(1000)
    expect(await given).toMatchObject({ channelId: expect.any(String) })
    await expect(client.next()).rejects.toThrow('closed')
    expect(server.residue()).toEqual({ channels: [], subscriptions: [] })
  })

  it.each(['close', 'terminate'] as const)('by the client (%s) runs onDisconnect (LIFE-10)', async (how) => {
    const { given, give } = signal<unknown>()
    const { url } = await serve(closing(give))
    const client = await connect(url)
    client.socket[how]()
    expect(await given).toMatchObject({ channelId: expect.any(String) })
  })

  it('by an onConnect that throws ends with 1011 (LIFE-09)', async () => {
    const { url } = await serve((wireChannel) =>
      wireChannel({ name: 'no', route: '/', onConnect: pikkuChannelConnectionFunc(() => Promise.reject(new Error('no'))) }),
    )
    const client = await connect(url)
    expect(await client.closed).toBe(1011)
    await expect(client.next()).rejects.toThrow('closed')
  })

  it.each([
    ['a reserved bit', textFrame('x', 0xc1), 1002],
    ['an orphan continuation', textFrame('x', 0x80), 1002],
    ['broken UTF-8', Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0xff]), 1007],
    ['a message over maxPayload', textFrame('x'.repeat(101)), 1009],
  ])('for %s carries its code, runs onDisconnect and disturbs nobody', async (_name, frame, code) => {
    const { given, give } = signal<unknown>()
    const { url, port } = await serve(
      (wireChannel) => {
        wireChannel({ name: 'echo', route: '/echo', onMessage: echo })
        closing(give)(wireChannel)
      },
      { maxPayload: 100 },
    )
    const { socket } = await rawConnect(port, '/')
    socket.write(frame)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect([answer[0], answer.readUInt16BE(2)]).toEqual([0x88, code])
    await given
    socket.destroy()
    const other = await connect(`${url}/echo`)
    other.send('hello')
    expect(await other.next()).toBe('hello')
  })
})

describe('on an http server of the caller', () => {
  it('shares its paths with other listeners and leaves the server running', async () => {
    const http = createServer((_request, response) => response.end('page'))
    onTestFinished(() => void http.close())
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const hub = createHub(silence)
    const server = await serve((wireChannel) => wireChannel({ name: 'echo', route: '/echo', onMessage: echo }), {
      server: http,
      hub,
    })
    expect(server.port).toBe((http.address() as AddressInfo).port)
    expect(await refusalOf(`${server.url}/other`)).toBe(404)
    http.on('upgrade', (request, socket) => {
      if (request.url === '/other') socket.end('HTTP/1.1 418 Teapot\r\nContent-Length: 0\r\n\r\n')
    })
    expect(await refusalOf(`${server.url}/other`)).toBe(418)
    const client = await connect(`${server.url}/echo`)
    client.send('x')
    expect(await client.next()).toBe('x')
    await server.stop()
    expect(await client.closed).toBe(1001)
    expect(await (await fetch(server.url.replace('ws', 'http'))).text()).toBe('page')
  })
})

it('a server that cannot listen says so', async () => {
  const { port } = await serve(() => {})
  await expect(serveWs({ application: createApplication(), host: '127.0.0.1', port })).rejects.toThrow('EADDRINUSE')
})
