/** Wirings that must be refused at start, each beside the same wiring without its fault (LIFE-20, AUTH-02, ROUTE-11). */
import type { ProbeApi } from './api.ts'
import { routeVariants } from './route-variants.ts'

/** A wiring that `wireChannel` must refuse (or, for a control, take); `names` must stand in the error. */
export interface Variant {
  name: string
  refused: boolean
  names?: readonly string[]
  /** Its host publishes this before it listens (PUB-09). */
  early?: { topic: string; payload: unknown }
  wire(api: ProbeApi): void
}

const answer = () => undefined

/** Two channels that differ in nothing but these. */
const pair =
  (...two: { name: string; route: string }[]): Variant['wire'] =>
  (api) => {
    for (const each of two) api.wireChannel({ ...each, onMessage: api.pikkuChannelFunc(answer) })
  }
/** A wiring whose entry says `auth: false` over a function's own `auth`: as an action and as onMessage, of both makers (AUTH-02). */
export const loweredVariants: readonly Variant[] = [true, false].flatMap((own): Variant[] => [
  {
    name: own ? 'lowered action' : 'public action',
    refused: own,
    wire: (api) =>
      api.wireChannel({
        name: 'lowered',
        route: '/lowered',
        onMessageWiring: { action: { take: { func: api.pikkuChannelFunc({ func: answer, auth: own }), auth: false } } },
      }),
  },
  {
    name: own ? 'lowered onMessage' : 'public onMessage',
    refused: own,
    wire: (api) =>
      api.wireChannel({
        name: 'lowered',
        route: '/lowered',
        auth: false,
        onMessage: { func: api.pikkuFunc({ func: answer, auth: own }), auth: false },
      }),
  },
])

/** Every start variant by name. */
export const variants: ReadonlyMap<string, Variant> = new Map(
  (
    [
      {
        name: 'duplicate name',
        refused: true,
        names: ['twice', '/one', '/two'],
        wire: pair({ name: 'twice', route: '/one' }, { name: 'twice', route: '/two' }),
      },
      {
        name: 'duplicate route',
        refused: true,
        names: ['/same', 'first', 'second'],
        wire: pair({ name: 'first', route: '/same' }, { name: 'second', route: '/same' }),
      },
      {
        name: 'publishes before it listens',
        refused: false,
        early: { topic: 'early', payload: { m: 'early' } },
        wire: pair({ name: 'first', route: '/one' }, { name: 'second', route: '/two' }),
      },
      {
        name: 'own names and routes',
        refused: false,
        wire: pair({ name: 'first', route: '/one' }, { name: 'second', route: '/two' }),
      },
      ...loweredVariants,
      ...routeVariants,
    ] as Variant[]
  ).map((variant) => [variant.name, variant]),
)
