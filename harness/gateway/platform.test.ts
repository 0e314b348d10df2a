import { describe, expect, it } from 'vitest'
import { limits } from './limits.ts'
import { FakeClient, signal, World } from './testing/world.ts'

describe('connect', () => {
  it("answers with the handler's status and sub-protocol", async () => {
    const world = new World(({ endpoint }) => ({
      outcome: 'ok',
      status: endpoint ? 200 : 500,
      headers: { 'Sec-WebSocket-Protocol': 'x' },
    }))
    const { client, status } = await world.connect()
    expect([status, client.seen]).toEqual([200, ['open x']])
    world.behave = () => ({ outcome: 'ok', status: 403 })
    expect((await world.connect('c1')).status).toBe(403)
    expect(world.events).toEqual(['+connect', '-connect', '+connect', '-connect'])
  })

  it('is refused where no API serves the route, and where its handler fails or answers nonsense', async () => {
    const world = new World()
    expect(await world.platform.connect({ route: '/c', query: '', client: new FakeClient() })).toEqual({ status: 404 })
    expect(world.given).toEqual([])
    world.behave = () => Promise.reject(new Error('no'))
    expect((await world.connect()).status).toBe(502)
    world.behave = () => ({ outcome: 'ok', status: 99 })
    expect((await world.connect()).status).toBe(502)
    expect(world.events).toEqual(['+connect', '-connect failed', '+connect', '-connect'])
  })

  it('keeps messages away, and answers posts and closes 410, until it has returned', async () => {
    const { given, give } = signal()
    const world = new World(({ event }) => (event === 'connect' ? given.then(() => undefined) : undefined))
    const client = new FakeClient()
    const connecting = world.connect('c0', '/a', client)
    const id = world.channelOf('c0')
    world.platform.receive(client, 'early')
    expect([world.post(id, 'x'), world.post(id)]).toEqual([410, 410])
    give()
    await connecting
    expect([world.post(id, 'x'), world.post(id), world.post(id, 'y'), world.post(id)]).toEqual([200, 204, 410, 410])
    expect(client.seen).toEqual(['open', 'x', 'close 1000'])
    await world.platform.idle()
    expect(world.events).toEqual(['+connect', '-connect', '+disconnect', '-disconnect'])
  })

  it('of a client that leaves meanwhile is followed by its disconnect, if it succeeded', async () => {
    for (const status of [200, 500]) {
      const { given, give } = signal()
      const world = new World(() => given.then(() => ({ outcome: 'ok', status })))
      const client = new FakeClient()
      const connecting = world.connect('c0', '/a', client)
      world.platform.left(client)
      give()
      expect((await connecting).status).toBe(status === 200 ? 0 : 500)
      await world.platform.idle()
      expect(client.seen).toEqual([])
      expect(world.events).toEqual(['+connect', '-connect', ...(status === 200 ? ['+disconnect', '-disconnect'] : [])])
    }
  })

  it('that takes too long is refused with 504, whatever it answers later', async () => {
    const { given, give } = signal()
    const world = new World(() => given.then(() => undefined))
    const connecting = world.connect()
    await world.platform.command({ do: 'advance', milliseconds: limits.integration + 1 })
    expect((await connecting).status).toBe(504)
    const idle = world.platform.idle()
    expect(world.events).toEqual(['+connect'])
    give()
    await idle
    expect(world.events).toEqual(['+connect', '-connect'])
  })

  it('gives ids that are unique per API only', async () => {
    const world = new World()
    const [a, b, again] = [await world.connect('c0', '/a'), await world.connect('c1', '/b'), await world.connect('c2', '/a')]
    const at = (id: string) => world.platform.addressOf(id)
    expect(at(a.channelId)?.connectionId).toBe(at(b.channelId)?.connectionId)
    expect(at(a.channelId)?.connectionId).not.toBe(at(again.channelId)?.connectionId)
    expect(at(a.channelId)?.endpoint).not.toBe(at(b.channelId)?.endpoint)
    const other = new World(undefined, { seed: 'other' })
    const { channelId } = await other.connect()
    expect(other.platform.addressOf(channelId)?.connectionId).not.toBe(at(a.channelId)?.connectionId)
  })
})

describe('messages', () => {
  it('are invocations of their own, at once and side by side', async () => {
    const { given, give } = signal()
    const world = new World(({ event }) => (event === 'message' ? given.then(() => undefined) : undefined))
    const { client } = await world.connect()
    world.platform.receive(client, 'one')
    world.platform.receive(client, 'two')
    expect(world.given.slice(1).map(({ payload }) => (payload as { body: string }).body)).toEqual(['one', 'two'])
    give()
    await world.platform.idle()
    expect(world.events).toEqual(['+connect', '-connect', '+message', '+message', '-message', '-message'])
    expect(client.seen).toEqual(['open'])
  })

  it("that fail are answered with the platform's own message; a body of theirs is not sent", async () => {
    const world = new World()
    const { client } = await world.connect()
    for (const behave of [
      () => Promise.reject(new Error('no')),
      () => ({ outcome: 'ok' as const, status: 400 }),
      () => ({ outcome: 'ok' as const, status: 200, body: 'mine' }),
    ]) {
      world.behave = behave
      world.platform.receive(client, 'x')
      await world.platform.idle()
    }
    expect(client.seen.slice(1).map((text) => Object.keys(JSON.parse(text)))).toEqual([
      ['message', 'connectionId', 'requestId'],
      ['message', 'connectionId', 'requestId'],
    ])
    expect(world.trace.filter((event) => event.kind === 'returned' && event.body)).toHaveLength(1)
  })

  it('that fail behind their client are answered to nobody', async () => {
    const { given, give } = signal()
    const world = new World(({ event }) => (event === 'message' ? given.then(() => ({ outcome: 'failed' })) : undefined))
    const { client } = await world.connect()
    world.platform.receive(client, 'x')
    world.platform.left(client)
    give()
    await world.platform.idle()
    expect(client.seen).toEqual(['open'])
  })

  it('that are too large, come in too large a frame, or are bytes end their connection', async () => {
    const text = 'é'.repeat(limits.frame / 2)
    const world = new World()
    const tries: [string | Uint8Array, number | undefined, string | undefined][] = [
      [text, undefined, undefined],
      [`${text}x`, undefined, 'close 1009'],
      [`${text}x`, 100, undefined],
      ['x'.repeat(limits.message + 1), 100, 'close 1009'],
      [new Uint8Array(1), undefined, 'close 1003'],
    ]
    for (const [data, frame, close] of tries) {
      const { client } = await world.connect()
      world.platform.receive(client, data, frame)
      world.platform.left(client)
      expect(client.seen[1]).toBe(close)
    }
    await world.platform.idle()
    expect(world.events.filter((event) => event === '+message')).toHaveLength(2)
    expect(world.events.filter((event) => event === '+disconnect')).toHaveLength(tries.length)
  })
})

describe('time', () => {
  it('closes idle connections after 10 minutes and all after 2 hours', async () => {
    const world = new World()
    const { client: idle } = await world.connect('c0')
    const { client: busy, channelId } = await world.connect('c1')
    const minutes = (count: number) => world.platform.command({ do: 'advance', milliseconds: count * 60_000 })
    await minutes(9)
    world.post(channelId, 'x')
    await minutes(1)
    expect([idle.seen, busy.seen]).toEqual([
      ['open', 'close 1001'],
      ['open', 'x'],
    ])
    for (let passed = 10; passed < 120; passed += 5) {
      expect(busy.seen).not.toContain('close 1001')
      world.platform.receive(busy, 'x')
      await minutes(5)
    }
    expect(busy.seen).toContain('close 1001')
    expect(world.events.filter((event) => event === '-disconnect')).toHaveLength(2)
  })
})

describe('idle', () => {
  it('waits for what invocations cause: deferred work, and disconnects after closes', async () => {
    const world = new World(async ({ event, channelId = '' }) => {
      if (event === 'message') await world.platform.defer(channelId)
      if (event === 'deliver') world.post(channelId)
      return undefined
    })
    const { client } = await world.connect()
    world.platform.receive(client, 'x')
    await world.platform.idle()
    const all = ['+deliver', '+disconnect', '+message', '-deliver', '-disconnect', '-message']
    expect(world.events.slice(2).toSorted()).toEqual(all)
  })
})
