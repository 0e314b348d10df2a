/** Held-out defects of the first set: written from the contract and the sources of ws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const firstLate: readonly HeldOut[] = [
  {
    name: 'session-rolled-back-on-throw',
    base: 'ws',
    expected: 'AUTH-08',
    alternatives: ['AUTH-05'],
    standsFor:
      'Session writes are treated as a transaction: a handler that throws has the session restored to what it was when it started.',
    shows:
      'A handler awaits userSession.set and then throws; its error reply comes, but the next message meets the earlier session (or is refused with UnauthorizedError), though set had resolved.',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `    let succeeded = true
`,
        replace: `    let succeeded = true
    const before = this.#port.readSession()
`,
      },
      {
        file: 'adapters/runtime/invocation.ts',
        find: `      this.#port.failed?.(error)
`,
        replace: `      this.#port.failed?.(error)
      if (this.#kind === 'message' && this.#port.state !== 'closed') void this.#port.writeSession(before)
`,
      },
    ],
  },
  {
    name: 'next-may-be-retried-after-a-failure',
    base: 'ws',
    expected: 'AUTH-14',
    alternatives: ['AUTH-13'],
    standsFor: `The called-once guard of next() is reset when what it ran has failed, so that middleware can 'retry'.`,
    shows:
      'A middleware catches what next() rejected with and calls next() again: the handler runs a second time for one message and its result is sent, where the second call must reject and run nothing.',
    edits: [
      {
        file: 'adapters/runtime/middleware.ts',
        find: `      started.push(below)
`,
        replace: `      started.push(below)
      below.catch(() => {
        called = false
      })
`,
      },
    ],
  },
  {
    name: 'falsy-schema-result-replaced-by-the-input',
    base: 'ws',
    expected: 'VALID-02',
    alternatives: ['LIFE-02'],
    standsFor: 'What the input schema returned is taken with ||, so that a falsy result falls back to the raw data.',
    shows: `onMessage with an input schema that coerces numbers or trims: '"0"' reaches the handler as the string '0' instead of 0, '"  "' untrimmed instead of ''; every truthy result is right.`,
    answer: "The probe's onMessage schema makes numbers of texts, 0 among them, and VALID-02 looks for them.",
    edits: [
      {
        file: 'adapters/runtime/schema.ts',
        find: 'return isPromise(result) ? result.then(accepted) : accepted(result)',
        replace: 'return isPromise(result) ? result.then((late) => accepted(late, value)) : accepted(result, value)',
      },
      {
        file: 'adapters/runtime/schema.ts',
        find: `function accepted(result: SchemaResult<unknown>): unknown {
  if (result.issues === undefined) return result.value
`,
        replace: `function accepted(result: SchemaResult<unknown>, value: unknown): unknown {
  if (result.issues === undefined) return result.value || value
`,
      },
    ],
  },
  {
    name: 'batched-sends-overtaken-by-publishes',
    base: 'ws',
    expected: 'SEND-07',
    alternatives: ['PUB-07'],
    standsFor: `While messages wait, a connection's sends are collected for one write at the end of the tick, but publishes go to the socket directly.`,
    shows: `A client subscribed to its own topic pipelines several messages; a handler with others waiting behind it does send('a') and then publish(topic, null, 'b'): the client gets b before a. Message by message the order is right.`,
    edits: [
      {
        file: 'adapters/ws/connection.ts',
        find: `  #corked = false
  /** Halves`,
        replace: `  #corked = false
  #batch: Encoded[] = []
  /** Halves`,
      },
      {
        file: 'adapters/ws/connection.ts',
        find: `    writeFrame(this.#stream, encoded)
    return true
`,
        replace: `    if (this.#corked) this.#batch.push(encoded)
    else writeFrame(this.#stream, encoded)
    return true
`,
      },
      {
        file: 'adapters/ws/connection.ts',
        find: `    this.#socket.close(code)
`,
        replace: `    this.#flush()
    this.#socket.close(code)
`,
      },
      {
        file: 'adapters/ws/connection.ts',
        find: `    this.#stream.cork()
    process.nextTick(() => {
      this.#corked = false
      this.#stream.uncork()
    })
  }
`,
        replace: `    process.nextTick(() => this.#flush())
  }

  #flush(): void {
    this.#corked = false
    if (this.#batch.length === 0 || this.#socket.readyState !== WebSocket.OPEN) return
    this.#stream.cork()
    for (const encoded of this.#batch.splice(0)) writeFrame(this.#stream, encoded)
    this.#stream.uncork()
  }
`,
      },
    ],
  },
  {
    name: 'settled-with-the-first-pending-call',
    base: 'ws',
    expected: 'SEND-08',
    alternatives: ['LIFE-15', 'LIFE-11', 'LIFE-24'],
    standsFor: 'An event counts as settled when the first of its pending calls has ended, instead of the last.',
    shows: `A handler leaves two publishes unawaited, one to a quick and one to a slow asynchronous registered receiver: the next message's handler, onDisconnect or the disposal of its services starts while the second publish's promise is still pending.`,
    answer: 'Programs leave several publishes unawaited, of which the last is over later than the first.',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `      if (--this.#pending === 0) this.#settled?.()
`,
        replace: `      this.#pending--
      this.#settled?.()
`,
      },
    ],
  },
  {
    name: 'routed-reply-judged-by-type-not-by-json',
    base: 'ws',
    expected: 'SEND-03',
    alternatives: ['SEND-05'],
    standsFor: `Whether a routed reply is merged or put under result is decided by the value's type instead of by its JSON form.`,
    shows: `An action's handler returns a Date (or any object whose toJSON gives a string, number or array): instead of {action, result: '2024-…'} the client gets an InternalError or the bare value, without its routing key.`,
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: `if (!text.startsWith('{')) return`,
        replace: `if (typeof value !== 'object' || value === null || Array.isArray(value)) return`,
      },
    ],
  },
  {
    name: 'empty-topic-dropped-later',
    base: 'ws',
    expected: 'SUB-01',
    alternatives: ['SUB-03', 'PUB-01'],
    standsFor: 'A topic found empty is dropped a moment later without looking whether somebody has subscribed in between.',
    shows:
      'The only subscriber unsubscribes and subscribes again in one handler (or one leaves just as another subscribes): subscribe has resolved, but no later publish to the topic reaches it, nor does subscribing again help.',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: 'if (entry.sockets.size === 0 && entry.receivers.size === 0) this.#topics.delete(topic)',
        replace: 'if (entry.sockets.size === 0 && entry.receivers.size === 0) setImmediate(() => this.#topics.delete(topic))',
      },
    ],
  },
  {
    name: 'topic-limit-in-characters',
    base: 'ws',
    expected: 'SUB-05',
    alternatives: [],
    standsFor: `The limit of 256 bytes of UTF-8 for a topic is checked against the string's length in UTF-16 units.`,
    shows: `subscribe or publish with a topic of 200 'é' (400 bytes) resolves and works instead of rejecting with a TypeError; ASCII topics are judged rightly.`,
    edits: [
      {
        file: 'adapters/runtime/hub-facade.ts',
        find: 'if (topic.length * 3 > maxTopicBytes && Buffer.byteLength(topic) > maxTopicBytes) {',
        replace: 'if (topic.length > maxTopicBytes) {',
      },
    ],
  },
  {
    name: 'sole-subscriber-taken-for-the-excluded',
    base: 'ws',
    expected: 'PUB-03',
    alternatives: ['PUB-02', 'SUB-01'],
    standsFor:
      'A shortcut: a publish with an exclusion to a topic with one socket is skipped, as if that one were always the excluded one.',
    shows: `A publishes excluding its own id without being subscribed (or excluding a closed or unknown id) while B is the topic's only channel: B gets nothing; with two subscribers both cases work.`,
    edits: [
      {
        file: 'adapters/ws/hub.ts',
        find: `        const frame = frameOf(encoded)
`,
        replace: `        if (excludeId !== null && connections.size === 1) return
        const frame = frameOf(encoded)
`,
      },
    ],
  },
  {
    name: 'rejecting-receiver-fails-the-publish',
    base: 'ws',
    expected: 'PUB-10',
    alternatives: ['SUB-11'],
    standsFor: 'Only receivers that throw at once are guarded; the promise of an asynchronous one is awaited with its rejection.',
    shows:
      'A registered receiver is an async function that rejects: publish rejects, so a handler that awaits it ends with an InternalError reply to its innocent client.',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: 'pending.push(received.catch((error: unknown) => this.#failed(id, error)))',
        replace: 'pending.push(received)',
      },
    ],
  },
]
