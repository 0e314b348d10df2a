/** Held-out defects of the second set: written from the contract and the sources of memory-serverless alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const secondEarly: readonly HeldOut[] = [
  {
    name: 'overtaken-connect-forgets-ondisconnect',
    base: 'memory-serverless',
    expected: 'STATELESS-17',
    alternatives: ['LIFE-10', 'LIFE-19'],
    standsFor:
      'When the write that completes a connect is refused because a disconnect came meanwhile, the clean-up path is told nothing of the onConnect that had succeeded, so it tidies up but runs no onDisconnect.',
    shows:
      'A disconnect event is handled while onConnect is still pending; onConnect then succeeds. The connect is answered 410 and the subscriptions are gone, but onDisconnect never runs.',
    edits: [
      {
        file: 'adapters/serverless/connect.ts',
        find: 'if (!isSettled(found)) return abandon(host, record, gone, connecting)',
        replace: 'if (!isSettled(found)) return abandon(host, record, gone, undefined)',
      },
    ],
  },
  {
    name: 'own-subscribe-trusts-its-snapshot',
    base: 'memory-serverless',
    expected: 'SUB-07',
    alternatives: ['SUB-06', 'STATELESS-12', 'SUB-12', 'SUB-09'],
    standsFor: `The look after a subscribe is saved for the event's own channel, on the belief that a channel whose handler runs must be alive.`,
    shows:
      'A message handler waits, the disconnect of its connection is handled to the end, then the handler subscribes its own channel (or onDisconnect itself subscribes it): the subscribe resolves, the hub store keeps the entry of a closed channel and the next publish is posted to it.',
    edits: [
      {
        file: 'adapters/serverless/topics.ts',
        find: 'if (isLive(await channels.find(channelId), clock.now())) return',
        replace: 'if (own !== undefined || isLive(await channels.find(channelId), clock.now())) return',
      },
    ],
  },
  {
    name: 'late-gone-judged-by-todays-state',
    base: 'memory-serverless',
    expected: 'STATELESS-08',
    alternatives: ['SUB-01', 'LIFE-10'],
    standsFor:
      'A 410 to a publish is judged by the state the record has after the post, not by what was known when the post began: the confirming second post was left out as superfluous.',
    shows: `A publish posts to a subscriber whose connect has not returned; the 410 is held back until that client's first message has been handled. The live channel is then removed: onDisconnect runs, later messages of it run no handler and publishes no longer reach it.`,
    edits: [
      {
        file: 'adapters/serverless/topics.ts',
        find: `      if ((await post(this.#host, subscriber, text)) !== 'gone') return
`,
        replace: '',
      },
    ],
  },
  {
    name: 'outbox-forgets-a-queue-still-running',
    base: 'memory-serverless',
    expected: 'SEND-07',
    alternatives: ['STATELESS-16', 'STATELESS-07', 'LIFE-14'],
    standsFor: `When a task of a connection's queue is over its entry is deleted without checking that the entry is still its own, so tasks queued behind it are forgotten and the next one does not wait for them.`,
    shows:
      'A handler sends 1 and 2 unawaited, waits a moment, then sends 3 while the post of 2 is still under way or being repeated after a 429: 3 is posted beside 2 and reaches the client first.',
    answer: 'Programs send while an earlier send is being repeated.',
    edits: [
      {
        file: 'adapters/serverless/outbox.ts',
        find: 'if (this.#tails.get(channelId) === tail) this.#tails.delete(channelId)',
        replace: 'this.#tails.delete(channelId)',
      },
    ],
  },
  {
    name: 'message-runs-past-a-running-delivery',
    base: 'memory-serverless',
    expected: 'STATELESS-10',
    alternatives: ['LIFE-08'],
    standsFor: `A message takes onConnect's output as dealt with as soon as somebody has claimed it, instead of waiting until the claim is marked done.`,
    shows: `The deferred delivery has claimed what onConnect sent and its first post is slow; the client's first message is handled meanwhile. Its handler starts, and its reply arrives, before the messages of onConnect.`,
    edits: [
      {
        file: 'adapters/serverless/message.ts',
        find: '} else if (found.pending !== undefined) {',
        replace: '} else if (found.pending !== undefined && found.claim === undefined) {',
      },
    ],
  },
  {
    name: 'close-without-output-in-onconnect-is-lost',
    base: 'memory-serverless',
    expected: 'LIFE-14',
    alternatives: ['STATELESS-10', 'LIFE-10'],
    standsFor:
      'Whether onConnect left something to be done after the connect is decided by its messages alone; a close() with no message beside it is overlooked.',
    shows:
      'onConnect calls channel.close() and neither sends nor returns anything: the connect is answered 200, the platform is never asked to close the connection, onDisconnect does not run and messages are handled as usual.',
    edits: [
      {
        file: 'adapters/serverless/connecting-channel.ts',
        find: 'return this.#items.length > 0 || this.#close ?',
        replace: 'return this.#items.length > 0 ?',
      },
    ],
  },
  {
    name: 'repeated-connect-waits-only-once',
    base: 'memory-serverless',
    expected: 'STATELESS-05',
    alternatives: ['LIFE-06'],
    standsFor:
      'A repeated connect looks once more after the first pause instead of waiting until the first invocation has come to a result.',
    shows:
      'A connect event is delivered twice, the second time while the onConnect of the first is pending for a few hundred milliseconds. The second is answered 410 at once, the first 200 later: they do not answer alike, and a good connection is refused.',
    edits: [
      {
        file: 'adapters/serverless/connect.ts',
        find: `while (found?.state === 'connecting' && !isAged(found, clock.now())) {`,
        replace: `if (found?.state === 'connecting' && !isAged(found, clock.now())) {`,
      },
    ],
  },
  {
    name: 'forbidden-post-taken-for-gone',
    base: 'memory-serverless',
    expected: 'STATELESS-07',
    alternatives: ['LIFE-10', 'LIFE-05'],
    standsFor: 'A 403 of the gateway to a send or reply is treated like a 410.',
    shows: `The gateway answers one post of a message handler with 403 (refused). The channel is closed for good: the send rejects with ChannelClosedError, subscriptions end, onDisconnect runs and the client's next message gets no reply although its socket is open.`,
    edits: [
      {
        file: 'adapters/serverless/open-channel.ts',
        find: `if (answer !== 'gone') return`,
        replace: `if (answer !== 'gone' && answer !== 'refused') return`,
      },
    ],
  },
  {
    name: 'session-get-reads-the-first-snapshot',
    base: 'memory-serverless',
    expected: 'AUTH-05',
    alternatives: ['STATELESS-02'],
    standsFor: 'userSession.get answers from the record that was loaded when the event began, not from the store.',
    shows:
      'Handler A waits; handler B of the same connection sets a session and its set resolves; A then calls userSession.get() without having set anything and gets the earlier session, or undefined.',
    answer: 'Programs ask a handler for its session after another message of its connection has set it.',
    edits: [
      {
        file: 'adapters/serverless/open-channel.ts',
        find: `    if (!again) return copyJson(this.record.session)
    const found = await this.host.ports.channels.find(this.channelId)
    return found === undefined || found.state === 'closed' ? copyJson(this.record.session) : copyJson(found.session)
`,
        replace: `    return copyJson(this.record.session)
`,
      },
    ],
  },
  {
    name: 'removal-by-publish-left-running',
    base: 'memory-serverless',
    expected: 'STATELESS-13',
    alternatives: ['STATELESS-06', 'LIFE-10'],
    standsFor:
      'The onDisconnect of a channel that a publish found gone is started and not awaited by anybody (a forgotten hand-over to the invocation).',
    shows: `A handler publishes to a topic with a subscriber, known open, whose posts answer 410 and whose onDisconnect takes a while. The publisher's message invocation returns before that onDisconnect has settled, and its sweep row is still there.`,
    edits: [
      {
        file: 'adapters/serverless/topics.ts',
        find: 'if (removed !== undefined) this.#later(conclude(this.#host, removed))',
        replace: 'if (removed !== undefined) void conclude(this.#host, removed)',
      },
    ],
  },
]
