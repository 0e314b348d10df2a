/**
 * One search for expired channels: from where the cursor stands to the present hour, bucket by bucket. A row's sort key
 * begins with its time, so that the present hour is searched too without reading a live row (STORE-10).
 */
import type { ExpiredRow } from '../serverless/ports.ts'
import { cursorKey, expiryPartition, hourOf, type Key, timeDigits } from './keys.ts'
import { idOf, number } from './records.ts'
import type { Requests } from './requests.ts'

/** Where the first sweep of a table begins, in hours before the present: older rows have reached their ttl. */
const reach = 26
/** After so many empty hours a search that is still under way moves the cursor, so that one that is cut off gets on. */
const stride = 48

/** A search under way. */
export class Sweep {
  readonly #requests: Requests
  readonly #shards: number
  readonly #now: number
  /** What it has found and what was not taken back since, by partition. */
  readonly #left = new Map<string, Set<string>>()

  constructor(requests: Requests, shards: number, now: number) {
    this.#requests = requests
    this.#shards = shards
    this.#now = now
  }

  /** A row was taken back. */
  gone({ pk, sk }: Key): void {
    this.#left.get(pk)?.delete(sk)
  }

  /** Pages of what has expired; moves the cursor once they have been dealt with, that is, when it is asked for more. */
  async *pages(): AsyncGenerator<ExpiredRow[]> {
    const present = hourOf(this.#now)
    const ends: (() => Promise<void>)[] = []
    for (let shard = 0; shard < this.#shards; shard++) {
      const stored = await this.#requests.get(cursorKey(shard))
      let cursor = stored === undefined ? undefined : number(stored.hour)
      const from = cursor ?? Math.max(0, present - reach)
      /** The first hour of which something is left, or the present one: that fills. */
      let first = from
      /** Moves the cursor if it gets on by so many hours; in the end the first one is written whatever it is. */
      const advance = async (least: number): Promise<void> => {
        while (first < present && this.#left.get(expiryPartition(first, shard))?.size === 0) first++
        if (first - (cursor ?? from) < least && !(cursor === undefined && least === 1)) return
        await this.#move(shard, first)
        cursor = first
      }
      for (let hour = from; hour <= present; hour++) {
        yield* this.#bucket(expiryPartition(hour, shard))
        if (hour - from >= stride) await advance(stride)
      }
      ends.push(() => advance(1))
    }
    // After the last bucket of all, since what is found may be dealt with beside the search.
    for (const end of ends) await end()
  }

  /** The expired rows of a bucket. */
  async *#bucket(pk: string): AsyncGenerator<ExpiredRow[]> {
    const left = new Set<string>()
    this.#left.set(pk, left)
    for await (const items of this.#requests.query({ pk, below: timeDigits(this.#now), attributes: ['sk', 'id'] })) {
      const rows: ExpiredRow[] = []
      for (const item of items) {
        const sk = item.sk?.S ?? ''
        left.add(sk)
        const hash = sk.indexOf('#')
        rows.push({ channelId: idOf(sk.slice(hash + 1), item), expires: Number(sk.slice(0, hash)) })
      }
      yield rows
    }
  }

  /** The cursor only goes on: another sweep may have come further, and what it has emptied stays empty. */
  async #move(shard: number, hour: number): Promise<void> {
    await this.#requests.updateIf(cursorKey(shard), {
      condition: 'attribute_not_exists(#hour) OR #hour < :hour',
      update: 'SET #hour = :hour',
      names: { '#hour': 'hour' },
      values: { ':hour': { N: String(hour) } },
    })
  }
}
