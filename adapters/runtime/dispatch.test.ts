import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { StandardSchema } from '../../spec/application.ts'
import { ForbiddenError, PublicError } from '../../spec/errors.ts'
import { pikkuChannelFunc, pikkuFunc } from './functions.ts'
import type { ChannelServices } from './services.ts'
import { world } from './testing/fixture.ts'

const named = (name: string) => pikkuFunc({ auth: false, func: async (_services, data) => ({ name, data }) })
const masked = { error: 'Internal error', errorName: 'InternalError' }

/** A schema out of a function, for schemas that misbehave. */
const schema = (validate: StandardSchema['~standard']['validate']): StandardSchema => ({
  '~standard': { version: 1, vendor: 'test', validate },
})

describe('routing', () => {
  const wiring = {
    onMessage: named('onMessage'),
    onMessageWiring: {
      action: Object.fromEntries(['a', '__proto__', 'toString'].map((name) => [name, named(name)])),
      type: { a: named('type a'), b: named('type b') },
    },
  }

  it.each([
    ['the action', '{"action":"a","x":1}', { name: 'a', data: { x: 1 }, action: 'a' }],
    ['the first declared key that matches', '{"type":"a","action":"a"}', { name: 'a', data: { type: 'a' }, action: 'a' }],
    ['a later key', '{"type":"b","action":"no"}', { name: 'type b', data: { action: 'no' }, type: 'b' }],
    ['an action named like a prototype', '{"action":"__proto__"}', { name: '__proto__', data: {}, action: '__proto__' }],
    ['onMessage where none matches', '{"action":"no"}', { name: 'onMessage', data: { action: 'no' } }],
    ['onMessage for inherited names', '{"action":"constructor"}', { name: 'onMessage', data: { action: 'constructor' } }],
    ['onMessage for actions that are no strings', '{"action":["a"]}', { name: 'onMessage', data: { action: ['a'] } }],
    ['onMessage for an array', '[{"action":"a"}]', { name: 'onMessage', data: [{ action: 'a' }] }],
    ['onMessage for text', 'action', { name: 'onMessage', data: 'action' }],
    ['onMessage for no text', '', { name: 'onMessage', data: '' }],
    ['onMessage for null', 'null', { name: 'onMessage', data: null }],
    ['the last of two equal keys', '{"action":"no","action":"a"}', { name: 'a', data: {}, action: 'a' }],
  ])('finds %s', async (_what, text, reply) => {
    const client = await world(wiring).connect()
    await client.send(text)
    expect(client.received()).toEqual([reply])
  })

  it('keeps a __proto__ in a message an own property (ROUTE-05)', async () => {
    const seen: unknown[] = []
    const client = await world({
      onMessageWiring: { action: { a: pikkuFunc({ auth: false, func: (_s, d) => void seen.push(d) }) } },
    }).connect()
    await client.send('{"action":"a","__proto__":{"polluted":true}}')
    expect(Object.getOwnPropertyNames(seen[0])).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(seen[0])).toBe(Object.prototype)
  })

  it('gives binary messages to onMessage as bytes of their own (ROUTE-09)', async () => {
    const seen: unknown[] = []
    const client = await world({ onMessage: pikkuFunc({ auth: false, func: (_s, d) => void seen.push(d) }) }).connect()
    const sent = Buffer.from('{"action":"a"}')
    await client.send(sent)
    expect(seen[0]).toEqual(new Uint8Array(Buffer.from('{"action":"a"}')))
  })

  it('answers what nothing matches (ROUTE-04)', async () => {
    const client = await world({ onMessageWiring: { action: { a: named('a') }, type: {} } }).connect()
    const long = '\u{1f600}'.repeat(65)
    for (const message of [{ action: long }, { type: 'x' }, 'text', 5]) await client.send(message)
    expect(client.received()).toEqual([
      { error: `No handler for "action": "${'\u{1f600}'.repeat(64)}"`, errorName: 'UnknownRouteError', action: long },
      { error: 'No handler for a message without "action"', errorName: 'UnknownRouteError', type: 'x' },
      { error: 'No handler for a message without "action"', errorName: 'UnknownRouteError' },
      { error: 'No handler for a message without "action"', errorName: 'UnknownRouteError' },
    ])
    const bare = await world({}).connect()
    await bare.send('x')
    expect(bare.received()).toEqual([{ error: 'No handler for this message', errorName: 'UnknownRouteError' }])
  })
})

describe('authorisation', () => {
  const action = (auth?: boolean) => pikkuChannelFunc({ auth: auth as false, func: async () => 'ran' })
  const login = pikkuChannelFunc<object>({ auth: false, func: async ({ userSession }, data) => userSession.set(data) })

  it.each([
    { wiring: undefined, func: undefined, channel: undefined, required: true },
    { wiring: undefined, func: undefined, channel: false, required: false },
    { wiring: undefined, func: true, channel: false, required: true },
    { wiring: undefined, func: false, channel: true, required: false },
    { wiring: true, func: false, channel: false, required: true },
    { wiring: false, func: undefined, channel: true, required: false },
    { wiring: false, func: false, channel: true, required: false },
  ])('goes by the wiring, then the function, then the channel: $wiring, $func, $channel (AUTH-02)', async (row) => {
    const { connect } = world({
      auth: row.channel,
      onMessageWiring: { action: { a: { func: action(row.func), auth: row.wiring } } },
    })
    const client = await connect()
    await client.send({ action: 'a' })
    expect(client.received()).toEqual([
      row.required
        ? { error: 'Authentication required', errorName: 'UnauthorizedError', action: 'a' }
        : { action: 'a', result: 'ran' },
    ])
  })

  it('comes before validation, and holds until the session is cleared (AUTH-05, AUTH-07, AUTH-09)', async () => {
    const { connect } = world({
      onMessageWiring: {
        action: {
          login,
          logout: pikkuChannelFunc({ func: async ({ userSession }) => userSession.clear() }),
          strict: pikkuChannelFunc({ input: z.object({ n: z.number() }), func: async (_s, _d, session) => session }),
        },
      },
    })
    const client = await connect()
    for (const name of ['strict', 'login', 'strict', 'logout', 'strict']) {
      await client.send({ action: name, user: 'u', ...(name === 'strict' && client.sent.length > 1 ? { n: 1 } : {}) })
    }
    expect(client.received()).toMatchObject([
      { errorName: 'UnauthorizedError', action: 'strict' },
      { action: 'login' },
      { action: 'strict', user: 'u' },
      { action: 'logout' },
      { errorName: 'UnauthorizedError' },
    ])
  })

  it('gives sessions as values (AUTH-08, AUTH-11, LIFE-22)', async () => {
    const seen: unknown[] = []
    const { connect } = world({
      auth: false,
      onMessageWiring: {
        action: {
          set: pikkuChannelFunc(async ({ userSession }) => {
            const session = { list: [1] }
            await userSession.set(session)
            session.list.push(2)
            seen.push(await userSession.get())
            throw new Error('keeps it')
          }),
          look: pikkuChannelFunc(async ({ userSession }, _data, session) => {
            seen.push(structuredClone(session))
            ;(session as { list: number[] }).list.push(3)
            const stored = (await userSession.get()) as { list: number[] }
            seen.push(structuredClone(stored))
            stored.list.push(4)
          }),
          bad: pikkuChannelFunc(async ({ userSession }) => {
            seen.push(await userSession.set(new Date()).catch((error: unknown) => error instanceof TypeError))
          }),
        },
      },
    })
    const client = await connect()
    for (const name of ['set', 'look', 'bad', 'look']) await client.send({ action: name })
    expect(seen).toEqual([{ list: [1] }, { list: [1] }, { list: [1] }, true, { list: [1] }, { list: [1] }])
  })
})

describe('validation', () => {
  const run = async (input: StandardSchema, ...messages: unknown[]) => {
    const { connect, lines } = world({
      onMessageWiring: { action: { a: pikkuChannelFunc({ auth: false, input, func: async (_s, data) => ({ data }) }) } },
    })
    const client = await connect()
    for (const message of messages) await client.send(message)
    return { received: client.received(), state: client.channel.state, lines }
  }

  it('gives the handler what the schema made of the data less the routing key (VALID-02, VALID-04)', async () => {
    const { received } = await run(z.object({ n: z.coerce.number(), d: z.string().default('d') }), { action: 'a', n: '1', x: 2 })
    expect(received).toEqual([{ data: { n: 1, d: 'd' }, action: 'a' }])
  })

  it('replies with every issue (VALID-01)', async () => {
    const { received, state } = await run(z.object({ a: z.object({ b: z.array(z.number()) }), c: z.string() }), {
      action: 'a',
      a: { b: [1, 'x'] },
    })
    expect(received).toMatchObject([
      { errorName: 'ValidationError', action: 'a', issues: [{ path: ['a', 'b', 1] }, { path: ['c'] }] },
    ])
    expect(state).toBe('open')
  })

  it('awaits asynchronous schemas and keeps the order (VALID-03)', async () => {
    const slowOnce = schema(async (value) => ({ value }))
    const { received } = await run(slowOnce, { action: 'a', n: 1 }, { action: 'a', n: 2 })
    expect(received).toMatchObject([{ data: { n: 1 } }, { data: { n: 2 } }])
  })

  it('masks a schema that throws or rejects (VALID-06)', async () => {
    const { received } = await run(schema(() => { throw new Error('secret') }), { action: 'a' }) // biome-ignore format: one line
    expect(received).toEqual([{ ...masked, action: 'a' }])
    expect(
      (
        await run(
          schema(() => Promise.reject(new Error('secret'))),
          { action: 'a' },
        )
      ).received,
    ).toEqual([{ ...masked, action: 'a' }])
  })
})

describe('replying', () => {
  const reply = async (func: (services: ChannelServices) => Promise<unknown>, output?: StandardSchema) => {
    const made = pikkuChannelFunc({ auth: false, output, func })
    const { connect, lines } = world({ onMessage: made, onMessageWiring: { action: { a: made } } })
    const client = await connect()
    await client.send('x')
    await client.send({ action: 'a' })
    return { received: client.received(), state: client.channel.state, lines }
  }

  it('sends any value but undefined (SEND-01, SEND-02, SEND-05)', async () => {
    for (const value of [0, '', false, null]) {
      expect((await reply(async () => value)).received).toEqual([value, { action: 'a', result: value }])
    }
    expect((await reply(async () => undefined)).received).toEqual([{ action: 'a' }])
  })

  it('shows public errors and masks all others, with the routing key, after what was sent (SEND-10)', async () => {
    class Teapot extends PublicError {}
    const thrower = (error: unknown) => async (services: ChannelServices) => {
      void services.channel.send('before')
      throw error
    }
    for (const [error, shown] of [
      [new Teapot('short'), { error: 'short', errorName: 'Teapot' }],
      [new ForbiddenError(), { error: 'Forbidden', errorName: 'ForbiddenError' }],
      [new Error('secret'), masked],
      [undefined, masked],
      ['secret', masked],
    ] as const) {
      const { received, state } = await reply(thrower(error))
      expect(received).toEqual(['before', shown, 'before', { ...shown, action: 'a' }])
      expect(state).toBe('open')
    }
  })

  it('replies InternalError to what cannot be encoded (SEND-11)', async () => {
    const { received, lines } = await reply(async () => 1n)
    expect(received).toEqual([masked, { ...masked, action: 'a' }])
    expect(lines).toMatchObject([{ level: 'error' }, { level: 'error', details: { action: 'a', channel: 'test' } }])
  })

  it('encodes a send when it is made, and refuses what it cannot encode (SEND-04, SEND-06, SEND-11)', async () => {
    const { received, lines } = await reply(async ({ channel }) => {
      const value = { n: 1 }
      void channel.send(value)
      value.n = 2
      void channel.send(1n)
      const refused = await channel.send(undefined).catch((error: unknown) => error instanceof TypeError)
      return { refused }
    })
    expect(received).toEqual([{ n: 1 }, { refused: true }, { n: 1 }, { refused: true, action: 'a' }])
    expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn', 'warn', 'warn'])
  })

  it('sends what the output schema returns, and nothing that it refuses (SEND-13)', async () => {
    const output = z.object({ name: z.string() })
    const stripped = await reply(async ({ channel }) => {
      void channel.send({ name: 'sent', hash: 'x' })
      return { name: 'returned', hash: 'x' }
    }, output)
    expect(stripped.received).toEqual([
      { name: 'sent' },
      { name: 'returned' },
      { name: 'sent' },
      { name: 'returned', action: 'a' },
    ])
    const refused = await reply(async ({ channel }) => {
      const sent = await channel.send({ name: 1 }).catch((error: unknown) => error instanceof TypeError)
      return sent ? { hash: 'secret' } : undefined
    }, output)
    expect(refused.received).toEqual([masked, { ...masked, action: 'a' }])
    expect(JSON.stringify(refused.lines)).toContain('name: ')
    const asynchronous = await reply(
      async () => 1,
      schema(async (value) => ({ value })),
    )
    expect(asynchronous.received).toEqual([masked, { ...masked, action: 'a' }])
  })

  it('logs refusals without what was sent (SEND-15)', async () => {
    const { connect, lines } = world({
      onMessageWiring: {
        action: { a: pikkuChannelFunc({ auth: false, input: z.never(), func: async () => {} }), b: named('b') },
      },
    })
    const client = await connect()
    await client.send({ action: 'a', token: 'secret' })
    await client.send({ action: 'secret' })
    expect(lines.map(({ details }) => details.reason)).toEqual(['ValidationError', 'UnknownRouteError'])
    expect(JSON.stringify(lines)).not.toContain('secret')
  })
})
