/** Subscriptions in maps, kept twice as stores of single records must: by topic for publishes, by channel for removals. */
import type { EventHubStore, Subscriber } from '../serverless/index.ts'
import type { MemorySettings } from './settings.ts'

/** What publishes read (forwards) and what removals clear from (intents), each written by a request of its own. */
export class MemoryEventHubStore implements EventHubStore {
  readonly #forwards: Map<string, Map<string, Subscriber>>
  readonly #intents: Map<string, Set<string>>
  readonly #settings: MemorySettings

  /** @param over the store whose subscriptions it shows, so that each invocation can have requests of its own; a new one where absent */
  constructor(settings: MemorySettings, over?: MemoryEventHubStore) {
    this.#settings = settings
    this.#forwards = over === undefined ? new Map() : over.#forwards
    this.#intents = over === undefined ? new Map() : over.#intents
  }

  async enter(topic: string, subscriber: Subscriber): Promise<void> {
    const { channelId, endpoint, expires } = subscriber
    await Promise.all([
      this.#request('write', 'intend', channelId, 1, () => {
        const topics = this.#intents.get(channelId) ?? new Set<string>()
        this.#intents.set(channelId, topics.add(topic))
      }),
      this.#request('write', 'enter', channelId, 1, () => {
        const subscribers = this.#forwards.get(topic) ?? new Map<string, Subscriber>()
        this.#forwards.set(topic, subscribers.set(channelId, { channelId, endpoint, expires }))
      }),
    ])
  }

  /** The intent stays: taken away, a subscribe that overlaps could leave an entry that no removal finds. */
  leave(topic: string, channelId: string): Promise<void> {
    return this.#request('write', 'leave', channelId, 1, () => this.#drop(topic, channelId))
  }

  async withdraw(topic: string, channelId: string): Promise<void> {
    await this.leave(topic, channelId)
    await this.#request('write', 'withdraw', channelId, 1, () => this.#forget(topic, channelId))
  }

  async *subscribers(topic: string): AsyncIterable<readonly Subscriber[]> {
    const size = this.#settings.page ?? 100
    let after: string | undefined
    do {
      const page: Subscriber[] = await this.#request('query', 'subscribers', topic, size, () => this.#page(topic, after, size))
      if (page.length > 0) yield page
      after = page.length < size ? undefined : page.at(-1)?.channelId
    } while (after !== undefined)
  }

  async clear(channelId: string, topics: readonly string[] = []): Promise<void> {
    const found = await this.#request('query', 'intents', channelId, 1, () => [...(this.#intents.get(channelId) ?? [])])
    const all = [...new Set([...found, ...topics])]
    // The entries before what they are found by: a crash in between leaves what the next removal finds.
    await Promise.all(all.map((topic) => this.leave(topic, channelId)))
    await Promise.all(all.map((topic) => this.#request('write', 'clear', channelId, 1, () => this.#forget(topic, channelId))))
  }

  /** Every subscription and every trace of one. */
  held(): [topic: string, channelId: string][] {
    const forwards = [...this.#forwards].flatMap(([topic, of]) => [...of.keys()].map((id): [string, string] => [topic, id]))
    const intents = [...this.#intents].flatMap(([id, topics]) => [...topics].map((topic): [string, string] => [topic, id]))
    return [...forwards, ...intents]
  }

  /** Keys in their own order, so that a page begins where the last one ended whatever came or went meanwhile. */
  #page(topic: string, after: string | undefined, size: number): Subscriber[] {
    const subscribers = [...(this.#forwards.get(topic)?.values() ?? [])]
    return subscribers
      .filter(({ channelId }) => after === undefined || channelId > after)
      .sort((a, b) => (a.channelId < b.channelId ? -1 : 1))
      .slice(0, size)
  }

  #drop(topic: string, channelId: string): void {
    const subscribers = this.#forwards.get(topic)
    subscribers?.delete(channelId)
    if (subscribers?.size === 0) this.#forwards.delete(topic)
  }

  #forget(topic: string, channelId: string): void {
    const topics = this.#intents.get(channelId)
    topics?.delete(topic)
    if (topics?.size === 0) this.#intents.delete(channelId)
  }

  #request<T>(kind: 'query' | 'write', name: string, about: string, items: number, make: () => T): Promise<T> {
    return this.#settings.request({ kind, name: `topics.${name}`, about, items }, async () => make())
  }
}
