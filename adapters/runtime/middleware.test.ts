import { describe, expect, it } from 'vitest'
import { pikkuChannelConnectionFunc, pikkuChannelDisconnectionFunc, pikkuChannelFunc } from './functions.ts'
import { gate, settle, world } from './testing/fixture.ts'
import type { Middleware } from './wiring.ts'

const failing = pikkuChannelFunc(async () => {
  throw new Error('no')
})

describe('middleware (AUTH-13)', () => {
  it('runs outermost first around every event that has a handler, and once', async () => {
    const seen: string[] = []
    const noting =
      (name: string): Middleware =>
      async (_services, { kind, action }, next) => {
        seen.push(`${name} before ${kind} ${action ?? ''}`.trim())
        const result = await next()
        seen.push(`${name} after ${kind}`)
        return result
      }
    const { connect } = world({
      auth: false,
      middleware: [noting('outer'), noting('inner')],
      onConnect: pikkuChannelConnectionFunc(async () => 'connected'),
      onDisconnect: pikkuChannelDisconnectionFunc(async () => {}),
      onMessageWiring: { action: { a: pikkuChannelFunc(async () => 1) } },
    })
    const client = await connect()
    await client.send({ action: 'a' })
    await client.send('no handler')
    await client.channel.close()
    expect(seen).toEqual(
      ['connect', 'message a', 'disconnect'].flatMap((event) => {
        const kind = event.split(' ')[0]
        return [`outer before ${event}`, `inner before ${event}`, `inner after ${kind}`, `outer after ${kind}`]
      }),
    )
    expect(client.received().slice(0, 2)).toEqual(['connected', { action: 'a', result: 1 }])
  })

  it('may set the session, since it runs before authorisation', async () => {
    const { connect } = world({
      middleware: [
        async ({ userSession }, _event, next) => {
          await userSession.set({ by: 'middleware' })
          return next()
        },
      ],
      onMessage: pikkuChannelFunc(async (_services, _data, session) => session),
    })
    const client = await connect()
    await client.send('x')
    expect(client.received()).toEqual([{ by: 'middleware' }])
  })

  it('sees what is thrown, the refusal included, and may answer instead', async () => {
    const { connect } = world({
      middleware: [(_services, _event, next) => next().catch((error: unknown) => (error as Error).name)],
      onMessage: pikkuChannelFunc(async () => 1),
      onMessageWiring: { action: { fail: { func: failing, auth: false } } },
    })
    const client = await connect()
    await client.send('x')
    await client.send({ action: 'fail' })
    expect(client.received()).toEqual(['UnauthorizedError', { action: 'fail', result: 'Error' }])
  })

  it('that does not call next runs no handler', async () => {
    const { connect } = world({ middleware: [() => 'instead'], onMessage: failing })
    const client = await connect()
    await client.send('x')
    expect(client.received()).toEqual(['instead'])
  })

  it('calls next once (AUTH-14)', async () => {
    let ran = 0
    const { connect } = world({
      auth: false,
      middleware: [
        async (_services, _event, next) => [await next(), await next().catch((error: unknown) => (error as Error).message)],
      ],
      onMessage: pikkuChannelFunc(async () => ++ran),
    })
    const client = await connect()
    await client.send('x')
    expect(client.received()).toEqual([[1, 'next() was called twice in one event']])
    expect(ran).toBe(1)
  })

  it('that does not await next still ends with its handler, whose error harms nobody', async () => {
    const { wait, open } = gate()
    const order: unknown[] = []
    const { connect } = world({
      auth: false,
      middleware: [(_services, _event, next) => void next()],
      onMessage: pikkuChannelFunc(async (_services, data) => {
        if (data === 1) await wait
        order.push(data)
        throw new Error('nobody awaits this')
      }),
    })
    const client = await connect()
    await client.send(1)
    await client.send(2)
    expect(order).toEqual([])
    open()
    await settle()
    expect(order).toEqual([1, 2])
  })

  it('cannot call next once its event is over', async () => {
    let late: (() => Promise<unknown>) | undefined
    const { connect } = world({
      auth: false,
      middleware: [
        (_services, _event, next) => {
          late = next
        },
      ],
      onMessage: failing,
    })
    const client = await connect()
    await client.send(1)
    await expect(late?.()).rejects.toThrow('over')
  })
})
