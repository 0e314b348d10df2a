/** Stores whose opening or closing never resolves: the run ends, and says which and where to look. */
import { expect, test } from 'vitest'
import type { OpenStores, StoreSystem } from '../../spec/stores.ts'
import { deadlines as ordinary } from '../deadlines.ts'
import { conformStores } from './index.ts'
import { mapStores } from './testing/map-stores.ts'

const deadlines = { ...ordinary, start: 20 }
const never = (): Promise<never> => new Promise(() => {})

const opened = 'the stores map did not open: `open` did not resolve within 0.02 s; look at what it waits for'
const closed = 'the stores map did not close: `close` did not resolve within 0.02 s; look at what it waits for'

/** Map stores of which the `nth` opening is replaced. */
function replacing(nth: number, by: (open: () => Promise<OpenStores>) => Promise<OpenStores>): StoreSystem {
  const system = mapStores()
  let openings = 0
  return {
    ...system,
    open: (surroundings) => {
      const open = () => system.open(surroundings)
      return ++openings === nth ? by(open) : open()
    },
  }
}

test.each<[what: string, nth: number, by: Parameters<typeof replacing>[1], told: string]>([
  ['open, at once', 1, never, opened],
  ['open, in a program', 3, never, opened],
  ['close, at once', 1, async (open) => ({ ...(await open()), close: never }), closed],
  ['close, in a program', 3, async (open) => ({ ...(await open()), close: never }), closed],
])('%s', { timeout: 10_000 }, async (_what, nth, by, told) => {
  const { systems } = await conformStores(replacing(nth, by), { seed: 1, out: false, deadlines })
  const { couldNotJudge = '' } = systems[0] ?? {}
  expect(couldNotJudge).toContain(told)
  expect(couldNotJudge).not.toContain('\n')
})

test('what opens too late is closed', { timeout: 10_000 }, async () => {
  let open = (): void => {}
  const closing = new Promise<void>((closed) => {
    const late = replacing(1, async (stores) => {
      await new Promise<void>((resolve) => {
        open = resolve
      })
      return { ...(await stores()), close: async () => closed() }
    })
    void conformStores(late, { seed: 1, out: false, deadlines }).then(() => open())
  })
  await closing
})
