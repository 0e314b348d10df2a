/** Channels in a map, each operation one request that happens at one instant. */
import { copyJson } from '../runtime/index.ts'
import type { Change, ChannelRecord, ChannelStore, ClosedMark, Expectation, ExpiredRow, LiveState } from '../serverless/index.ts'
import type { MemorySettings } from './settings.ts'

const hour = 3_600_000

/** What is left of expired rows is found by the hour they fall into, so that a sweep reads no other. */
export class MemoryChannelStore implements ChannelStore {
  readonly #records: Map<string, ChannelRecord | ClosedMark>
  readonly #rows: Map<number, Map<string, ExpiredRow>>
  /** Marks in the order written, which is about that of their ends. */
  readonly #marks: Map<string, number>
  readonly #settings: MemorySettings

  /** @param over the store whose channels it shows, so that each invocation can have requests of its own; a new one where absent */
  constructor(settings: MemorySettings, over?: MemoryChannelStore) {
    this.#settings = settings
    this.#records = over === undefined ? new Map() : over.#records
    this.#rows = over === undefined ? new Map() : over.#rows
    this.#marks = over === undefined ? new Map() : over.#marks
  }

  schedule(channelId: string, expires: number): Promise<void> {
    return this.#request('write', 'schedule', channelId, () => {
      const bucket = Math.floor(expires / hour)
      const rows = this.#rows.get(bucket) ?? new Map<string, ExpiredRow>()
      rows.set(`${expires} ${channelId}`, { channelId, expires })
      this.#rows.set(bucket, rows)
    })
  }

  unschedule(channelId: string, expires: number): Promise<void> {
    return this.#request('write', 'unschedule', channelId, () => {
      const bucket = Math.floor(expires / hour)
      const rows = this.#rows.get(bucket)
      rows?.delete(`${expires} ${channelId}`)
      if (rows?.size === 0) this.#rows.delete(bucket)
    })
  }

  add(record: ChannelRecord): Promise<boolean> {
    return this.#request('write', 'add', record.channelId, () => {
      if (this.#at(record.channelId) !== undefined) return false
      this.#records.set(record.channelId, copied(record))
      return true
    })
  }

  find(channelId: string): Promise<ChannelRecord | ClosedMark | undefined> {
    return this.#request('get', 'find', channelId, () => copied(this.#at(channelId)))
  }

  change(channelId: string, expected: Expectation, change: Change): Promise<ChannelRecord | undefined> {
    return this.#request('write', 'change', channelId, () => {
      const found = this.#at(channelId)
      if (found === undefined || found.state === 'closed' || !meets(found, expected)) return undefined
      const changed = changedBy(found, change)
      this.#records.set(channelId, changed)
      return copied(changed)
    })
  }

  close(mark: ClosedMark, states: readonly LiveState[]): Promise<ChannelRecord | undefined> {
    return this.#request('write', 'close', mark.channelId, () => {
      const found = this.#at(mark.channelId)
      if (found === undefined || found.state === 'closed' || !states.includes(found.state)) return undefined
      this.#mark(mark)
      return copied(found)
    })
  }

  forbid(mark: ClosedMark): Promise<boolean> {
    return this.#request('write', 'forbid', mark.channelId, () => {
      if (this.#at(mark.channelId) !== undefined) return false
      this.#mark(mark)
      return true
    })
  }

  async *expired(now: number): AsyncIterable<readonly ExpiredRow[]> {
    for (const bucket of [...this.#rows.keys()].sort((a, b) => a - b)) {
      if (bucket * hour >= now) return
      yield await this.#request('query', 'expired', String(bucket), () =>
        [...(this.#rows.get(bucket)?.values() ?? [])].filter(({ expires }) => expires < now),
      )
    }
  }

  /** The ids of channels that are not closed, and of closed ones whose mark holds more than a mark may. */
  held(): string[] {
    return [...this.#records.values()].flatMap((found) => (found.state === 'closed' && isMark(found) ? [] : [found.channelId]))
  }

  /** The ids that rows for the sweep are left of. */
  scheduled(): string[] {
    return [...this.#rows.values()].flatMap((rows) => [...rows.values()].map(({ channelId }) => channelId))
  }

  #mark(mark: ClosedMark): void {
    const now = this.#settings.now()
    // What a store with a time-to-live does by itself.
    for (const [id, ttl] of this.#marks) {
      if (ttl >= now) break
      this.#marks.delete(id)
      if (this.#records.get(id)?.state === 'closed') this.#records.delete(id)
    }
    this.#records.set(mark.channelId, { ...mark })
    this.#marks.set(mark.channelId, mark.ttl)
  }

  #at(channelId: string): ChannelRecord | ClosedMark | undefined {
    const found = this.#records.get(channelId)
    return found !== undefined && found.ttl < this.#settings.now() ? undefined : found
  }

  #request<T>(kind: 'get' | 'query' | 'write', name: string, about: string, make: () => T): Promise<T> {
    return this.#settings.request({ kind, name: `channels.${name}`, about, items: 1 }, async () => make())
  }
}

const markKeys = new Set(['channelId', 'state', 'by', 'from', 'ttl'])

function isMark(found: object): boolean {
  return Object.keys(found).every((key) => markKeys.has(key))
}

function meets(record: ChannelRecord, { states, pending, claimedBy }: Expectation): boolean {
  if (!states.includes(record.state)) return false
  if (pending === true && record.pending === undefined) return false
  return claimedBy === undefined || (record.claim?.by ?? null) === claimedBy
}

function changedBy(record: ChannelRecord, { state, session, pending, claim }: Change): ChannelRecord {
  return {
    ...record,
    ...(state !== undefined && { state }),
    ...(session !== undefined && { session: copyJson(session.value) }),
    ...(pending !== undefined && { pending: pending === null ? undefined : { ...pending, items: [...pending.items] } }),
    ...(claim !== undefined && { claim: claim ?? undefined }),
  }
}

/** A copy that shares nothing: what one invocation does to what it read must not show to another. */
function copied<T extends ChannelRecord | ClosedMark | undefined>(found: T): T {
  if (found === undefined || found.state === 'closed') return found
  const { openingData, session } = found as ChannelRecord
  return { ...found, openingData: copyJson(openingData), session: copyJson(session) }
}
