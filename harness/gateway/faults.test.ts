import { describe, expect, it } from 'vitest'
import type { ConnectionFaults, PostFault } from '../../spec/platform.ts'
import { FakeClient, signal, World } from './testing/world.ts'

async function faulty(faults: ConnectionFaults, ...rest: ConstructorParameters<typeof World>): Promise<World> {
  const world = new World(...rest)
  await world.platform.command({ do: 'faults', conn: 'c0', faults })
  return world
}

describe('a disconnect', () => {
  const run = async (disconnect: NonNullable<ConnectionFaults['disconnect']>): Promise<World> => {
    const world = await faulty({ disconnect })
    const { client } = await world.connect()
    world.platform.left(client)
    await world.platform.idle()
    return world
  }

  it('is lost, comes twice, or again', async () => {
    const connect = ['+connect', '-connect']
    expect((await run('lost')).events).toEqual(connect)
    expect((await run('twice')).events.slice(2)).toEqual(['+disconnect', '+disconnect again', '-disconnect', '-disconnect'])
    expect((await run('again')).events.slice(2)).toEqual(['+disconnect', '-disconnect', '+disconnect again', '-disconnect'])
  })

  it('is late until it is released', async () => {
    const world = await run('late')
    expect(world.events).toHaveLength(2)
    await world.platform.command({ do: 'release', conn: 'c0' })
    expect(world.events.slice(2)).toEqual(['+disconnect', '-disconnect'])
    await world.platform.command({ do: 'release', conn: 'c0' })
    expect(world.events).toHaveLength(4)
  })

  it('comes before its connect, which then leads to no connection', async () => {
    const world = await run('early')
    expect(world.events).toEqual(['+disconnect', '-disconnect', '+connect', '-connect'])
  })

  it('overtakes its connect at its end at the latest', async () => {
    const world = await run('overtaking')
    expect(world.events).toEqual(['+connect', '+disconnect', '-connect', '-disconnect'])
    expect(world.post(world.channelOf('c0'), 'x')).toBe(410)
  })

  it('overtakes its connect behind one of its first three requests, the same one each time', async () => {
    const found = new Set<string>()
    for (let step = 0; step < 12; step++) {
      const runs = await Promise.all(
        [1, 2].map(async () => {
          const world = new World(async ({ event }, guard) => {
            for (let request = 1; event === 'connect' && request <= 4; request++)
              await guard.request(`${request}`, async () => log.push(request))
            if (event === 'disconnect') log.push(0)
            return undefined
          })
          const log: number[] = []
          await world.platform.command({ do: 'faults', conn: `c${step}`, faults: { disconnect: 'overtaking' } })
          expect((await world.connect(`c${step}`)).status).toBe(0)
          return log.join('')
        }),
      )
      expect(runs[0]).toBe(runs[1])
      found.add(runs[0] as string)
    }
    expect([...found].toSorted()).toEqual(['10234', '12034', '12304'])
  })

  it('overtakes its connect when its client leaves, or on request', async () => {
    for (const how of ['left', 'release']) {
      const { given, give } = signal()
      const world = await faulty({ disconnect: 'overtaking' }, ({ event }) =>
        event === 'connect' ? given.then(() => undefined) : undefined,
      )
      const client = new FakeClient()
      const connecting = world.connect('c0', '/a', client)
      if (how === 'left') world.platform.left(client)
      else await world.platform.command({ do: 'release', conn: 'c0' })
      await Promise.resolve()
      expect(world.events.slice(0, 2)).toEqual(['+connect', '+disconnect'])
      give()
      expect((await connecting).status).toBe(0)
      await world.platform.idle()
      expect(world.events.filter((event) => event === '+disconnect')).toHaveLength(1)
    }
  })
})

it('faults are those of the next connection of their name alone', async () => {
  const world = await faulty({ connect: 'again' })
  await world.platform.command({ do: 'faults', conn: 'c0', faults: { disconnect: 'lost' } })
  await world.connect('c1')
  expect(world.events.splice(0)).toHaveLength(2)
  world.trace.length = 0
  for (const _ of [1, 2]) {
    const { client } = await world.connect('c0')
    world.platform.left(client)
    await world.platform.idle()
  }
  const first = ['+connect', '-connect', '+connect again', '-connect']
  expect(world.events).toEqual([...first, '+connect', '-connect', '+disconnect', '-disconnect'])
})

describe('a connect', () => {
  it('comes twice, or again, with the same event; the client is told what the first answers', async () => {
    for (const connect of ['twice', 'again'] as const) {
      const world = await faulty({ connect }, ({ repeat }) => ({ outcome: 'ok', status: repeat ? 500 : 200 }))
      expect((await world.connect()).status).toBe(200)
      await world.platform.idle()
      const expected = {
        twice: ['+connect', '+connect again', '-connect', '-connect'],
        again: ['+connect', '-connect', '+connect again', '-connect'],
      }
      expect(world.events).toEqual(expected[connect])
      expect(world.given[0]?.payload).toBe(world.given[1]?.payload)
    }
  })
})

describe('deferred work', () => {
  it('comes twice, again, or late', async () => {
    for (const [deliver, expected] of [
      ['twice', ['+deliver', '+deliver again', '-deliver', '-deliver']],
      ['again', ['+deliver', '-deliver', '+deliver again', '-deliver']],
      ['late', []],
    ] as const) {
      const world = await faulty({ deliver })
      const { channelId } = await world.connect()
      await world.platform.defer(channelId)
      await world.platform.idle()
      expect(world.events.slice(2)).toEqual(expected)
      await world.platform.command({ do: 'release', conn: 'c0' })
      expect(world.events.slice(2)).toEqual(deliver === 'late' ? ['+deliver', '-deliver'] : expected)
    }
  })

  it('that fails comes once more, and for a channel nobody knows it comes too', async () => {
    const world = new World(() => Promise.reject(new Error('no')))
    await world.platform.defer('unknown')
    await world.platform.idle()
    expect(world.events).toEqual(['+deliver', '-deliver failed', '+deliver again', '-deliver failed'])
    expect(world.given[0]?.payload).toEqual({ deliver: 'unknown' })
  })
})

describe('a repetition', () => {
  it('is of the last event of its kind, and of none where none has come', async () => {
    const world = new World()
    const { client, channelId } = await world.connect()
    const repeat = (event: 'connect' | 'message' | 'disconnect' | 'deliver') =>
      world.platform.command({ do: 'repeat', conn: 'c0', event })
    for (const event of ['message', 'disconnect', 'deliver'] as const) await repeat(event)
    expect(world.given).toHaveLength(1)
    world.platform.receive(client, 'one')
    world.platform.receive(client, 'two')
    await world.platform.defer(channelId)
    world.platform.left(client)
    await world.platform.idle()
    for (const event of ['connect', 'message', 'disconnect', 'deliver'] as const) await repeat(event)
    const again = world.given.filter(({ repeat }) => repeat)
    expect(again.map(({ event }) => event)).toEqual(['connect', 'message', 'disconnect', 'deliver'])
    expect(again[1]?.payload).toMatchObject({ body: 'two' })
    await world.platform.command({ do: 'repeat', conn: 'nobody', event: 'connect' })
  })
})

describe('posts and closes', () => {
  it('are answered as asked, one after another, and then as they are', async () => {
    const posts: (PostFault | null)[] = [
      'gone',
      null,
      'gone late',
      'throttled',
      'too large',
      'forbidden',
      'failed',
      'failed late',
      'refused',
    ]
    const world = await faulty({ posts })
    const { client, channelId } = await world.connect()
    const statuses = [...posts, null].map((_, index) => world.post(channelId, `${index}`))
    expect(statuses).toEqual([410, 200, 410, 429, 413, 403, 500, 500, 0, 200])
    expect(client.seen).toEqual(['open', '1', '2', '7', '9'])
    const posted = world.trace.flatMap((event) => (event.kind === 'posted' ? [event.delivered] : []))
    expect(posted).toEqual([false, true, true, false, false, false, false, true, false, true])
  })

  it('close although they fail', async () => {
    const world = await faulty({ posts: ['failed', 'failed late'] })
    const { client, channelId } = await world.connect()
    expect([world.post(channelId), world.post(channelId), world.post(channelId)]).toEqual([500, 500, 410])
    expect(client.seen).toEqual(['open', 'close 1000'])
  })

  it('of another endpoint reach another connection or none, and of no API are refused', async () => {
    const world = new World()
    const [a, b] = [await world.connect('c0', '/a'), await world.connect('c1', '/b')]
    const second = await world.connect('c2', '/a')
    const { management } = world.platform
    const endpoint = world.platform.addressOf(b.channelId)?.endpoint as string
    const idOf = (id: string) => world.platform.addressOf(id)?.connectionId as string
    expect(management.post(idOf(a.channelId), endpoint, 'x', { channelId: a.channelId, invocation: 7 })).toBe(200)
    expect(management.post(idOf(second.channelId), endpoint, 'x')).toBe(410)
    expect(management.post(idOf(a.channelId), 'https://elsewhere', 'x')).toBe(403)
    expect([a.client.seen, b.client.seen]).toEqual([['open'], ['open', 'x']])
    const first = world.trace.find((event) => event.kind === 'post')
    expect(first).toMatchObject({ channelId: a.channelId, endpoint, data: { text: 'x' }, invocation: 7 })
    expect(management.status(idOf(a.channelId), endpoint).status).toBe(200)
    expect(management.status('none', endpoint).status).toBe(410)
    expect(management.status('none', 'https://elsewhere').status).toBe(403)
  })

  it('to a client that is leaving find it gone', async () => {
    const world = new World()
    const { client, channelId } = await world.connect()
    client.leaving = true
    expect(world.post(channelId, 'x')).toBe(410)
    expect(world.trace.at(-1)).toMatchObject({ kind: 'posted', delivered: false })
    expect(world.events).toHaveLength(2)
  })

  it('over 128 KB are too large', async () => {
    const world = new World()
    const { channelId } = await world.connect()
    expect([world.post(channelId, 'é'.repeat(65_536)), world.post(channelId, 'é'.repeat(65_537))]).toEqual([200, 413])
  })
})

describe('an invocation that is killed', () => {
  const requests =
    (log: string[]) =>
    async (
      { event }: { event: string },
      guard: { request: (name: string, make: () => Promise<unknown>) => Promise<unknown> },
    ) => {
      for (const request of [1, 2, 3]) {
        await guard.request('put', async () => log.push(`${event} makes ${request}`))
        log.push(`${event} sees ${request}`)
      }
      return undefined
    }

  it('ends before or after its nth request; the first for that event only', async () => {
    for (const [when, last] of [
      ['before', 'message sees 1'],
      ['after', 'message makes 2'],
    ] as const) {
      const log: string[] = []
      const world = await faulty({ kill: { event: 'message', request: 2, when } }, requests(log))
      const { client } = await world.connect()
      log.length = 0
      world.platform.receive(client, 'x')
      await world.platform.idle()
      expect(log.at(-1)).toBe(last)
      expect(client.seen).toHaveLength(2)
      world.platform.receive(client, 'x')
      await world.platform.idle()
      expect(log.at(-1)).toBe('message sees 3')
      expect(world.events.slice(2)).toEqual(['+message', '-message killed', '+message', '-message'])
    }
  })

  it('refuses its client if it is a connect, and comes once more if it is deferred', async () => {
    const connect = await faulty({ kill: { event: 'connect', request: 1, when: 'before' } }, requests([]))
    expect((await connect.connect()).status).toBe(502)
    const deliver = await faulty({ kill: { event: 'deliver', request: 1, when: 'after' } }, requests([]))
    await deliver.platform.defer((await deliver.connect()).channelId)
    await deliver.platform.idle()
    expect(deliver.events.slice(2)).toEqual(['+deliver', '-deliver killed', '+deliver again', '-deliver'])
  })

  it('does not come again if it is a disconnect or a sweep', async () => {
    const world = await faulty({ kill: { event: 'sweep', request: 1, when: 'after' } }, requests([]))
    await world.connect()
    for (const _ of [1, 2]) await world.platform.command({ do: 'sweep' })
    expect(world.events.slice(2)).toEqual(['+sweep', '-sweep killed', '+sweep', '-sweep'])
  })
})

it('store faults are given to the stores, or refused where there are none to give them to', async () => {
  const asked: unknown[] = []
  const command = { do: 'stores', fault: 'partial', times: 2 } as const
  await new World(undefined, { stores: (...args) => void asked.push(args) }).platform.command(command)
  expect(asked).toEqual([['partial', 2]])
  await expect(new World().platform.command(command)).rejects.toThrow('cannot be made to fail')
})
