/** The plainest right stores there are: maps, each operation one request. With defects on demand, for the suite's own tests. */
import type { FoundChannel, StoreOperations, StoreSurroundings, StoreSystem } from '../../../spec/stores.ts'

/** Mistakes these stores can be given. */
export interface MapDefects {
  trimsNames?: boolean
  /** Looks in one request and acts in another, whatever has happened in between. */
  looksFirst?: 'add' | 'remove' | 'subscribe'
  addsAgain?: boolean
  /** One session for all. */
  oneSession?: boolean
  removesTwice?: boolean
  keepsSubscriptions?: boolean
  subscribesAnybody?: boolean
  /** Subscribing again counts, so that it must be undone as often. */
  counts?: boolean
  refusesUnknownUnsubscribes?: boolean
  skipsPageEnds?: boolean
  foldsCase?: boolean
  findsExpired?: boolean
  sweepsAll?: boolean
}

/** Maps behind the surroundings' `request`. */
export function mapStores(defects: MapDefects = {}): StoreSystem {
  return {
    name: 'map',
    pages: true,
    open: async (surroundings) => ({ operations: operationsOver(surroundings, defects), close: async () => undefined }),
  }
}

function operationsOver({ now, request, page }: StoreSurroundings, defects: MapDefects): StoreOperations {
  const channels = new Map<string, FoundChannel>()
  const closed = new Set<string>()
  const topics = new Map<string, string[]>()
  const key = (name: string): string => (defects.foldsCase === true ? name.toLowerCase() : name)
  const one = <T>(name: string, make: () => T): Promise<T> => request(name, async () => make())
  const looking = async <L, T>(name: MapDefects['looksFirst'] & string, look: () => L, act: (seen: L) => T): Promise<T> => {
    if (defects.looksFirst !== name) return one(name, () => act(look()))
    const seen = await one(`look before ${name}`, look)
    return one(name, () => act(seen))
  }
  const live = (id: string): FoundChannel | undefined => {
    const found = channels.get(key(id))
    return found !== undefined && (defects.findsExpired === true || found.expires > now()) ? found : undefined
  }
  const session = new Map<string, unknown>()
  const whose = (id: string): string => (defects.oneSession === true ? 'all' : key(id))
  const shown = (found: FoundChannel): FoundChannel => ({ ...structuredClone(found), session: session.get(whose(found.id)) })
  async function* paged(all: () => readonly string[]): AsyncIterable<readonly string[]> {
    let after = ''
    for (;;) {
      const left = await one('page', () =>
        all()
          .filter((each) => after === '' || ` ${each}` > after)
          .sort(),
      )
      const size = defects.skipsPageEnds === true && left.length > page ? page - 1 : page
      if (left.length === 0) return
      yield left.slice(0, size)
      if (left.length <= page) return
      after = ` ${left[page - 1]}`
    }
  }
  return {
    add: (channel) =>
      looking(
        'add',
        () => defects.addsAgain === true || !(channels.has(key(channel.id)) || closed.has(key(channel.id))),
        (free) => {
          const id = key(channel.id)
          if (!free) return false
          const name = defects.trimsNames === true ? channel.name.trim() : channel.name
          channels.set(id, { ...structuredClone(channel), name, session: undefined })
          return true
        },
      ),
    find: (id) =>
      one('find', () => {
        const found = live(id)
        return found && shown(found)
      }),
    setSession: (id, value) =>
      one('set', () => {
        if (live(id) === undefined) return false
        session.set(whose(id), structuredClone(value))
        return true
      }),
    remove: (id) =>
      looking(
        'remove',
        () => channels.get(key(id)),
        (found) => {
          if (found === undefined) return undefined
          closed.add(key(id))
          if (defects.removesTwice !== true) channels.delete(key(id))
          if (defects.keepsSubscriptions !== true)
            for (const [topic, ids] of topics)
              topics.set(
                topic,
                ids.filter((each) => each !== id),
              )
          return shown(found)
        },
      ),
    subscribe: (topic, id) =>
      looking(
        'subscribe',
        () => live(id) !== undefined || defects.subscribesAnybody === true,
        (there) => {
          if (!there) return false
          const ids = topics.get(key(topic)) ?? []
          topics.set(key(topic), ids.includes(id) && defects.counts !== true ? ids : [...ids, id])
          return true
        },
      ),
    unsubscribe: (topic, id) =>
      one('unsubscribe', () => {
        const ids = topics.get(key(topic)) ?? []
        const at = ids.indexOf(id)
        if (at < 0 && defects.refusesUnknownUnsubscribes === true) throw new Error(`${id} is no subscriber of ${topic}`)
        if (at >= 0) topics.set(key(topic), ids.toSpliced(at, 1))
      }),
    subscribers: (topic) =>
      paged(() =>
        (topics.get(key(topic)) ?? []).filter(
          (id) => live(id) !== undefined || closed.has(id) || defects.subscribesAnybody === true,
        ),
      ),
    expired: (at) =>
      paged(() => [...channels.values()].filter((each) => defects.sweepsAll === true || each.expires < at).map(({ id }) => id)),
  }
}
