import { describe, expect, it } from 'vitest'
import { type FakeSocket, fakeHub, gate, recordingLogger } from './testing/fixture.ts'

function hubOf(...ids: string[]) {
  const { logger, lines } = recordingLogger()
  const hub = fakeHub(logger)
  const sockets = ids.map((id): FakeSocket => {
    const socket = { sent: [], closedWith: [] }
    hub.onChannelOpened(id, socket)
    return socket
  })
  return { hub, lines, sent: () => sockets.map(({ sent }) => sent) }
}

describe('subscriptions', () => {
  it('are single, exact and end with an unsubscribe (SUB-02, SUB-03, SUB-04)', async () => {
    const { hub, sent } = hubOf('a', 'b')
    for (const topic of ['t', 't', '', 'T']) await hub.subscribe(topic, 'a')
    await hub.unsubscribe('t', 'b')
    await hub.publish('t', null, 1)
    await hub.unsubscribe('t', 'a')
    await hub.publish('t', null, 2)
    await hub.publish('', null, 3)
    expect(sent()).toEqual([['1', '3'], []])
    expect(hub.residue().subscriptions).toEqual([['', 'a'], ['T', 'a']]) // biome-ignore format: one line
  })

  it('end with the channel and cannot come after it (SUB-06, SUB-07, SUB-10, SUB-12)', async () => {
    const { hub, sent } = hubOf('a')
    await hub.subscribe('t', 'a')
    hub.onChannelClosed('a')
    hub.onChannelClosed('a')
    await hub.subscribe('t', 'a')
    await hub.subscribe('t', 'nobody')
    await hub.publish('t', null, 1)
    expect(sent()).toEqual([[]])
    expect(hub.residue()).toEqual({ channels: [], subscriptions: [] })
  })

  it.each(['x'.repeat(257), '\u20ac'.repeat(86), '\ud800', 5 as never, undefined as never])(
    'take no topic like %j (SUB-05)',
    async (topic) => {
      const { hub } = hubOf('a')
      for (const call of [hub.subscribe(topic, 'a'), hub.unsubscribe(topic, 'a'), hub.publish(topic, null, 1)]) {
        await expect(call).rejects.toThrow(TypeError)
      }
      expect(hub.residue().subscriptions).toEqual([])
    },
  )

  it.each(['', 'x'.repeat(256), '\u20ac'.repeat(85), '*', 'a/b', '\0', '__proto__', '\u00e9', 'e\u0301'])(
    'take the topic %j',
    async (topic) => {
      const { hub, sent } = hubOf('a')
      await hub.subscribe(topic, 'a')
      await hub.publish(topic, null, 1)
      expect(sent()).toEqual([['1']])
    },
  )
})

describe('publishing', () => {
  it('reaches every subscriber but the one excluded (PUB-01 to PUB-04, PUB-11)', async () => {
    const { hub, sent } = hubOf('a', 'b', 'c')
    for (const id of ['a', 'b']) await hub.subscribe('t', id)
    for (const excluded of [null, 'a', 'c', 'nobody', '']) await hub.publish('t', excluded, `not ${excluded}`)
    await hub.publish('nothing', null, 1)
    const others = ['not c', 'not nobody', 'not ']
    expect(sent()).toEqual([['not null', ...others], ['not null', 'not a', ...others], []])
  })

  it('refuses what cannot be encoded, and says so when nobody awaits it (PUB-08, SEND-11)', async () => {
    const { hub, lines } = hubOf('a')
    await hub.subscribe('t', 'a')
    void hub.publish('t', null, 1n)
    await expect(hub.publish('t', null, undefined)).rejects.toThrow(TypeError)
    expect(lines.map(({ message }) => message)).toEqual(['hub: publish refused', 'hub: publish refused'])
  })
})

describe('subscribers of the application (SUB-11)', () => {
  it('receive, are excluded and end as channels do', async () => {
    const { hub } = hubOf('a')
    const received: unknown[] = []
    const own = await hub.register('own', (encoded) => void received.push(encoded))
    await expect(hub.register('own', () => {})).rejects.toThrow('in use')
    await expect(hub.register('a', () => {})).rejects.toThrow('in use')
    await hub.subscribe('t', 'own')
    await hub.publish('t', null, { n: 1 })
    await hub.publish('t', 'own', 2)
    await own.close()
    await hub.publish('t', null, 3)
    const next = await hub.register('own', (encoded) => void received.push(encoded))
    await own.close()
    await hub.subscribe('t', 'own')
    await hub.publish('t', null, 4)
    await next.close()
    expect(received).toEqual(['{"n":1}', '4'])
    expect(hub.residue()).toEqual({ channels: ['a'], subscriptions: [] })
  })

  it('harm no other by throwing, rejecting or changing the bytes', async () => {
    const { hub, sent, lines } = hubOf('a')
    const received: unknown[] = []
    const receivers = [
      () => {
        throw new Error('throws')
      },
      () => Promise.reject(new Error('rejects')),
      (encoded: string | Uint8Array) => void (encoded as Uint8Array).fill(0),
      (encoded: string | Uint8Array) => void received.push(encoded),
    ]
    for (const [index, receive] of receivers.entries()) {
      await hub.register(`${index}`, receive)
      await hub.subscribe('t', `${index}`)
    }
    await hub.subscribe('t', 'a')
    await hub.publish('t', null, new Uint8Array([1, 2]))
    expect([sent(), received]).toEqual([[[new Uint8Array([1, 2])]], [new Uint8Array([1, 2])]])
    expect(lines.map(({ details }) => details.subscriber)).toEqual(['0', '1'])
  })

  it('hold a publish up until they have accepted', async () => {
    const { hub } = hubOf()
    const { wait, open } = gate()
    await hub.register('own', () => wait)
    await hub.subscribe('t', 'own')
    let published = false
    const publishing = hub.publish('t', null, 1).then(() => {
      published = true
    })
    await Promise.resolve()
    expect(published).toBe(false)
    open()
    await publishing
  })
})
