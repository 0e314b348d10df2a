/** Stores alone as a host: for authors who have nothing but stores. */
import type { StoreSystem } from '../../spec/stores.ts'
import { deadlines } from '../deadlines.ts'
import { type Host, HostError, type Hosted } from '../host.ts'
import { hostedStores } from './hosted.ts'

/** A host on which only programs over stores can be run; they have `start` milliseconds for opening, and for closing. */
export function hostStores(system: StoreSystem, start = deadlines.start): Host {
  return {
    name: system.name,
    capabilities: ['store'],
    launch: async (): Promise<Hosted> => {
      const { observes, stores } = await hostedStores(system, start)
      return {
        url: () => {
          throw new HostError(`${system.name} is nothing but stores: it serves no channel`)
        },
        observes: new Set(observes),
        stores,
        opensEarly: true,
        openGate: () => undefined,
        stop: async () => undefined,
      }
    },
    died: new Promise<never>(() => {}),
    endsByForce: false,
    end: async () => undefined,
  }
}
