import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createApplication } from './application.ts'
import { pikkuChannelConnectionFunc, pikkuChannelFunc } from './functions.ts'
import { world } from './testing/fixture.ts'

const look = { onConnect: pikkuChannelConnectionFunc(async ({ channel }) => channel.openingData) }

describe('opening data (LIFE-04)', () => {
  it('holds the fields of query and path', async () => {
    const { connect } = world({ ...look, route: '/room/:id' })
    const client = await connect('/room/a%2Fb?id=query&x=1&x=2&x=3&plus=a+b&__proto__=p&toString=t&empty')
    expect(JSON.stringify(client.received()[0])).toBe(
      '{"id":"a/b","x":["1","2","3"],"plus":"a b","__proto__":"p","toString":"t","empty":""}',
    )
  })

  it('is the same in every handler, whatever one did to it', async () => {
    const seen: unknown[] = []
    const { connect } = world({
      onConnect: pikkuChannelConnectionFunc<unknown, { list: string[] }>(async ({ channel }, data) => {
        data.list.push('changed')
        channel.openingData.list.push('changed too')
      }),
      onMessage: pikkuChannelFunc({ auth: false, func: async ({ channel }) => void seen.push(channel.openingData) }),
    })
    const client = await connect('/?list=1&list=2')
    await client.send('x')
    expect(seen).toEqual([{ list: ['1', '2'] }])
  })

  it('is what its schema made of it, with the path parameters that left out', async () => {
    const { connect } = world({ ...look, route: '/:room/:page', openingData: z.object({ page: z.coerce.number() }) })
    expect((await connect('/lobby/2?other=1')).received()).toEqual([{ page: 2, room: 'lobby' }])
  })
})

describe('a handshake is refused', () => {
  it('where nothing is wired (LIFE-01) and where the path is malformed (LIFE-04)', async () => {
    const { accept, refusals } = world({ route: '/room/:id' })
    for (const path of ['/', '/room/', '/Room/1', '/room/%zz']) expect(await accept(path)).toBeUndefined()
    expect(refusals.map(([status]) => status)).toEqual([404, 404, 404, 400])
  })

  it.each([
    ['that refuses', z.object({ room: z.string() }), 400],
    ['that refuses later', z.object({ room: z.string() }).refine(async () => false), 400],
    ['that gives what JSON would change (LIFE-22)', z.object({}).transform(() => ({ at: new Date() })), 400],
    ['that gives no object', z.object({}).transform(() => 'x'), 400],
    ['that throws', z.object({}).transform(() => { throw new Error('secret') }), 500], // biome-ignore format: one line each
  ])('by a schema %s (LIFE-02)', async (_name, openingData, status) => {
    const { accept, refusals } = world({ openingData })
    expect(await accept('/')).toBeUndefined()
    expect(refusals).toEqual([[status, expect.any(String)]])
    expect(refusals[0]?.[1]).not.toContain('secret')
  })
})

describe('wireChannel refuses', () => {
  const func = pikkuChannelFunc({ auth: true, func: async () => {} })
  it.each<[string, object, RegExp]>([
    ['a name wired before (LIFE-20)', { name: 'taken', route: '/new' }, /"taken".*"\/taken\/:x"/],
    ['a route wired before (LIFE-20)', { name: 'new', route: '/taken/:y' }, /"\/taken\/:y".*"\/taken\/:x"/],
    ['no name', { route: '/new' }, /name/],
    [
      'a lowered auth (AUTH-02)',
      { name: 'new', route: '/new', onMessageWiring: { action: { a: { func, auth: false } } } },
      /"new".*"a".*auth/,
    ],
    ['a reserved routing key', { name: 'new', route: '/new', onMessageWiring: { errorName: { a: func } } }, /"errorName"/],
    ['a bare function', { name: 'new', route: '/new', onMessage: () => {} }, /onMessage.*pikkuChannelFunc/],
    ['a function of another kind', { name: 'new', route: '/new', onConnect: func }, /onConnect/],
    ['middleware that is none', { name: 'new', route: '/new', middleware: [1] }, /middleware/],
  ])('%s', (_name, wiring, message) => {
    const { wireChannel, match } = createApplication()
    wireChannel({ name: 'taken', route: '/taken/:x' })
    expect(() => wireChannel(wiring as never)).toThrow(message)
    expect(match('/new')).toBe('unmatched')
  })
})
