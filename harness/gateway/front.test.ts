import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { Front } from './front.ts'
import { requested } from './invocation.ts'
import { limits } from './limits.ts'
import { type Behaviour, queryOf, signal, World } from './testing/world.ts'

const fronts: Front[] = []
afterEach(async () => {
  for (const front of fronts.splice(0)) await front.stop()
})

async function serve(
  behave?: Behaviour,
  options?: ConstructorParameters<typeof World>[1],
): Promise<{ world: World; front: Front }> {
  const world = new World(behave, options)
  const front = await Front.listen(world.platform)
  fronts.push(front)
  return { world, front }
}

async function open(
  url: string,
  protocols: string[] = [],
): Promise<{ socket: WebSocket; texts: string[]; closed: Promise<number> }> {
  const socket = new WebSocket(url, protocols)
  const texts: string[] = []
  socket.on('message', (data) => texts.push(String(data)))
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  return { socket, texts, closed }
}

function refusal(url: string): Promise<number | string> {
  const socket = new WebSocket(url)
  return new Promise((resolve) => {
    socket.on('unexpected-response', (request, { statusCode }) => {
      request.destroy()
      resolve(statusCode ?? 0)
    })
    socket.on('error', ({ message }) => resolve(message))
  })
}

describe('handshakes', () => {
  it('are held until the connect handler answers, and have its status', async () => {
    const { front, world } = await serve(() => ({ outcome: 'ok', status: 418 }))
    expect(
      await Promise.all(['/a', '/c', '/%zz', '/a/', '/a?x=%zz', '/%61'].map((path) => refusal(`${front.url}${path}`))),
    ).toEqual([418, 404, 404, 404, 418, 418])
    expect(world.given).toHaveLength(3)
    expect((await fetch(front.url.replace('ws', 'http'))).status).toBe(426)
  })

  it('select the sub-protocol the handler selects, and give it route, query and protocols', async () => {
    const { front, world } = await serve(() => ({ outcome: 'ok', headers: { 'sec-websocket-protocol': 'y' } }))
    const { socket } = await open(`${front.url}/a?n=1&n=2&%5F_proto__=%C3%A9&one=`, ['x', 'y'])
    expect(socket.protocol).toBe('y')
    const { query, route, protocols, connectedAt } = requested(world.given[0]!)
    expect(Object.entries(query)).toEqual([
      ['n', ['1', '2']],
      ['__proto__', 'é'],
      ['one', ''],
    ])
    expect({ route, protocols, connectedAt }).toEqual({ route: '/a', protocols: ['x', 'y'], connectedAt: world.now })
  })

  it('of a client that leaves meanwhile end in its disconnect', async () => {
    const { given, give } = signal()
    const { front, world } = await serve(({ event }) => (event === 'connect' ? given.then(() => undefined) : undefined))
    const begun = signal()
    const handle = world.behave
    world.behave = (invocation, guard) => {
      begun.give()
      return handle(invocation, guard)
    }
    const socket = new WebSocket(`${front.url}/a`)
    socket.on('error', () => {})
    await begun.given
    socket.terminate()
    await turns()
    give()
    await front.idle()
    expect(world.events).toEqual(['+connect', '-connect', '+disconnect', '-disconnect'])
  })

  it('of a client that leaves meanwhile let its disconnect overtake them where that is asked for', async () => {
    const { given, give } = signal()
    const [begun, ended] = [signal(), signal()]
    const { front, world } = await serve(async ({ event }) => {
      if (event === 'connect') begun.give()
      else ended.give()
      return event === 'connect' ? given.then(() => undefined) : undefined
    })
    await world.platform.command({ do: 'faults', conn: 'c0', faults: { disconnect: 'overtaking' } })
    const socket = new WebSocket(`${front.url}/a?${queryOf({ conn: 'c0', step: 's' })}`)
    socket.on('error', () => {})
    await begun.given
    socket.terminate()
    await ended.given
    give()
    await front.idle()
    expect(world.events).toEqual(['+connect', '+disconnect', '-disconnect', '-connect'])
  })

  it('that break without an answer are refused without a status', async () => {
    const { front, world } = await serve()
    await world.platform.command({ do: 'faults', conn: 'c0', faults: { disconnect: 'early' } })
    expect(await refusal(`${front.url}/a?${queryOf({ conn: 'c0', step: 's' })}`)).toContain('socket hang up')
  })
})

describe('connections', () => {
  it('give every message to the platform, those that come with the handshake too, and send in order', async () => {
    const { front, world } = await serve(({ event, channelId = '', payload }) => {
      if (event === 'message') for (const n of [1, 2]) world.post(channelId, `${(payload as { body: string }).body}${n}`)
      return undefined
    })
    const { socket, texts } = await open(`${front.url}/a`)
    for (const text of ['a', 'b', 'é']) socket.send(text)
    await front.idle()
    await pong(socket)
    expect(texts).toEqual(['a1', 'a2', 'b1', 'b2', 'é1', 'é2'])
  })

  it('are sent what is posted in the very moment they open', async () => {
    const { front, world } = await serve(({ event, channelId = '' }) => {
      const post = async (): Promise<void> => {
        while (world.post(channelId, 'x') !== 200) await Promise.resolve()
      }
      if (event === 'connect') void Promise.resolve().then(post)
      return undefined
    })
    const { socket, texts } = await open(`${front.url}/a`)
    await pong(socket)
    expect(texts).toEqual(['x'])
  })

  it('close with the codes of the platform', async () => {
    const { front, world } = await serve()
    const doings: [(socket: WebSocket, id: string) => unknown, number][] = [
      [(_socket, id) => world.post(id), 1000],
      [() => world.platform.command({ do: 'advance', milliseconds: limits.idle }), 1001],
      [(socket) => socket.send(new Uint8Array([1])), 1003],
      [(socket) => socket.send('x'.repeat(limits.frame + 1)), 1009],
      [(socket) => socket.send('x'.repeat(limits.message + 1)), 1009],
    ]
    for (const [act, code] of doings) {
      const { socket, closed } = await open(`${front.url}/a`)
      act(socket, world.given.at(-1)?.channelId ?? '')
      expect(await closed).toBe(code)
    }
    await front.idle()
    expect(world.events.filter((event) => event.startsWith('-')).join()).toBe('-connect,-disconnect,'.repeat(5).slice(0, -1))
  })

  it('take a large message in small frames, and tell of the code a client closes with', async () => {
    const { front, world } = await serve()
    const { socket, closed } = await open(`${front.url}/a`)
    for (let part = 0; part < 4; part++) socket.send('x'.repeat(limits.frame), { fin: part === 3 })
    socket.send('y')
    socket.close(4000, 'why')
    await closed
    await front.idle()
    expect(world.given.slice(1).map(({ payload }) => (payload as { body?: string }).body?.length)).toEqual([
      limits.message,
      1,
      undefined,
    ])
    expect(world.given.at(-1)?.payload).toMatchObject({ requestContext: { disconnectStatusCode: 4000, disconnectReason: 'why' } })
  })

  it('that vanish are known to be gone when the platform is idle', async () => {
    const { front, world } = await serve()
    for (let round = 0; round < 20; round++) {
      const { socket } = await open(`${front.url}/a`)
      socket.send('last words')
      socket.terminate()
      await front.idle()
      expect(world.events.splice(0).filter((event) => event === '-disconnect')).toHaveLength(round + 1)
    }
  })

  it('all end when the front stops', async () => {
    const { front, world } = await serve()
    const { closed } = await open(`${front.url}/a`)
    await fronts.pop()?.stop()
    expect(await closed).toBe(1001)
    await world.platform.idle()
    expect(world.events.at(-1)).toBe('-disconnect')
    expect(await refusal(`${front.url}/a`).catch(String)).toContain('ECONNREFUSED')
  })
})

async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

async function pong(socket: WebSocket): Promise<void> {
  socket.ping()
  await once(socket, 'pong')
}
