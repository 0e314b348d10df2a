import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { pikkuChannelDisconnectionFunc, pikkuChannelFunc } from '../runtime/index.ts'
import { connect, rawConnect, refusalOf } from './testing/client.ts'
import { echo, serve, signal, stopServers } from './testing/serve.ts'

afterEach(stopServers)

describe('stopping (LIFE-18)', () => {
  it('lets handlers settle, delivers their replies, closes with 1001 and runs onDisconnect', async () => {
    const started = signal()
    const release = signal()
    const ran: string[] = []
    const server = await serve((wireChannel) =>
      wireChannel({
        name: 'slow',
        route: '/',
        onDisconnect: pikkuChannelDisconnectionFunc(async () => void ran.push('disconnect')),
        onMessage: pikkuChannelFunc({
          auth: false,
          func: async () => {
            started.give()
            await release.given
            return 'reply'
          },
        }),
      }),
    )
    const client = await connect(server.url)
    client.send('x')
    await started.given
    const stopped = server.stop().then(() => ran.push('stopped'))
    expect(await refusalOf(server.url)).not.toBe(101)
    release.give()
    expect(await client.next()).toBe('reply')
    expect(await client.closed).toBe(1001)
    await stopped
    expect(ran).toEqual(['disconnect', 'stopped'])
    expect(server.residue()).toEqual({ channels: [], subscriptions: [] })
  })

  it('waits no longer than its deadline for handlers and for clients that do not answer', async () => {
    const ran: string[] = []
    const server = await serve(
      (wireChannel) =>
        wireChannel({
          name: 'stuck',
          route: '/',
          onDisconnect: pikkuChannelDisconnectionFunc(async () => void ran.push('disconnect')),
          onMessage: pikkuChannelFunc({ auth: false, func: () => new Promise<void>(() => {}) }),
        }),
      { stopDeadline: 20 },
    )
    const client = await connect(server.url)
    client.send('x')
    const { socket: silent } = await rawConnect(server.port, '/')
    await server.stop()
    expect(await client.closed).toBe(1001)
    expect(ran).toEqual(['disconnect', 'disconnect'])
    silent.destroy()
  })

  it('refuses handshakes that wait for a schema', async () => {
    const asked = signal()
    const openingData = z.object({}).refine(() => {
      asked.give()
      return new Promise<boolean>(() => {})
    })
    const server = await serve((wireChannel) => wireChannel({ name: 'slow', route: '/', openingData, onMessage: echo }))
    const refused = refusalOf(server.url)
    await asked.given
    await server.stop()
    expect(await refused).toBe(503)
  })
})
