/** Held-out defects of the eighth set: written from the contract and the sources of memory-serverless alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const eighthLate: readonly HeldOut[] = [
  {
    name: 'close-does-not-wait-for-earlier-sends',
    base: 'memory-serverless',
    expected: 'LIFE-14',
    alternatives: ['SEND-07', 'SEND-08', 'SEND-09'],
    standsFor: 'Hanging up straight away instead of behind what is queued for the connection.',
    shows:
      'A message handler calls channel.send("bye") without awaiting it and then channel.close(): the connection is closed at the gateway before "bye" is posted, so the client never gets it.',
    answer:
      'A send that is slow to leave is followed by a close; one refused because of a later close counts as lost, and slowness excuses nothing.',
    edits: [
      {
        file: 'adapters/serverless/open-channel.ts',
        find: `    // Behind everything sent so far, which still arrives (LIFE-14).
    return this.outbox.enqueue(this.channelId, async () => {
      await hangUp(this.host, this.record)
      await this.#remove()
    })
  }`,
        replace: `    return this.#hangUpNow()
  }

  async #hangUpNow(): Promise<void> {
    await hangUp(this.host, this.record)
    await this.#remove()
  }`,
      },
    ],
  },
  {
    name: 'close-in-onconnect-lost-with-the-lease',
    base: 'memory-serverless',
    expected: 'STATELESS-10',
    alternatives: ['LIFE-14', 'LIFE-05', 'LIFE-10'],
    standsFor:
      "Treating a close that onConnect asked for like its messages once the delivery's lease runs out: left for whoever comes next, who may never come.",
    shows:
      'onConnect sends several messages and calls close(); the gateway answers the deferred posts so slowly that the lease ends before all are posted, and the client never writes: the connection is never closed and onDisconnect does not run.',
    edits: [
      {
        file: 'adapters/serverless/deliver.ts',
        find: `      case 'unclosed':
      case 'out of time':
        if (record.pending?.close === true) await closeForSure(host, record)
        return`,
        replace: `      case 'unclosed':
        await closeForSure(host, record)
        return
      case 'out of time':
        // The lease has ended: what is left is for whoever meets it next.
        return`,
      },
    ],
  },
  {
    name: 'size-limit-counted-in-utf16-units',
    base: 'memory-serverless',
    expected: 'STATELESS-15',
    alternatives: ['LIFE-08', 'SEND-01', 'STATELESS-10'],
    standsFor:
      'Measuring a text by its length instead of its bytes, trusting the platform to refuse the rest; what onConnect sends is only posted later, when nobody can be told any more.',
    shows:
      'onConnect sends or returns 50,000 three-byte characters (150 KB): its send resolves, the deferred post is made over the limit and refused, and neither a rejection nor a PayloadTooLargeError reply is seen.',
    answer: 'onConnect sends more bytes than the platform takes, too, and its send must be refused.',
    edits: [
      {
        file: 'adapters/serverless/event-channel.ts',
        find: `  // A UTF-16 unit takes at most three bytes, so that short texts need no counting.
  return encoded.length * 3 > maxPostBytes && Buffer.byteLength(encoded) > maxPostBytes ? undefined : encoded`,
        replace: '  return encoded.length > maxPostBytes ? undefined : encoded',
      },
    ],
  },
  {
    name: 'excluded-subscriber-ends-the-page',
    base: 'memory-serverless',
    expected: 'PUB-02',
    alternatives: ['PUB-01', 'PUB-10', 'PUB-12', 'SUB-01', 'STATELESS-11', 'STATELESS-09'],
    standsFor: 'A break where a continue was meant.',
    shows:
      'Several subscribers of one topic, one of them excluded by id: those listed after it on the same page (ids that sort after its own) get nothing.',
    edits: [
      {
        file: 'adapters/serverless/topics.ts',
        find: 'if (channelId === excludeId || isExpired(subscriber, clock.now())) continue',
        replace: 'if (channelId === excludeId || isExpired(subscriber, clock.now())) break',
      },
    ],
  },
  {
    name: 'routed-data-copied-by-assignment',
    base: 'memory-serverless',
    expected: 'ROUTE-05',
    alternatives: ['ROUTE-02', 'VALID-05'],
    standsFor:
      "Copying a client's object with Object.assign and delete, which sets the copy's prototype where the message holds an own __proto__.",
    shows:
      'A client sends {"action":"x","__proto__":{"admin":true}} to a wired action: the handler\'s data has no own __proto__, but data.admin is true through its changed prototype.',
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: '/** The message less its routing key. A rest element defines properties, so that `__proto__` stays one (ROUTE-02, ROUTE-05). */',
        replace: '/** The message less its routing key (ROUTE-02). */',
      },
      {
        file: 'adapters/runtime/dispatch.ts',
        find: `  const { [key]: _routed, ...rest } = fields ?? {}
  return rest`,
        replace: `  const rest: Record<string, unknown> = Object.assign({}, fields ?? {})
  delete rest[key]
  return rest`,
      },
    ],
  },
  {
    name: 'query-field-overrides-channel-id',
    base: 'memory-serverless',
    expected: 'LIFE-12',
    alternatives: ['LIFE-03'],
    standsFor: 'Defaults and overrides the wrong way round in an object spread.',
    shows:
      'A client connects with ?channelId=forged and leaves: onDisconnect\'s data.channelId is "forged" instead of the connection\'s id.',
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: `  const data = port.openingData()
  setOwn(data, 'channelId', port.channelId)
`,
        replace: `  const data = { channelId: port.channelId, ...port.openingData() }
`,
      },
      {
        file: 'adapters/runtime/dispatch.ts',
        find: `import { setOwn } from './json.ts'
`,
        replace: '',
      },
    ],
  },
  {
    name: 'authorisation-ignores-session-set-in-middleware',
    base: 'memory-serverless',
    expected: 'AUTH-13',
    alternatives: ['AUTH-05', 'AUTH-10', 'AUTH-04'],
    standsFor:
      'Authorising by what the event began with, asking the port directly and passing by what this event has written itself.',
    shows:
      'A channel with middleware that calls userSession.set on a message and then next(): in that event a protected handler is refused with UnauthorizedError (a public one gets no session).',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `  #authorise(services: HandlerServices): unknown {
    const session = this.#session.read()`,
        replace: `  #authorise(services: HandlerServices): unknown {
    const session = this.#port.readSession()`,
      },
    ],
  },
  {
    name: 'topic-limit-counts-characters',
    base: 'memory-serverless',
    expected: 'SUB-05',
    alternatives: ['STORE-09'],
    standsFor: 'A limit in bytes checked against the length in UTF-16 units.',
    shows:
      'eventHub.subscribe and publish with a topic of 200 "€" (600 bytes of UTF-8): they resolve, and the message is delivered, instead of rejecting with a TypeError.',
    edits: [
      {
        file: 'adapters/runtime/hub-facade.ts',
        find: `  // A UTF-16 unit takes at most three bytes, so that short topics need no counting.
  if (topic.length * 3 > maxTopicBytes && Buffer.byteLength(topic) > maxTopicBytes) {`,
        replace: '  if (topic.length > maxTopicBytes) {',
      },
    ],
  },
  {
    name: 'issue-path-segments-stringified',
    base: 'memory-serverless',
    expected: 'VALID-01',
    alternatives: [],
    standsFor:
      'Knowing only schema libraries whose issue paths are plain keys: Standard Schema also allows { key } segments, which valibot uses.',
    shows:
      'An input schema that reports its issue path as [{ key: "user" }, { key: 0 }] refuses a message: the ValidationError reply\'s path holds "[object Object]" instead of "user" and 0.',
    edits: [
      {
        file: 'adapters/runtime/schema.ts',
        find: `  const key = typeof segment === 'object' ? segment.key : segment
  return typeof key === 'symbol' ? String(key) : key`,
        replace: "  return typeof segment === 'number' ? segment : String(segment)",
      },
    ],
  },
  {
    name: 'unawaited-hub-calls-not-accounted',
    base: 'memory-serverless',
    expected: 'SEND-08',
    alternatives: ['STATELESS-13', 'LIFE-24', 'LIFE-07'],
    standsFor:
      "A refactoring of the hub's facade that keeps the logging of refusals and drops the accounting of pending calls to their handler.",
    shows:
      'A message handler calls eventHub.publish without awaiting it and returns, while the gateway is slow: the message invocation resolves (and per-event services are disposed of) before the posts of the publish have been made or answered.',
    edits: [
      {
        file: 'adapters/runtime/hub-facade.ts',
        find: `    this.#account.track(answer)
`,
        replace: '',
      },
    ],
  },
]
