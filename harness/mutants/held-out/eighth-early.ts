/** Held-out defects of the eighth set: written from the contract and the sources of memory-serverless alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const eighthEarly: readonly HeldOut[] = [
  {
    name: 'session-clear-is-skipped-by-the-store',
    base: 'memory-serverless',
    expected: 'AUTH-07',
    alternatives: ['AUTH-04', 'AUTH-05', 'AUTH-10', 'STORE-03', 'STATELESS-02'],
    standsFor:
      'An update builder that leaves out fields whose new value is undefined, so that a write which means "none" writes nothing.',
    shows:
      'A client authenticates, then an action calls userSession.clear(), which resolves; the next protected action is still run with the old session instead of being answered UnauthorizedError.',
    edits: [
      {
        file: 'adapters/memory-serverless/channel-store.ts',
        find: '...(session !== undefined && { session: copyJson(session.value) }),',
        replace: '...(session?.value !== undefined && { session: copyJson(session.value) }),',
      },
    ],
  },
  {
    name: 'close-looks-before-its-request',
    base: 'memory-serverless',
    expected: 'STORE-04',
    alternatives: ['STATELESS-03', 'LIFE-10', 'STATELESS-02', 'STATELESS-06'],
    standsFor:
      'A condition checked before the write is sent rather than as part of it (check-then-act), to save a request that would be refused anyway.',
    shows:
      'Two removals of one channel overlap (a disconnect delivered twice at once, or a disconnect beside a 410) over a store whose requests take time: both are given the record and onDisconnect runs twice.',
    edits: [
      {
        file: 'adapters/memory-serverless/channel-store.ts',
        find: `    return this.#request('write', 'close', mark.channelId, () => {
      const found = this.#at(mark.channelId)
      if (found === undefined || found.state === 'closed' || !states.includes(found.state)) return undefined
      this.#mark(mark)
      return copied(found)
    })`,
        replace: `    const found = this.#at(mark.channelId)
    if (found === undefined || found.state === 'closed' || !states.includes(found.state)) return Promise.resolve(undefined)
    return this.#request('write', 'close', mark.channelId, () => {
      this.#mark(mark)
      return copied(found)
    })`,
      },
    ],
  },
  {
    name: 'subscriber-pages-by-offset',
    base: 'memory-serverless',
    expected: 'STORE-08',
    alternatives: ['STATELESS-11', 'PUB-12', 'PUB-01', 'PUB-10', 'SUB-01', 'STATELESS-12'],
    standsFor:
      'Paging by a running offset instead of by the last key seen, so that entries that go away between two pages shift the rest.',
    shows:
      'A topic with more subscribers than a page holds; while a publish (or a listing) is between pages one of the first page unsubscribes, closes or is removed as gone: a subscriber that was there throughout is skipped and gets no copy.',
    edits: [
      {
        file: 'adapters/memory-serverless/event-hub-store.ts',
        find: `    let after: string | undefined
    do {
      const page: Subscriber[] = await this.#request('query', 'subscribers', topic, size, () => this.#page(topic, after, size))
      if (page.length > 0) yield page
      after = page.length < size ? undefined : page.at(-1)?.channelId
    } while (after !== undefined)`,
        replace: `    let from = 0
    let more = true
    while (more) {
      const page: Subscriber[] = await this.#request('query', 'subscribers', topic, size, () => this.#page(topic, from, size))
      if (page.length > 0) yield page
      from += page.length
      more = page.length === size
    }`,
      },
      {
        file: 'adapters/memory-serverless/event-hub-store.ts',
        find: `  /** Keys in their own order, so that a page begins where the last one ended whatever came or went meanwhile. */
  #page(topic: string, after: string | undefined, size: number): Subscriber[] {`,
        replace: `  /** Keys in their own order, so that a page begins where the last one ended. */
  #page(topic: string, from: number, size: number): Subscriber[] {`,
      },
      {
        file: 'adapters/memory-serverless/event-hub-store.ts',
        find: `    return subscribers
      .filter(({ channelId }) => after === undefined || channelId > after)
      .sort((a, b) => (a.channelId < b.channelId ? -1 : 1))
      .slice(0, size)`,
        replace: '    return subscribers.sort((a, b) => (a.channelId < b.channelId ? -1 : 1)).slice(from, from + size)',
      },
    ],
  },
  {
    name: 'sweep-takes-the-whole-current-hour',
    base: 'memory-serverless',
    expected: 'STORE-10',
    alternatives: ['STATELESS-09', 'STATELESS-12', 'LIFE-10', 'SUB-01', 'LIFE-05', 'STATELESS-16'],
    standsFor: 'Taking the granularity of the index (an hour bucket that has begun) for the expiry itself.',
    shows:
      'A sweep runs while a live channel expires later within the same hour of the clock: the listing of expired channels holds it, its record and subscriptions are removed and its onDisconnect runs while its client is still connected.',
    edits: [
      {
        file: 'adapters/memory-serverless/channel-store.ts',
        find: `      yield await this.#request('query', 'expired', String(bucket), () =>
        [...(this.#rows.get(bucket)?.values() ?? [])].filter(({ expires }) => expires < now),
      )`,
        replace:
          "      yield await this.#request('query', 'expired', String(bucket), () => [...(this.#rows.get(bucket)?.values() ?? [])])",
      },
    ],
  },
  {
    name: 'store-forgets-records-once-expired',
    base: 'memory-serverless',
    expected: 'STATELESS-09',
    alternatives: ['LIFE-10', 'STATELESS-05', 'STORE-02', 'AUTH-12'],
    standsFor:
      'Hiding expired records inside the store ("every reader takes it for closed"), the sweep that needs them included.',
    shows:
      'A connection whose disconnect is never delivered; after its record has expired a sweep runs: the row and subscriptions go but onDisconnect is never called (nor for a disconnect that comes after the expiry).',
    edits: [
      {
        file: 'adapters/memory-serverless/channel-store.ts',
        find: '    return found !== undefined && found.ttl < this.#settings.now() ? undefined : found',
        replace: `    if (found === undefined) return undefined
    const end = found.state === 'closed' ? found.ttl : found.expires
    return end < this.#settings.now() ? undefined : found`,
      },
    ],
  },
  {
    name: 'no-ondisconnect-after-overtaken-connect',
    base: 'memory-serverless',
    expected: 'STATELESS-17',
    alternatives: ['LIFE-19', 'LIFE-10', 'STATELESS-03'],
    standsFor:
      'Treating a connect that finds its record already closing like one that failed, forgetting that its onConnect succeeded and nobody else will clean up.',
    shows:
      'A disconnect arrives while onConnect is still pending; onConnect then succeeds: the connect is refused and the subscriptions go, but onDisconnect never runs.',
    edits: [
      {
        file: 'adapters/serverless/connect.ts',
        find: 'if (!isSettled(found)) return abandon(host, record, gone, connecting)',
        replace: 'if (!isSettled(found)) return abandon(host, record, gone, undefined)',
      },
    ],
  },
  {
    name: 'repeated-connect-answers-before-the-first',
    base: 'memory-serverless',
    expected: 'STATELESS-05',
    alternatives: ['STATELESS-02', 'LIFE-06'],
    standsFor: 'Looking again once where it takes waiting until the other invocation has finished.',
    shows:
      "A connect event is delivered a second time while the first one's onConnect takes longer than a moment: the repetition answers 410 at once, the first answers 200 afterwards.",
    edits: [
      {
        file: 'adapters/serverless/connect.ts',
        find: "  while (found?.state === 'connecting' && !isAged(found, clock.now())) {",
        replace: "  if (found?.state === 'connecting' && !isAged(found, clock.now())) {",
      },
    ],
  },
  {
    name: 'gone-judged-by-a-look-after-the-post',
    base: 'memory-serverless',
    expected: 'STATELESS-08',
    alternatives: ['STATELESS-06', 'STATELESS-12', 'SUB-01', 'LIFE-10'],
    standsFor:
      'Saving the confirming second post: the record read after a 410 says "open", so the 410 is believed, although the post began before that was so.',
    shows:
      "A publish posts to a subscriber whose connect has not returned and is answered 410; before the publisher reads the record, the client's first message makes the channel open: the live channel is removed and its onDisconnect runs.",
    edits: [
      {
        file: 'adapters/serverless/topics.ts',
        find: "=== 'gone') await this.#gone(topic, subscriber, text, aged)",
        replace: "=== 'gone') await this.#gone(topic, subscriber, aged)",
      },
      {
        file: 'adapters/serverless/topics.ts',
        find: '   * connection was aged then, or a look before the post has seen it open. Hence the second post.',
        replace: '   * connection was aged then, or its record says that it is open.',
      },
      {
        file: 'adapters/serverless/topics.ts',
        find: 'async #gone(topic: string, subscriber: Subscriber, text: string, aged: boolean)',
        replace: 'async #gone(topic: string, subscriber: Subscriber, aged: boolean)',
      },
      {
        file: 'adapters/serverless/topics.ts',
        find: `    if (!aged) {
      if (found.state !== 'open') return
      if ((await post(this.#host, subscriber, text)) !== 'gone') return
    }`,
        replace: "    if (!aged && found.state !== 'open') return",
      },
    ],
  },
  {
    name: 'publish-posts-to-the-publishers-endpoint',
    base: 'memory-serverless',
    expected: 'STATELESS-18',
    alternatives: ['PUB-13', 'PUB-01', 'SUB-01', 'STATELESS-06', 'PUB-04'],
    standsFor:
      "Making the management client once per invocation from the event's own domain and stage, as every sample does, and using it for all receivers.",
    shows:
      "Two connections through different APIs (endpoints) subscribe to one topic and one of them publishes from a handler: the post for the other goes to the publisher's endpoint, so the subscriber gets nothing (and may be removed on that endpoint's 410).",
    edits: [
      {
        file: 'adapters/serverless/topics.ts',
        find: `    const aged = this.#agedNow(subscriber)
    if ((await post(this.#host, subscriber, text))`,
        replace: `    const aged = this.#agedNow(subscriber)
    const { endpoint } = own?.record ?? subscriber
    if ((await post(this.#host, { channelId: subscriber.channelId, endpoint }, text))`,
      },
    ],
  },
  {
    name: 'send-overtakes-an-unawaited-publish',
    base: 'memory-serverless',
    expected: 'SEND-07',
    alternatives: ['PUB-07', 'SEND-01', 'PUB-06', 'LIFE-14'],
    standsFor:
      'A queue per connection that knows only of receivers already listed, so that whatever is sent while a publish is still listing overtakes it.',
    shows:
      'A handler subscribed to its own topic calls eventHub.publish(topic, null, "a") without awaiting and then channel.send("b") (or returns a reply): "b" is posted before "a".',
    edits: [
      {
        file: 'adapters/serverless/outbox.ts',
        find: `    const listing = this.#listing
    return listing === undefined ? this.#chain(channelId, task) : listing.then(() => this.#chain(channelId, task))`,
        replace: '    return this.#chain(channelId, task)',
      },
    ],
  },
]
