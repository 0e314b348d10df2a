/**
 * TYPE-01 to TYPE-05, checked by the compiler: each `@ts-expect-error` is an error itself when the promise under it is
 * broken. Nothing here runs.
 */
import { z } from 'zod'
import type { Channel, Session, WithChannelId } from './index.ts'
import {
  createApplication,
  pikkuChannelConnectionFunc,
  pikkuChannelDisconnectionFunc,
  pikkuChannelFunc,
  pikkuFunc,
} from './index.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
/** Compiles only where `A` and `B` are the same type: `same<A, B>(true)`. */
function same<A, B>(_equal: Equal<A, B>): void {}

const { wireChannel } = createApplication()
type In = { text: string }
type Out = { id: number }
type Data = { room: string }

// TYPE-01: what is sent and returned fits Output.
pikkuChannelFunc<In, Out, Data>({
  func: async ({ channel }) => {
    same<typeof channel, Channel<Out, Data>>(true)
    await channel.send({ id: 1 })
    // @ts-expect-error no such property in Output
    await channel.send({ id: 1, extra: true })
    // @ts-expect-error not Output
    await channel.send({ id: '1' })
    // @ts-expect-error undefined is not sent
    await channel.send(undefined)
    return { id: 1 }
  },
})
pikkuChannelFunc<In, Out>({ func: async () => {} })
pikkuChannelFunc<In, Out>({ func: () => {} })
pikkuChannelFunc<In, Out>({ func: () => ({ id: 1 }) })
pikkuChannelFunc<In, Out>(async () => ({ id: 1 }))
pikkuChannelFunc<In, Out>(async (_services, { text }) => (text === '' ? undefined : { id: 1 }))
// Keys beyond Output are not refused in what is returned; an output schema strips them.
pikkuChannelFunc<In, Out>({ func: async () => ({ id: 1, extra: true }) })
// @ts-expect-error not Output
pikkuChannelFunc<In, Out>({ func: async () => ({ id: '1' }) })
// @ts-expect-error not Output
pikkuChannelFunc<In, Out>(async () => ({ id: '1' }))
// @ts-expect-error not Output
pikkuFunc<In, Out>({ func: async () => ({ id: '1' }) })
// @ts-expect-error not Output
pikkuChannelConnectionFunc<Out>({ func: async () => ({ id: '1' }) })
pikkuChannelFunc({ output: z.object({ id: z.number() }), func: async () => ({ id: 1 }) })
// @ts-expect-error the output schema takes a number
pikkuChannelFunc({ output: z.object({ id: z.number() }), func: async () => ({ id: '1' }) })
// @ts-expect-error the output schema gives something else than Output
pikkuChannelFunc<In, Out>({ output: z.object({ id: z.string() }), func: async () => ({ id: 1 }) })

// TYPE-02: data is In, given or inferred from the schema.
pikkuChannelFunc<In, Out>({ func: async (_services, data) => same<typeof data, In>(true) })
pikkuChannelFunc<In, Out>(async (_services, data) => same<typeof data, In>(true))
pikkuFunc<In>({ func: async (_services, data) => same<typeof data, In>(true) })
pikkuChannelFunc<In, Out>({ input: z.object({ text: z.string() }), func: async () => {} })
// @ts-expect-error the schema produces something else than In
pikkuChannelFunc<In, Out>({ input: z.object({ text: z.number() }), func: async () => {} })
// @ts-expect-error the schema produces something else than In
pikkuFunc<In, Out>({ input: z.object({ other: z.string() }), func: async () => {} })
pikkuChannelFunc({
  input: z.object({ count: z.coerce.number(), on: z.boolean().default(true) }),
  func: async (_services, data) => same<typeof data, { count: number; on: boolean }>(true),
})
pikkuFunc({ input: z.string(), func: async (_services, data) => same<typeof data, string>(true) })
pikkuChannelFunc({ func: async (_services, data) => same<typeof data, unknown>(true) })

// TYPE-03: openingData is ChannelData; the disconnection's data has the channel's id besides, in unions too.
pikkuChannelConnectionFunc<Out, Data>({
  func: async ({ channel }, data) => {
    same<typeof channel.openingData, Data>(true)
    same<typeof data, Data>(true)
  },
})
pikkuChannelDisconnectionFunc<Data>({
  func: async (_services, data) => {
    same<typeof data.room, string>(true)
    same<typeof data.channelId, string>(true)
  },
})
pikkuChannelDisconnectionFunc<{ kind: 'a'; a: number; channelId: number } | { kind: 'b'; b?: string }>(
  async (_services, data) => {
    same<typeof data.channelId, string>(true)
    if (data.kind === 'a') same<typeof data.a, number>(true)
    else same<typeof data.b, string | undefined>(true)
  },
)
same<keyof WithChannelId<{ room: string }>, 'room' | 'channelId'>(true)
// @ts-expect-error connecting requires no session
pikkuChannelConnectionFunc<Out, Data>({ auth: true, func: async () => {} })
// @ts-expect-error nor does disconnecting
pikkuChannelDisconnectionFunc<Data>({ auth: false, func: async () => {} })

// TYPE-04: the session is certain where the function's own auth is the literal true.
pikkuChannelFunc<In, Out>({ auth: true, func: async (_services, _data, session) => same<typeof session, Session>(true) })
pikkuFunc<In, Out>({ auth: true, func: async (_services, _data, session) => same<typeof session, Session>(true) })
pikkuChannelFunc<In, Out>({
  auth: false,
  func: async (_services, _data, session) => same<typeof session, Session | undefined>(true),
})
pikkuChannelFunc<In, Out>({ func: async (_services, _data, session) => same<typeof session, Session | undefined>(true) })
pikkuChannelFunc<In, Out>(async (_services, _data, session) => same<typeof session, Session | undefined>(true))
declare const decidedLater: boolean
pikkuChannelFunc<In, Out>({
  auth: decidedLater,
  func: async (_services, _data, session) => same<typeof session, Session | undefined>(true),
})

// TYPE-05: with a schema for the opening data, every function's ChannelData must be satisfied.
const roomy = pikkuChannelFunc<In, Out, Data>({ func: async () => {} })
const plain = pikkuFunc<In, Out>({ func: async () => {} })
const careless = pikkuChannelFunc<In, Out>({ func: async () => {} })
const connecting = pikkuChannelConnectionFunc<Out, Data>({ func: async () => {} })
const parting = pikkuChannelDisconnectionFunc<Data>({ func: async () => {} })
const withRoom = z.object({ room: z.string(), page: z.coerce.number() })
const without = z.object({ page: z.coerce.number() })
wireChannel({ name: 'unchecked', route: '/1', onConnect: connecting, onMessage: roomy, onDisconnect: parting })
wireChannel({
  name: 'checked',
  route: '/2',
  openingData: withRoom,
  onConnect: connecting,
  onMessage: roomy,
  onDisconnect: parting,
})
wireChannel({ name: 'by path', route: '/3/:room', openingData: without, onConnect: connecting, onMessage: roomy })
wireChannel({ name: 'careless', route: '/4', openingData: without, onMessage: careless, onMessageWiring: { action: { plain } } })
// @ts-expect-error no room in the opening data
wireChannel({ name: 'a', route: '/5', openingData: without, onMessage: roomy })
// @ts-expect-error no room in the opening data
wireChannel({ name: 'b', route: '/6', openingData: without, onConnect: connecting })
// @ts-expect-error no room in the opening data
wireChannel({ name: 'c', route: '/7', openingData: without, onDisconnect: parting })
// @ts-expect-error no room in the opening data
wireChannel({ name: 'd', route: '/8', openingData: without, onMessageWiring: { action: { roomy } } })
// @ts-expect-error no room in the opening data
wireChannel({ name: 'e', route: '/9', openingData: without, onMessageWiring: { action: { roomy: { func: roomy } } } })
// @ts-expect-error a room that is a number
wireChannel({ name: 'f', route: '/10', openingData: z.object({ room: z.coerce.number() }), onMessage: roomy })
// @ts-expect-error the schema's own field counts, whatever the path holds
wireChannel({ name: 'g', route: '/11/:room', openingData: z.object({ room: z.coerce.number() }), onMessage: roomy })

// AUTH-02: a wiring cannot lower a function's own auth.
const guarded = pikkuChannelFunc<In, Out>({ auth: true, func: async () => {} })
const guardedPlain = pikkuFunc<In, Out>({ auth: true, func: async () => {} })
const open = pikkuChannelFunc<In, Out>({ auth: false, func: async () => {} })
wireChannel({
  name: 'auth',
  route: '/12',
  onMessageWiring: {
    action: {
      guarded,
      same: { func: guarded },
      raised: { func: open, auth: true },
      lowered: { func: careless, auth: false },
      loweredPlain: { func: plain, auth: false },
    },
  },
})
// @ts-expect-error auth: false over auth: true
wireChannel({ name: 'h', route: '/13', onMessageWiring: { action: { guarded: { func: guarded, auth: false } } } })
// @ts-expect-error auth: false over auth: true
wireChannel({ name: 'i', route: '/14', onMessageWiring: { action: { guarded: { func: guardedPlain, auth: false } } } })
// @ts-expect-error functions have their places
wireChannel({ name: 'j', route: '/15', onMessage: connecting })
// @ts-expect-error functions have their places
wireChannel({ name: 'k', route: '/16', onConnect: roomy })
