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

/** Every start variant by name. */
export const variants: ReadonlyMap<string, Variant> = new Map(
  (
    [
      {
        name: 'duplicate name',
        refused: true,
        names: ['twice'],
        wire: (api) => {
          api.wireChannel({ name: 'twice', route: '/one', onMessage: api.pikkuChannelFunc(answer) })
          api.wireChannel({ name: 'twice', route: '/two', onMessage: api.pikkuChannelFunc(answer) })
        },
      },
    ] as Variant[]
  ).map((variant) => [variant.name, variant]),
)
