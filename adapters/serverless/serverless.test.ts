import { expect, test } from 'vitest'
import {
  createApplication,
  pikkuChannelConnectionFunc,
  pikkuChannelDisconnectionFunc,
  pikkuChannelFunc,
} from '../runtime/index.ts'
import { createServerless } from './index.ts'
import { nothing, World } from './testing/world.ts'

/** A chat: connects with output, joins `t`, publishes, closes; `ended` is what onDisconnect was told. */
function chat(onConnect?: Parameters<typeof pikkuChannelConnectionFunc>[0]) {
  const world = new World()
  const ended: unknown[] = []
  const connected: string[] = []
  world.application.wireChannel({
    name: 'chat',
    route: '/chat',
    auth: false,
    onConnect: pikkuChannelConnectionFunc<unknown, object>(
      onConnect ??
        (async ({ channel }) => {
          connected.push(channel.channelId)
        }),
    ),
    onDisconnect: pikkuChannelDisconnectionFunc(async ({ userSession }, data) => {
      ended.push([(data as { channelId: string }).channelId, await userSession.get()])
    }),
    onMessageWiring: {
      action: {
        join: pikkuChannelFunc(async ({ eventHub, channel }) => eventHub.subscribe('t', channel.channelId)),
        leave: pikkuChannelFunc(async ({ eventHub, channel }) => eventHub.unsubscribe('t', channel.channelId)),
        say: pikkuChannelFunc<{ text: string }, unknown>(async ({ eventHub, channel }, { text }) => {
          await eventHub.publish('t', channel.channelId, { text })
        }),
        session: pikkuChannelFunc<{ name?: string }, unknown>(async ({ userSession }, { name }, session) => {
          if (name !== undefined) await userSession.set({ name } as never)
          return { was: session ?? null }
        }),
        bye: pikkuChannelFunc(async ({ channel }) => {
          void channel.send({ bye: true })
          void channel.close()
          return { unseen: true }
        }),
      },
    },
  })
  return { world, ended, connected }
}

test('a connection lives over fresh processes: opening data, session, subscription, end', async () => {
  const { world, ended } = chat(async ({ channel }) => ({ hello: channel.openingData }))
  expect(await world.connect('a', { room: 'x' })).toBe(200)
  await world.connect('b')
  expect(world.received('a')).toEqual([])
  await world.deliver()
  expect(world.received('a')).toEqual([{ hello: { room: 'x' } }])
  await world.message('a', { action: 'session', name: 'Ada' })
  await world.message('a', { action: 'session' })
  await world.message('a', { action: 'join' })
  await world.message('b', { action: 'say', text: 'hi' })
  expect(world.received('a').slice(1)).toEqual([
    { was: null, action: 'session' },
    { was: { name: 'Ada' }, action: 'session' },
    { action: 'join' },
    { text: 'hi' },
  ])
  await world.disconnect('a')
  await world.disconnect('a')
  await world.disconnect('b')
  expect(ended).toEqual([
    ['a', { name: 'Ada' }],
    ['b', undefined],
  ])
  expect(world.residue()).toEqual(nothing)
})

test('a connect to a route that nobody wired is refused, and the log says so once per event', async () => {
  const world = new World()
  world.application.wireChannel({ name: 'news', route: '/news', auth: false })
  const said = 'channel: a connect was refused: no channel is wired to its route'
  expect(await world.connect('a')).toBe(404)
  expect(world.logged).toEqual([said])
  expect(await world.connect('b')).toBe(404)
  expect(world.logged).toEqual([said, said])
  expect(world.residue()).toEqual(nothing)
})

test('a connect delivered twice runs onConnect once and both answer alike (STATELESS-05)', async () => {
  const { world, connected } = chat()
  await world.connect('a')
  expect((await world.connectEvent('a')).status).toBe(200)
  expect(connected).toEqual(['a'])
  await world.disconnect('a')
  expect((await world.connectEvent('a')).status).toBe(410)
  expect(connected).toEqual(['a'])
  expect(world.residue()).toEqual(nothing)
})

test('a disconnect before its connect refuses it; one during it runs onDisconnect once, after onConnect (STATELESS-17)', async () => {
  const { world, connected, ended } = chat()
  await world.disconnect('early')
  expect(await world.connect('early')).toBe(410)
  expect(connected).toEqual([])

  const during = chat(async ({ channel, eventHub }) => {
    await eventHub.subscribe('t', channel.channelId)
    await during.world.disconnect(channel.channelId)
    expect(during.ended).toEqual([])
  })
  expect(await during.world.connect('a')).toBe(410)
  expect(during.ended).toEqual([['a', undefined]])
  expect([world.residue(), during.world.residue(), ended]).toEqual([nothing, nothing, []])
})

test('an onConnect that throws leaves nothing and answers with its status (LIFE-09)', async () => {
  const { world, ended } = chat(async ({ channel, eventHub }) => {
    await eventHub.subscribe('t', channel.channelId)
    throw new Error('no')
  })
  expect(await world.connect('a')).toBe(500)
  await world.disconnect('a')
  expect([ended, world.residue()]).toEqual([[], nothing])
})

test('close() in a message: what was sent arrives, the return does not, onDisconnect runs (LIFE-14)', async () => {
  const { world, ended } = chat()
  await world.connect('a')
  await world.message('a', { action: 'join' })
  await world.message('a', { action: 'bye' })
  expect(world.received('a')).toEqual([{ action: 'join' }, { bye: true }])
  expect(world.sockets.get('a')?.closed).toBe(true)
  expect(ended).toHaveLength(1)
  expect(world.residue()).toEqual(nothing)
  await world.message('a', { action: 'session' })
  expect(world.received('a')).toHaveLength(2)
})

test('close() in onConnect: its output is delivered, then the socket closes', async () => {
  const { world, ended } = chat(async ({ channel }) => {
    void channel.send('one')
    void channel.close()
  })
  expect(await world.connect('a')).toBe(200)
  await world.deliver()
  expect(world.sockets.get('a')?.received).toEqual(['one'])
  expect(world.sockets.get('a')?.closed).toBe(true)
  expect(ended).toHaveLength(1)
})

test('a publish that meets a gone client removes it, but never one that may still be connecting (STATELESS-06, -08)', async () => {
  const { world, ended } = chat(async ({ channel, eventHub }) => eventHub.subscribe('t', channel.channelId))
  await world.connect('young')
  await world.connect('b')
  await world.message('b', { action: 'leave' })
  const socket = world.sockets.get('young')
  if (socket !== undefined) socket.state = 'gone'
  await world.message('b', { action: 'say', text: '1' })
  expect(ended).toEqual([])
  world.time += 36_000
  await world.message('b', { action: 'say', text: '2' })
  expect(ended).toEqual([['young', undefined]])
  world.posts.length = 0
  await world.message('b', { action: 'say', text: '3' })
  expect(world.posts).toEqual(['b'])
})

test('a message delivers what onConnect left before its handler runs; a dead claim is waited for and its output lost (STATELESS-10)', async () => {
  const { world } = chat(async () => ({ hello: true }))
  await world.connect('a')
  await world.message('a', { action: 'session' })
  await world.deliver()
  expect(world.received('a')).toEqual([{ hello: true }, { was: null, action: 'session' }])

  await world.connect('b')
  // The claimer dies with its first post.
  world.answers.push('throttled')
  const before = world.time
  await world.channels.change('b', { states: ['connected'] }, { claim: { by: 'dead', until: world.time + 10_000 } })
  world.answers.length = 0
  await world.message('b', { action: 'session' })
  expect(world.received('b')).toEqual([{ was: null, action: 'session' }])
  expect(world.time - before).toBeGreaterThan(11_000)
  expect(world.logged).toContain('channel: output of onConnect was lost')
})

test('throttled posts are repeated, unknown ones are not, and neither ends the channel (STATELESS-07)', async () => {
  const { world, ended } = chat()
  await world.connect('a')
  world.answers.push('throttled', 'throttled')
  await world.message('a', { action: 'session' })
  world.answers.push('unknown')
  await world.message('a', { action: 'session' })
  await world.message('a', { action: 'session' })
  expect(world.received('a')).toHaveLength(2)
  expect(ended).toEqual([])
})

test('a sweep removes what has expired, with onDisconnect, and reads nothing that lives (STATELESS-09)', async () => {
  const { world, ended } = chat(async ({ channel, eventHub }) => eventHub.subscribe('t', channel.channelId))
  await world.connect('old')
  world.time += 2 * 3_600_000
  await world.connect('new')
  world.time += 16 * 60_000
  world.counted()
  await world.fresh().sweep()
  expect(world.counted().get).toBe(1)
  expect(ended).toEqual([['old', undefined]])
  await world.fresh().sweep()
  expect(ended).toHaveLength(1)
})

test.each(['channels.add', 'channels.change', 'channels.close', 'channels.schedule'])(
  'an answer lost by %s changes nothing',
  async (name) => {
    const { world, ended, connected } = chat()
    world.repeated = name
    expect(await world.connect('a')).toBe(200)
    world.repeated = name
    await world.message('a', { action: 'join' })
    world.repeated = name
    await world.disconnect('a')
    expect([connected, ended.length, world.residue()]).toEqual([['a'], 1, nothing])
  },
)

test('requests by operation, as the protocol counts them', async () => {
  const { world } = chat()
  const count = async (operation: () => Promise<unknown>) => {
    world.counted()
    await operation()
    return Object.values(world.counted())
  }
  expect(await count(() => world.connect('a'))).toEqual([0, 0, 3])
  expect(await count(() => world.message('a', { action: 'session' }))).toEqual([1, 0, 1])
  expect(await count(() => world.message('a', { action: 'session' }))).toEqual([1, 0, 0])
  expect(await count(() => world.message('a', { action: 'session', name: 'x' }))).toEqual([1, 0, 1])
  expect(await count(() => world.message('a', { action: 'join' }))).toEqual([2, 0, 2])
  expect(await count(() => world.message('a', { action: 'leave' }))).toEqual([1, 0, 1])
  expect(await count(() => world.message('a', { action: 'say', text: '' }))).toEqual([1, 1, 0])
  expect(await count(() => world.disconnect('a'))).toEqual([1, 1, 4])
  expect(await count(() => world.disconnect('a'))).toEqual([1, 1, 0])
})

test('a route with a parameter is refused at the start (ROUTE-11)', () => {
  const application = createApplication()
  application.wireChannel({ name: 'rooms', route: '/rooms/:id', onMessage: pikkuChannelFunc(async () => undefined) })
  expect(() => createServerless({} as never, { application })).toThrow(
    'channel "rooms": route "/rooms/:id" has a parameter, but a serverless platform forwards no path; use the query',
  )
})
