/** Held-out defects of the sixth set: written from the contract and the sources of uws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const sixthLate: readonly HeldOut[] = [
  {
    name: 'overdue-on-connect-loses-its-on-disconnect',
    base: 'uws',
    expected: 'LIFE-19',
    alternatives: ['LIFE-10', 'LIFE-11'],
    standsFor:
      'The handler deadline finishes a closed connection whatever is still running, and so decides that onConnect failed before it has settled.',
    shows:
      'With a short handlerDeadline a client leaves while onConnect is pending and onConnect succeeds after the deadline; onDisconnect never runs.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `    // Whether a pending onConnect will succeed is not known, so onDisconnect waits for it however long it takes (LIFE-10).
    if (this.#connected) this.#finish()`,
        replace: '    this.#finish()',
      },
    ],
  },
  {
    name: 'subscriptions-end-only-after-on-disconnect',
    base: 'uws',
    expected: 'SUB-12',
    alternatives: ['LIFE-14', 'SUB-09', 'SUB-01', 'SUB-07', 'SUB-06'],
    standsFor: 'The hub is told of a close at the end of the clean-up instead of at its beginning.',
    shows:
      'onConnect subscribes, calls channel.close(), and then awaits a publish to that topic and some time; the client gets the publish although the channel was closed before it (also: a publish after close() reaches a client that is behind with reading).',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `    this.#queue = undefined
    this.#host.hub.onChannelClosed(this.channelId)
`,
        replace: `    this.#queue = undefined
`,
      },
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `    this.ended = true
    this.#session = undefined
`,
        replace: `    this.#host.hub.onChannelClosed(this.channelId)
    this.ended = true
    this.#session = undefined
`,
      },
    ],
  },
  {
    name: 'routed-data-built-by-assignment',
    base: 'uws',
    expected: 'ROUTE-05',
    alternatives: ['ROUTE-02', 'VALID-05', 'VALID-04'],
    standsFor:
      'The message less its routing key is copied field by field with plain assignment, which for __proto__ sets the prototype.',
    shows:
      'A client sends {"action":"a","__proto__":{"admin":true}}; the handler\'s data has no own property __proto__ and inherits admin: true.',
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: `  const { [key]: _routed, ...rest } = fields ?? {}
  return rest`,
        replace: `  const rest: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields ?? {})) if (name !== key) rest[name] = value
  return rest`,
      },
      {
        file: 'adapters/runtime/dispatch.ts',
        find: '/** The message less its routing key. A rest element defines properties, so that `__proto__` stays one (ROUTE-02, ROUTE-05). */',
        replace: '/** The message less its routing key. */',
      },
    ],
  },
  {
    name: 'first-routing-key-present-decides',
    base: 'uws',
    expected: 'ROUTE-06',
    alternatives: ['ROUTE-01', 'ROUTE-03', 'ROUTE-04'],
    standsFor: 'Routing stops at the first declared key that the message holds, whether or not its value names an action.',
    shows:
      'Wirings declare "action" and then "type"; {"action":"nobody","type":"known"} goes to onMessage (or gets UnknownRouteError) instead of to the handler of type "known".',
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: "if (handler !== undefined) return new Invocation(port, 'message', handler, without(fields, key), held).run()",
        replace: `if (handler !== undefined) return new Invocation(port, 'message', handler, without(fields, key), held).run()
    if (action !== undefined) break`,
      },
    ],
  },
  {
    name: 'failed-handler-rolls-its-session-back',
    base: 'uws',
    expected: 'AUTH-08',
    alternatives: ['AUTH-05', 'AUTH-07'],
    standsFor: 'An event is made "transactional": what a handler stored in the session is undone when it throws.',
    shows:
      'A public handler awaits userSession.set(...) and then throws; the next message to a protected action is refused as if set had never been called.',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `    let reply: Encoded | undefined
    try {
      const making`,
        replace: `    let reply: Encoded | undefined
    const before = this.#port.readSession()
    try {
      const making`,
      },
      {
        file: 'adapters/runtime/invocation.ts',
        find: `      this.#port.failed?.(error)
`,
        replace: `      this.#port.failed?.(error)
      // Half-done work is undone, the session included.
      if (this.#port.state !== 'closed') void this.#port.writeSession(before)
`,
      },
    ],
  },
  {
    name: 'middleware-may-call-next-again-once-settled',
    base: 'uws',
    expected: 'AUTH-14',
    alternatives: ['AUTH-13'],
    standsFor: 'The guard against a second next() is released when the first call has settled, so that middleware can retry.',
    shows:
      'A middleware does await next() twice in turn; the second call does not reject and the handler runs twice for one message.',
    edits: [
      {
        file: 'adapters/runtime/middleware.ts',
        find: 'const below = tolerate(run(index + 1))',
        replace: `const below = tolerate(
        run(index + 1).finally(() => {
          called = false
        }),
      )`,
      },
    ],
  },
  {
    name: 'async-input-schema-result-discarded',
    base: 'uws',
    expected: 'VALID-02',
    alternatives: ['VALID-03'],
    standsFor: 'On the asynchronous path the schema is awaited only for its verdict, and the handler gets the data as it came.',
    shows:
      'An action has an asynchronous input schema that sets a default or coerces; the handler gets the raw data, while a synchronous schema works.',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'data.then((value) => handler.func(services, value, session))',
        replace: 'data.then(() => handler.func(services, this.#data, session))',
      },
    ],
  },
  {
    name: 'output-schema-checks-returns-but-does-not-shape-them',
    base: 'uws',
    expected: 'SEND-13',
    alternatives: [],
    standsFor: 'The output schema is used as an assertion on returned values and its result thrown away.',
    shows:
      'A handler whose output schema strips undeclared keys returns an object with a passwordHash; the reply holds the passwordHash.',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `      const value = output === undefined || result === undefined ? result : validateOutput(output, result)
      return tag === undefined ? encode(value) : encodeRouted(value, tag)`,
        replace: `      if (output !== undefined && result !== undefined) validateOutput(output, result)
      return tag === undefined ? encode(result) : encodeRouted(result, tag)`,
      },
    ],
  },
  {
    name: 'view-sent-as-its-whole-buffer',
    base: 'uws',
    expected: 'SEND-05',
    alternatives: ['PUB-08', 'SEND-03', 'SEND-04', 'SEND-01'],
    standsFor: "Bytes are taken from a view's underlying buffer, forgetting its offset and length.",
    shows:
      "A handler sends, returns or publishes a small Buffer.from('abc') or a subarray; the client gets the whole underlying buffer (kilobytes of Node's pool) instead of the view's range.",
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: 'return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice()',
        replace: 'return new Uint8Array(value.buffer).slice()',
      },
    ],
  },
  {
    name: 'custom-subscribers-served-one-after-another',
    base: 'uws',
    expected: 'PUB-10',
    alternatives: ['SUB-11', 'PUB-01', 'SUB-01'],
    standsFor: 'Registered receivers are awaited in a loop, so that each waits for those before it.',
    shows:
      'Two receivers are registered and subscribe to one topic, the first returns a promise that stays pending; a publish reaches the first and never the second.',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: `  #receive(receivers: [string, Receive][], excludeId: string | null, encoded: Encoded): MaybePromise<void> {
    const pending: Promise<void>[] = []
`,
        replace: `  async #receive(receivers: [string, Receive][], excludeId: string | null, encoded: Encoded): Promise<void> {
`,
      },
      {
        file: 'adapters/runtime/local-hub.ts',
        find: 'if (isPromise(received)) pending.push(received.catch((error: unknown) => this.#failed(id, error)))',
        replace: 'if (isPromise(received)) await received',
      },
      {
        file: 'adapters/runtime/local-hub.ts',
        find: `    if (pending.length > 0) return Promise.all(pending).then(() => {})
`,
        replace: '',
      },
    ],
  },
]
