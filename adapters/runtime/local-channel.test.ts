import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ChannelClosedError } from '../../spec/errors.ts'
import { pikkuChannelConnectionFunc, pikkuChannelDisconnectionFunc, pikkuChannelFunc } from './functions.ts'
import { gate, settle, world } from './testing/fixture.ts'

const echo = pikkuChannelFunc({ func: async (_services, data) => data, auth: false })

describe('connecting', () => {
  it('runs onConnect before any message handler and holds what comes meanwhile, in order (LIFE-06, LIFE-07, LIFE-08)', async () => {
    const { wait, open } = gate()
    const { connect } = world({
      onConnect: pikkuChannelConnectionFunc(async ({ channel }) => {
        await wait
        channel.send('sent')
        return 'returned'
      }),
      onMessage: echo,
    })
    const client = await connect()
    await client.send(1)
    await client.send(2)
    expect(client.received()).toEqual([])
    open()
    await settle()
    expect(client.received()).toEqual(['sent', 'returned', 1, 2])
  })

  it('is not over before unawaited publishes are (SEND-08)', async () => {
    const { wait, open } = gate()
    const { connect, hub } = world({
      onConnect: pikkuChannelConnectionFunc(async ({ eventHub }) => void eventHub.publish('t', null, 1)),
      onMessage: echo,
    })
    await hub.register('own', () => wait)
    await hub.subscribe('t', 'own')
    const client = await connect()
    await client.send(1)
    expect(client.received()).toEqual([])
    open()
    await settle()
    expect(client.received()).toEqual([1])
  })

  it('that fails closes with 1011, without a reply or another handler (LIFE-09)', async () => {
    const ran: string[] = []
    const { connect, hub, lines } = world({
      onConnect: pikkuChannelConnectionFunc(async ({ eventHub, channel }) => {
        await eventHub.subscribe('t', channel.channelId)
        throw new Error('no')
      }),
      onDisconnect: pikkuChannelDisconnectionFunc(async () => void ran.push('disconnect')),
      onMessage: echo,
    })
    const client = await connect()
    await client.send(1)
    await client.channel.close()
    expect([client.received(), client.closedWith, ran]).toEqual([[], [1011], []])
    expect(hub.residue()).toEqual({ channels: [], subscriptions: [] })
    expect(lines).toMatchObject([{ level: 'error', details: { channel: 'test', event: 'connect', reason: 'Error: no' } }])
  })

  it('that outlives its client runs no message handler, and onDisconnect once, after it (LIFE-19)', async () => {
    const { wait, open } = gate()
    const ran: string[] = []
    const { connect, hub } = world({
      onConnect: pikkuChannelConnectionFunc(async ({ eventHub, channel }) => {
        await wait
        await eventHub.subscribe('t', channel.channelId)
        ran.push('connect')
      }),
      onDisconnect: pikkuChannelDisconnectionFunc(async () => void ran.push('disconnect')),
      onMessage: pikkuChannelFunc({ func: async () => void ran.push('message'), auth: false }),
    })
    const client = await connect()
    await client.send(1)
    const closed = client.channel.close()
    await settle()
    open()
    await closed
    await client.channel.close()
    expect(ran).toEqual(['connect', 'disconnect'])
    expect(hub.residue()).toEqual({ channels: [], subscriptions: [] })
  })
})

describe('closing', () => {
  it('by the application sends what was sent and not what is returned (LIFE-14, SEND-09)', async () => {
    const states: string[] = []
    let refused: unknown
    const { connect } = world({
      onMessage: pikkuChannelFunc({
        auth: false,
        func: async ({ channel }) => {
          channel.send('before')
          channel.close()
          states.push(channel.state)
          await channel.close()
          refused = await channel.send('after').catch((error: unknown) => error)
          return 'returned'
        },
      }),
      onDisconnect: pikkuChannelDisconnectionFunc(async ({ channel }) => void states.push(channel.state)),
    })
    const client = await connect()
    void client.send(1)
    await client.send(2)
    expect([client.received(), client.closedWith, states]).toEqual([['before'], [1000], ['closed', 'closed']])
    expect(refused).toBeInstanceOf(ChannelClosedError)
  })

  it('in onConnect takes effect once that has settled (LIFE-14)', async () => {
    const { wait, open } = gate()
    const ran: string[] = []
    const { connect } = world({
      onConnect: pikkuChannelConnectionFunc(async ({ channel }) => {
        channel.send('sent')
        channel.close()
        await wait
        return 'returned'
      }),
      onDisconnect: pikkuChannelDisconnectionFunc(async () => void ran.push('disconnect')),
      onMessage: echo,
    })
    const client = await connect()
    await client.send(1)
    expect([client.received(), client.closedWith, ran]).toEqual([['sent'], [], []])
    open()
    await settle()
    expect([client.received(), client.closedWith, ran]).toEqual([['sent'], [1000], ['disconnect']])
  })

  it('waits for the running handler, and drops what is queued behind it (LIFE-11)', async () => {
    const { wait, open } = gate()
    const ran: unknown[] = []
    const { connect } = world({
      onMessage: pikkuChannelFunc({
        auth: false,
        func: async (_services, data) => {
          await wait
          ran.push(data)
        },
      }),
      onDisconnect: pikkuChannelDisconnectionFunc<{ channelId: string; a: string }>(
        async (_services, data) => void ran.push(data),
      ),
    })
    const client = await connect('/?a=b&channelId=c')
    await client.send(1)
    await client.send(2)
    const closed = client.channel.close()
    await settle()
    expect(ran).toEqual([])
    open()
    await closed
    await client.send(3)
    expect(ran).toEqual([1, { a: 'b', channelId: 'channel-1' }])
  })

  it('completes when onDisconnect throws (LIFE-13)', async () => {
    const { connect, hub } = world({
      onDisconnect: pikkuChannelDisconnectionFunc(() => {
        throw new Error('no')
      }),
    })
    const client = await connect()
    await hub.subscribe('t', client.channel.channelId)
    await client.channel.close()
    expect(hub.residue()).toEqual({ channels: [], subscriptions: [] })
  })

  it('is seen when the transport takes no more (SEND-09)', async () => {
    const { connect } = world({ onMessage: pikkuChannelFunc({ auth: false, func: async ({ channel }) => channel.state }) })
    const client = await connect()
    client.channel.registerOnSend(() => false)
    await client.send(1)
    expect(client.channel.state).toBe('closed')
    expect(client.closedWith).toEqual([])
  })
})

describe('deadlines', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('let onDisconnect run past a handler that never settles (LIFE-11)', async () => {
    const ran: string[] = []
    const { connect } = world(
      {
        onMessage: pikkuChannelFunc({ auth: false, func: () => new Promise<void>(() => {}) }),
        onDisconnect: pikkuChannelDisconnectionFunc(async () => void ran.push('disconnect')),
      },
      { handlerDeadline: 500 },
    )
    const client = await connect()
    await client.send(1)
    const closed = client.channel.close()
    vi.advanceTimersByTime(499)
    await settle()
    expect(ran).toEqual([])
    vi.advanceTimersByTime(1)
    await closed
    expect(ran).toEqual(['disconnect'])
  })

  it('do not decide whether a pending onConnect succeeds (LIFE-10)', async () => {
    const { wait, open } = gate()
    const ran: string[] = []
    const { connect } = world(
      {
        onConnect: pikkuChannelConnectionFunc(() => wait),
        onDisconnect: pikkuChannelDisconnectionFunc(async () => void ran.push('disconnect')),
      },
      { handlerDeadline: 500 },
    )
    const client = await connect()
    const closed = client.channel.close()
    vi.advanceTimersByTime(1000)
    await settle()
    expect(ran).toEqual([])
    open()
    await closed
    expect(ran).toEqual(['disconnect'])
  })
})

describe('stopping (LIFE-18)', () => {
  it('lets the running handler settle and starts no other', async () => {
    const { wait, open } = gate()
    const { connect } = world({
      onMessage: pikkuChannelFunc({
        auth: false,
        func: async (_services, data) => {
          await wait
          return data
        },
      }),
    })
    const client = await connect()
    await client.send(1)
    await client.send(2)
    client.channel.drain()
    await client.send(3)
    expect(client.closedWith).toEqual([])
    open()
    await settle()
    expect([client.received(), client.closedWith]).toEqual([[1], [1001]])
  })

  it('waits no longer when abandoned', async () => {
    const ran: string[] = []
    const { connect } = world({
      onMessage: pikkuChannelFunc({ auth: false, func: () => new Promise<void>(() => {}) }),
      onDisconnect: pikkuChannelDisconnectionFunc(async () => void ran.push('disconnect')),
    })
    const client = await connect()
    await client.send(1)
    client.channel.drain()
    client.channel.abandon()
    await client.channel.close()
    expect([client.closedWith, ran]).toEqual([[1001], ['disconnect']])
  })
})

it('a channel outlives the handler that was given it (LIFE-21)', async () => {
  let late: (() => Promise<void>) | undefined
  const { connect } = world({
    onMessage: pikkuChannelFunc({
      auth: false,
      func: async ({ channel, eventHub }) => {
        await eventHub.subscribe('t', channel.channelId)
        late = async () => {
          await channel.send('sent')
          await eventHub.publish('t', null, 'published')
          await channel.close()
        }
      },
    }),
  })
  const client = await connect()
  await client.send(1)
  await late?.()
  expect([client.received(), client.closedWith]).toEqual([['sent', 'published'], [1000]])
})
