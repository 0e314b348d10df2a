/** Held-out defects of the fifth set: written from the contract and the sources of dynamodb-serverless alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const fifthLate: readonly HeldOut[] = [
  {
    name: 'send-does-not-wait-for-a-publish-still-listing',
    base: 'dynamodb-serverless',
    expected: 'PUB-07',
    alternatives: ['SEND-07', 'SEND-01', 'LIFE-14'],
    standsFor:
      'Simplifying a per-connection queue so that a send no longer waits for an earlier publish whose receivers are still being read.',
    shows:
      'A handler subscribed to a topic publishes to it without awaiting and then sends to itself (or returns a value): the sent message or reply arrives before the published one.',
    edits: [
      {
        file: 'adapters/serverless/outbox.ts',
        find: `    const listing = this.#listing
    return listing === undefined ? this.#chain(channelId, task) : listing.then(() => this.#chain(channelId, task))
`,
        replace: `    return this.#chain(channelId, task)
`,
      },
    ],
  },
  {
    name: 'published-410-believed-while-socket-is-opening',
    base: 'dynamodb-serverless',
    expected: 'STATELESS-08',
    alternatives: ['STATELESS-06', 'LIFE-10', 'SUB-01', 'STATELESS-12', 'LIFE-07', 'STATELESS-05'],
    standsFor: 'Taking "its connect handler is done" for "its socket is open" when a gone answer is judged.',
    shows:
      'A channel subscribes in onConnect; after its record is complete but before the platform has opened the socket (posts are answered 410) somebody publishes to the topic: the channel is removed and onDisconnect runs, although the client is connected a moment later, and its messages reach no handler.',
    edits: [
      {
        file: 'adapters/serverless/topics.ts',
        find: "import { isAged, isExpired, isLive } from './records.ts'",
        replace: "import { isAged, isExpired, isLive, isSettled } from './records.ts'",
      },
      {
        file: 'adapters/serverless/topics.ts',
        find: `      if (found.state !== 'open') return
`,
        replace: `      if (!isSettled(found)) return
`,
      },
    ],
  },
  {
    name: 'subscriptions-end-after-ondisconnect',
    base: 'dynamodb-serverless',
    expected: 'SUB-12',
    alternatives: ['SUB-09', 'PUB-10', 'SUB-06', 'LIFE-13'],
    standsFor: "Moving a clean-up behind the user's callback, the way a finally block would have it.",
    shows:
      'onDisconnect publishes to a topic its channel was subscribed to, or somebody publishes while a slow onDisconnect runs: a post to the closed connection is tried, since the store still lists it.',
    edits: [
      {
        file: 'adapters/serverless/removal.ts',
        find: `        // After the mark: a subscribe that looks again finds it, and one that does not has left what \`clear\` finds.
        await clear(host, channelId, topic)
        return { record, runs: isSettled(record) }
`,
        replace: `        return { record, runs: isSettled(record) }
`,
      },
      {
        file: 'adapters/serverless/removal.ts',
        find: `  if (runs) await host.runDisconnect(record)
`,
        replace: `  if (runs) await host.runDisconnect(record)
  await clear(host, record.channelId)
`,
      },
    ],
  },
  {
    name: 'message-returns-before-removals-it-caused',
    base: 'dynamodb-serverless',
    expected: 'STATELESS-13',
    alternatives: ['STATELESS-06', 'LIFE-10', 'SEND-08'],
    standsFor:
      'Forgetting to await background work before a serverless invocation returns, after which the process may be frozen.',
    shows:
      'A message handler publishes to a subscriber whose connection is answered 410 and whose onDisconnect takes a while: the invocation answers while that onDisconnect still runs (in a process that stops there it never ends, and the row stays).',
    answer:
      'The machine was too busy: a crowd of a thousand had 15 s to go within, and has that for each hundred now. Found in the next run.',
    edits: [
      {
        file: 'adapters/serverless/message.ts',
        find: `  await event.conclude()
  await event.settle()
`,
        replace: `  await event.conclude()
`,
      },
    ],
  },
  {
    name: 'key-parts-normalised',
    base: 'dynamodb-serverless',
    expected: 'SUB-05',
    alternatives: ['STORE-09', 'PUB-04', 'SUB-02', 'SUB-03'],
    standsFor: 'Normalising text "for safety" where keys are made, so that different texts share a key.',
    shows:
      'One channel subscribes to "caf\\u00e9" and another publishes to "cafe\\u0301" (same look, other code points): the subscriber receives it, and unsubscribing either ends both.',
    edits: [
      {
        file: 'adapters/dynamodb-serverless/keys.ts',
        find: '  const encoded = text.replace(confusing, (each) =>',
        replace: "  const encoded = text.normalize('NFC').replace(confusing, (each) =>",
      },
    ],
  },
  {
    name: 'cleared-session-left-in-the-table',
    base: 'dynamodb-serverless',
    expected: 'AUTH-07',
    alternatives: ['AUTH-05', 'AUTH-01', 'AUTH-04', 'AUTH-10', 'STORE-03'],
    standsFor: 'Building an update from the values that are defined, so that "remove this attribute" becomes "leave it".',
    shows:
      'A client authenticates, an action calls userSession.clear(), and the next message goes to a protected action: it runs with the old session instead of being refused.',
    edits: [
      {
        file: 'adapters/dynamodb-serverless/expression.ts',
        find: `  if (change.session !== undefined) {
    const { value } = change.session
    write('session', value === undefined ? undefined : { S: toJsonText(value) })
  }
`,
        replace: `  if (change.session !== undefined && change.session.value !== undefined)
    write('session', { S: toJsonText(change.session.value) })
`,
      },
    ],
  },
  {
    name: 'close-reads-then-writes',
    base: 'dynamodb-serverless',
    expected: 'STORE-04',
    alternatives: ['STATELESS-03', 'LIFE-10', 'STATELESS-02'],
    standsFor: 'Replacing one conditional write by a read, a check and a plain write, which two callers can interleave.',
    shows:
      'Two removals of a channel run at the same time (a disconnect delivered twice at once): both are given the record, and onDisconnect runs twice.',
    edits: [
      {
        file: 'adapters/dynamodb-serverless/channel-store.ts',
        find: "import { inStates, isAbsent, updateOf } from './expression.ts'",
        replace: "import { isAbsent, updateOf } from './expression.ts'",
      },
      {
        file: 'adapters/dynamodb-serverless/channel-store.ts',
        find: "import { idBeside, itemOf, itemOfMark, liveRecordOf, recordOf, retention, ttlOf } from './records.ts'",
        replace: "import { idBeside, itemOf, itemOfMark, liveRecordOf, recordOf, retention, text, ttlOf } from './records.ts'",
      },
      {
        file: 'adapters/dynamodb-serverless/channel-store.ts',
        find: `      // One conditional put: of all that try only one finds the record, and is given it (STORE-04).
      const item = await requests.putIf(itemOfMark(mark), inStates(states))
      return item === undefined ? undefined : liveRecordOf(mark.channelId, item)
`,
        replace: `      const item = await requests.get(channelKey(mark.channelId))
      if (item === undefined || !states.some((state) => state === text(item.state))) return undefined
      await requests.put(itemOfMark(mark))
      return liveRecordOf(mark.channelId, item)
`,
      },
    ],
  },
  {
    name: 'sweep-cursor-passes-the-present-hour',
    base: 'dynamodb-serverless',
    expected: 'STATELESS-09',
    alternatives: ['STORE-10', 'LIFE-10', 'SUB-06', 'STATELESS-11'],
    standsFor: 'An off-by-one in a cursor: the bucket that is still filling is taken for done because it is empty now.',
    shows:
      'A sweep runs early in an hour and finds nothing; a channel whose disconnect was lost expires later in that same hour: no sweep after it, then or ever, finds it, so its onDisconnect never runs.',
    answer: 'STORE-10 finds it: hunts of held-out defects left out the programs on stores alone, which a run of the suite has.',
    edits: [
      {
        file: 'adapters/dynamodb-serverless/sweep.ts',
        find: 'while (first < present && this.#left',
        replace: 'while (first <= present && this.#left',
      },
    ],
  },
  {
    name: 'offered-protocols-not-split',
    base: 'dynamodb-serverless',
    expected: 'LIFE-23',
    alternatives: [],
    standsFor: 'Reading a comma-separated header as one value.',
    shows:
      'A client offers the sub-protocols "chat.v1" and "chat.v2" (one header "chat.v1, chat.v2"): the handshake is answered with the whole list as the selected protocol, which is none of those offered.',
    edits: [
      {
        file: 'adapters/dynamodb-serverless/events.ts',
        find: `  const protocols = offers.flatMap((offer) => offer.split(',').map((each) => each.trim())).filter((each) => each !== '')
`,
        replace: `  const protocols = offers.map((offer) => offer.trim()).filter((each) => each !== '')
`,
      },
    ],
  },
  {
    name: 'server-errors-of-posts-retried',
    base: 'dynamodb-serverless',
    expected: 'STATELESS-07',
    alternatives: ['PUB-05', 'PUB-01', 'SEND-01'],
    standsFor: 'The usual retry policy, "429 and 5xx are transient", on a request that is not idempotent.',
    shows:
      'The management interface answers a post with 500 or 502 after the message has got through: the post is repeated up to five times, and the client gets copies of the message.',
    edits: [
      {
        file: 'adapters/dynamodb-serverless/gateway.ts',
        find: "return status >= 400 && status < 500 ? 'refused' : 'unknown'",
        replace: "return status >= 400 && status < 500 ? 'refused' : 'throttled'",
      },
    ],
  },
]
