/** Wirings that must be refused at start, each beside the same wiring without its fault (LIFE-20, AUTH-02, ROUTE-11). */
import type { ProbeApi } from './api.ts'

/** A wiring that `wireChannel` must refuse (or, for a control, take); `names` must stand in the error. */
export interface Variant {
  name: string
  refused: boolean
  names?: readonly string[]
  wire(api: ProbeApi): void
}

const answer = () => undefined

/** Two channels that differ in nothing but these. */
const pair = (...two: { name: string; route: string }[]): Variant['wire'] => (api) => {
  for (const each of two) api.wireChannel({ ...each, onMessage: api.pikkuChannelFunc(answer) })
}

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
        name: 'own names and routes',
        refused: false,
        wire: pair({ name: 'first', route: '/one' }, { name: 'second', route: '/two' }),
      },
    ] as Variant[]
  ).map((variant) => [variant.name, variant]),
)
