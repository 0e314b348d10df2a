/** The hub over stores: subscribing with a look before and after, publishing to whoever is listed. */
import { ChannelClosedError, type Encoded, type HubPort } from '../runtime/index.ts'
import { type Host, warn } from './host.ts'
import type { Outbox } from './outbox.ts'
import type { ChannelRecord, Subscriber } from './ports.ts'
import { post } from './post.ts'
import { isAged, isExpired, isLive } from './records.ts'
import { close, conclude } from './removal.ts'
import { lifetime } from './times.ts'

/** What a hub needs to know of the event it is used in. */
export interface OwnChannel {
  readonly record: ChannelRecord
  /** Gives a text to the event's own client, as that event does. */
  deliver(text: string): Promise<void>
  /** Whether a publish to the event's own channel goes that way and no other: its socket is not open yet. */
  readonly unopened?: boolean
}

/** The hub as one event, or the host, uses it. */
export class Topics implements HubPort {
  readonly #host: Host
  readonly #outbox: Outbox
  readonly #later: (work: Promise<void>) => void
  readonly #own: OwnChannel | undefined

  /** @param later has the invocation wait for work that the caller does not wait for */
  constructor(host: Host, outbox: Outbox, later: (work: Promise<void>) => void, own?: OwnChannel) {
    this.#host = host
    this.#outbox = outbox
    this.#later = later
    this.#own = own
  }

  /**
   * Safe against a close at any moment: either the second look sees the mark, and the entry is taken back; or the mark
   * came after it, and the removal's `clear` finds the entry. The first look is for ids of others: an entry that is
   * taken back can then never be one that a later connect made.
   */
  async subscribe(topic: string, channelId: string): Promise<void> {
    const { channels, topics, clock } = this.#host.ports
    const own = this.#own?.record.channelId === channelId ? this.#own.record : undefined
    const found = own ?? (await channels.find(channelId))
    if (!isLive(found, clock.now())) throw new ChannelClosedError()
    const { endpoint, expires } = found
    await topics.enter(topic, { channelId, endpoint, expires })
    if (isLive(await channels.find(channelId), clock.now())) return
    await topics.withdraw(topic, channelId)
    throw new ChannelClosedError()
  }

  unsubscribe(topic: string, channelId: string): Promise<void> {
    return this.#host.ports.topics.leave(topic, channelId)
  }

  async publish(topic: string, excludeId: string | null, encoded: Encoded): Promise<void> {
    if (typeof encoded !== 'string') throw new TypeError('bytes cannot be published: this platform carries text only')
    const { topics, clock } = this.#host.ports
    const posts: Promise<void>[] = []
    await this.#outbox.list(async (enqueue) => {
      for await (const page of topics.subscribers(topic)) {
        for (const subscriber of page) {
          const { channelId } = subscriber
          if (channelId === excludeId || isExpired(subscriber, clock.now())) continue
          const posted = enqueue(channelId, () => this.#deliver(topic, subscriber, encoded))
          posts.push(posted.catch((error: unknown) => warn(this.#host, 'a publish failed', { channelId, reason: String(error) })))
        }
      }
    })
    await Promise.all(posts)
  }

  async #deliver(topic: string, subscriber: Subscriber, text: string): Promise<void> {
    const own = this.#own
    if (own?.unopened === true && own.record.channelId === subscriber.channelId) {
      await own.deliver(text)
      return
    }
    const aged = this.#agedNow(subscriber)
    if ((await post(this.#host, subscriber, text)) === 'gone') await this.#gone(topic, subscriber, text, aged)
  }

  /**
   * A 410 proves that a channel is gone only where its socket cannot have been connecting when the post began: the
   * connection was aged then, or a look before the post has seen it open. Hence the second post.
   */
  async #gone(topic: string, subscriber: Subscriber, text: string, aged: boolean): Promise<void> {
    const { channels, topics } = this.#host.ports
    const { channelId } = subscriber
    const found = await channels.find(channelId)
    if (found === undefined || found.state === 'closed') {
      // Left by an invocation that crashed: repaired by the one publish that meets it (STATELESS-12).
      await topics.withdraw(topic, channelId)
      return
    }
    if (found.endpoint !== subscriber.endpoint) return
    if (!aged) {
      if (found.state !== 'open') return
      if ((await post(this.#host, subscriber, text)) !== 'gone') return
    }
    const removed = await close(this.#host, channelId, { known: found, topic })
    if (removed !== undefined) this.#later(conclude(this.#host, removed))
  }

  #agedNow({ expires }: Subscriber): boolean {
    return isAged({ connectedAt: expires - lifetime }, this.#host.ports.clock.now())
  }
}
