/** Held-out defects of the ninth set: written from the contract and the sources of ws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const ninthEarly: readonly HeldOut[] = [
  {
    name: 'channel-id-from-websocket-key',
    base: 'ws',
    expected: 'LIFE-03',
    alternatives: ['SUB-01', 'SUB-08', 'PUB-02'],
    standsFor:
      "The handshake already carries a random nonce, so a developer reuses Sec-WebSocket-Key as the connection's id and forgets that the client chooses it.",
    shows:
      "Two clients (or one after another) shake hands with the same Sec-WebSocket-Key, such as RFC 6455's sample key: both connections' handlers see the same channelId, which equals what the client sent.",
    edits: [
      {
        file: 'adapters/ws/server.ts',
        find: 'channelId: randomUUID(),',
        replace: "channelId: request.headers['sec-websocket-key'] ?? randomUUID(),",
      },
    ],
  },
  {
    name: 'query-cut-at-second-question-mark',
    base: 'ws',
    expected: 'LIFE-04',
    alternatives: ['LIFE-12', 'LIFE-02'],
    standsFor: "Taking the target apart with split('?') and destructuring, which drops whatever follows a second question mark.",
    shows:
      "Connect to /room?q=what?&lang=en: the opening data is { q: 'what' } where URLSearchParams gives { q: 'what?', lang: 'en' }.",
    edits: [
      {
        file: 'adapters/ws/upgrade.ts',
        find: `  const mark = local.indexOf('?')
  return mark === -1 ? { path: local, query: '' } : { path: local.slice(0, mark), query: local.slice(mark + 1) }`,
        replace: `  const [path = '', query = ''] = local.split('?')
  return { path, query }`,
      },
    ],
  },
  {
    name: 'held-queue-drops-oldest',
    base: 'ws',
    expected: 'LIFE-07',
    alternatives: ['LIMIT-05', 'LIFE-15', 'PUB-05'],
    standsFor:
      'Bounding the queue of held messages as a ring buffer, which forgets the oldest message instead of pausing the socket or closing it.',
    shows:
      'The client pipelines 100 messages while onConnect is pending: only the last 64 reach a handler, the first 36 are lost without a trace and the connection stays open.',
    answer: 'LIFE-15 has 110 messages behind a handler that waits, where there were 45.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `    this.#queue ??= []
    this.#queue.push(incoming)`,
        replace: `    this.#queue ??= []
    // A client that sends faster than it is served must not fill the memory.
    if (this.#queue.length >= 64) this.#queue.shift()
    this.#queue.push(incoming)`,
      },
    ],
  },
  {
    name: 'disconnect-again-after-overdue-handler',
    base: 'ws',
    expected: 'LIFE-10',
    alternatives: ['LIFE-11', 'LIFE-18', 'PUB-05'],
    standsFor:
      'A once-guard is removed as redundant since the way into `closed` is idempotent, overlooking that the deadline and the late handler both lead to the clean-up.',
    shows:
      'With a short handlerDeadline a client leaves while its message handler runs, and the handler settles after the deadline: onDisconnect runs at the deadline and a second time when the handler settles.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `  #draining = false
  #disconnecting = false
`,
        replace: `  #draining = false
`,
      },
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `    if (this.#disconnecting) return
    this.#disconnecting = true
    clearTimeout(this.#deadline)
    this.#closeSocket(this.#closeCode)
    const running`,
        replace: `    clearTimeout(this.#deadline)
    this.#closeSocket(this.#closeCode)
    const running`,
      },
    ],
  },
  {
    name: 'close-promise-waits-for-disconnect',
    base: 'ws',
    expected: 'LIFE-14',
    alternatives: ['LIFE-10', 'LIFE-11'],
    standsFor:
      "Letting the application's close() answer with the promise of the connection's full end, because that seems more useful to await.",
    shows:
      'A message handler does `await channel.close()`: the promise stays pending until the handler deadline (it waits for the handler that waits for it) and onDisconnect has run; awaited in a timer it resolves only after a slow onDisconnect.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `  hangUp(): void {
    this.#end(1000)
  }`,
        replace: `  hangUp(): Promise<void> {
    this.#end(1000)
    return this.close()
  }`,
      },
      {
        file: 'adapters/runtime/handles.ts',
        find: `      this.#account.track(closed)
`,
        replace: '',
      },
    ],
  },
  {
    name: 'stop-forgets-connection-at-socket-close',
    base: 'ws',
    expected: 'LIFE-18',
    alternatives: ['LIFE-10'],
    standsFor:
      'Simplifying the book-keeping of connections: one is forgotten as soon as either its socket or its channel has ended, instead of when both have.',
    shows:
      'Connections with an onDisconnect that takes 300 ms; the host calls stop() and the clients answer the close at once: stop() resolves while onDisconnect is still running.',
    edits: [
      {
        file: 'adapters/ws/connection.ts',
        find: `  /** Halves that are still to end: the socket and the channel. */
  #left = 2
`,
        replace: '',
      },
      {
        file: 'adapters/ws/connection.ts',
        find: `  /** The channel, or the socket, has ended; nothing holds the connection once both have. */
  ended(): void {
    if (--this.#left === 0) this.#connections.delete(this.channel)`,
        replace: `  /** The channel, or the socket, has ended; nothing has to hold the connection any more. */
  ended(): void {
    this.#connections.delete(this.channel)`,
      },
    ],
  },
  {
    name: 'async-disposal-not-awaited',
    base: 'ws',
    expected: 'LIFE-24',
    alternatives: [],
    standsFor:
      'Disposals are fired and forgotten so that the next message need not wait for them; the try/catch no longer sees what an asynchronous one throws.',
    shows:
      'createSessionServices gives a service whose [Symbol.asyncDispose] awaits and then rejects: nothing is logged and the process gets an unhandledRejection (which ends it by default).',
    edits: [
      {
        file: 'adapters/runtime/dispose.ts',
        find: `import { isPromise } from './promises.ts'

`,
        replace: '',
      },
      {
        file: 'adapters/runtime/dispose.ts',
        find: `      const ended = disposer(target)?.call(target)
      if (isPromise(ended)) await ended
`,
        replace: `      disposer(target)?.call(target)
`,
      },
    ],
  },
  {
    name: 'message-proto-key-becomes-prototype',
    base: 'ws',
    expected: 'ROUTE-05',
    alternatives: ['ROUTE-02', 'VALID-05', 'VALID-04'],
    standsFor:
      "The rest element is rewritten as a loop that assigns properties, so a message's own `__proto__` key goes through the prototype setter.",
    shows:
      'Send {"action":"save","__proto__":{"isAdmin":true}}: the handler\'s data has no own __proto__ property, its prototype is the client\'s object and data.isAdmin is true.',
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: `  const { [key]: _routed, ...rest } = fields ?? {}
  return rest`,
        replace: `  const rest: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields ?? {})) if (name !== key) rest[name] = value
  return rest`,
      },
    ],
  },
  {
    name: 'first-held-routing-key-decides',
    base: 'ws',
    expected: 'ROUTE-06',
    alternatives: ['ROUTE-01', 'ROUTE-03', 'ROUTE-04'],
    standsFor:
      "The search over routing keys stops at the first key that the message holds, whether or not that key's wiring knows the value.",
    shows:
      'Wiring { action: { a }, type: { b } }; send {"action":"unknown","type":"b"}: b does not run, the message goes to onMessage or is answered with UnknownRouteError.',
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: `    const handler = action === undefined ? undefined : actions.get(action)
    if (handler !== undefined) return new Invocation(port, 'message', handler, without(fields, key), held).run()
`,
        replace: `    if (action === undefined) continue
    const handler = actions.get(action)
    if (handler === undefined) break
    return new Invocation(port, 'message', handler, without(fields, key), held).run()
`,
      },
    ],
  },
  {
    name: 'route-lookup-without-backtracking',
    base: 'ws',
    expected: 'ROUTE-11',
    alternatives: ['LIFE-01', 'LIFE-20'],
    standsFor: 'The route tree is walked greedily: where a literal branch exists the parameter branch beside it is never tried.',
    shows:
      'Wire /rooms/list and /:kind/archive, then connect to /rooms/archive, which matches the second route: the handshake is refused with 404.',
    edits: [
      {
        file: 'adapters/runtime/route-table.ts',
        find: `  const exact = literal && find(literal, segments, position + 1)
  if (exact !== undefined) return exact
`,
        replace: `  if (literal !== undefined) return find(literal, segments, position + 1)
`,
      },
    ],
  },
]
