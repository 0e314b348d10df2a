import { expect, it } from 'vitest'
import { pikkuChannelConnectionFunc, pikkuChannelDisconnectionFunc, pikkuChannelFunc } from './functions.ts'
import { world } from './testing/fixture.ts'

it('services are made once per event and disposed of when it has settled (LIFE-24)', async () => {
  const events: string[] = []
  const note = (name: string) => () => void events.push(name)
  const database = { close: note('the singleton is closed') }
  const { connect } = world(
    {
      auth: false,
      onConnect: pikkuChannelConnectionFunc(note('connect')),
      onDisconnect: pikkuChannelDisconnectionFunc(note('disconnect')),
      onMessage: pikkuChannelFunc(async ({ userSession }, data) => {
        events.push('message')
        if (data === 'throw') throw new Error('no')
        await userSession.set({ user: 'u' })
      }),
    },
    {
      singletons: { database },
      createSessionServices: async (singletons, { kind, channelId, session }) => {
        events.push(`make ${kind} ${channelId} ${JSON.stringify(session)}`)
        return {
          ...singletons,
          first: {
            [Symbol.asyncDispose]: async () => note('asyncDispose')(),
            dispose: note('not this'),
            close: note('nor this'),
          },
          second: { dispose: note('dispose'), close: note('not this') },
          third: { close: note('close') },
        }
      },
    },
  )
  const client = await connect()
  await client.send('x')
  await client.send('throw')
  await client.channel.close()
  const disposed = ['close', 'dispose', 'asyncDispose']
  expect(events).toEqual([
    'make connect channel-1 undefined',
    'connect',
    ...disposed,
    'make message channel-1 undefined',
    'message',
    ...disposed,
    'make message channel-1 {"user":"u"}',
    'message',
    ...disposed,
    'make disconnect channel-1 {"user":"u"}',
    'disconnect',
    ...disposed,
  ])
})

it('a disposal that throws is logged and changes nothing', async () => {
  const { connect, lines } = world(
    { onMessage: pikkuChannelFunc({ auth: false, func: async () => 'ran' }) },
    {
      createSessionServices: () => ({
        a: { close: () => Promise.reject(new Error('no')) },
        b: {
          close: () => {
            throw new Error('neither')
          },
        },
      }),
    },
  )
  const client = await connect()
  await client.send('x')
  await client.send('x')
  expect(client.received()).toEqual(['ran', 'ran'])
  expect(lines.map(({ details }) => details.reason)).toEqual(['Error: neither', 'Error: no', 'Error: neither', 'Error: no'])
})

it('an event whose services cannot be made fails', async () => {
  const { connect } = world(
    { onMessage: pikkuChannelFunc({ auth: false, func: async () => 'ran' }) },
    { createSessionServices: () => Promise.reject(new Error('no')) },
  )
  const client = await connect()
  await client.send('x')
  expect(client.received()).toEqual([{ error: 'Internal error', errorName: 'InternalError' }])
})
