/** Held-out defects of the third set: written from the contract and the sources of uws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const thirdLate: readonly HeldOut[] = [
  {
    name: 'subscriptions-end-only-when-disconnect-begins',
    base: 'uws',
    expected: 'SUB-12',
    alternatives: ['SUB-01', 'LIFE-14', 'SUB-06'],
    standsFor:
      'The hub is told of the close only on the way to onDisconnect, so that a channel closed by its handler stays subscribed while its socket has still to be drained and its handler still runs.',
    shows: `A subscribed channel's handler sends several megabytes, calls channel.close() and keeps running; what others publish to the topic from then on still reaches that client behind the backlog. Likewise onConnect subscribes, calls close() and waits: publishes started meanwhile are received although state is closed.`,
    answer:
      'A family of programs whose handlers leave a backlog, close and publish to their own topic in the same turn: the backlog keeps the socket open, so that what was published after the close arrives behind it.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `    this.#host.hub.onChannelClosed(this.channelId)
    if (this.#busy) {`,
        replace: '    if (this.#busy) {',
      },
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `    this.#disconnecting = true
`,
        replace: `    this.#disconnecting = true
    this.#host.hub.onChannelClosed(this.channelId)
`,
      },
    ],
  },
  {
    name: 'disconnect-runs-after-failed-connect-of-gone-client',
    base: 'uws',
    expected: 'LIFE-09',
    alternatives: ['LIFE-10', 'LIFE-19'],
    standsFor:
      'An onConnect that throws after its client has gone is taken for a success, on the assumption that the leaving was what made it throw.',
    shows:
      'A client leaves while onConnect is pending (or onConnect calls close()), and onConnect then throws: onDisconnect runs, though it must not for a connection whose onConnect failed.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `this.#connected = succeeded
`,
        replace: `this.#connected = succeeded || this.state === 'closed'
`,
      },
    ],
  },
  {
    name: 'topic-dropped-with-its-last-socket',
    base: 'uws',
    expected: 'SUB-11',
    alternatives: ['SUB-01', 'PUB-01'],
    standsFor:
      'A topic is thrown away when its last channel leaves, without asking whether receivers of the application are still subscribed.',
    shows:
      'A registered receiver and a channel subscribe to one topic; the channel unsubscribes or closes; publishes no longer reach the receiver, and subscribing it again does not help.',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: 'if (entry.sockets.size === 0 && entry.receivers.size === 0) this.#topics.delete(topic)',
        replace: 'if (entry.sockets.size === 0) this.#topics.delete(topic)',
      },
    ],
  },
  {
    name: 'topic-limit-counted-in-characters',
    base: 'uws',
    expected: 'SUB-05',
    alternatives: [],
    standsFor: 'The length of a topic is counted in UTF-16 units where the limit is one of bytes in UTF-8.',
    shows:
      'subscribe and publish with a topic of 200 "é" (400 bytes) or 100 emoji resolve, where they must reject with a TypeError and change nothing.',
    edits: [
      {
        file: 'adapters/runtime/hub-facade.ts',
        find: 'if (topic.length * 3 > maxTopicBytes && Buffer.byteLength(topic) > maxTopicBytes) {',
        replace: 'if (topic.length > maxTopicBytes) {',
      },
    ],
  },
  {
    name: 'session-read-before-middleware',
    base: 'uws',
    expected: 'AUTH-13',
    alternatives: ['AUTH-05'],
    standsFor:
      'The session is looked up once before the middleware chain, and authorisation after the chain goes by that earlier value.',
    shows:
      'A middleware calls userSession.set before next(): the first message to a protected action is refused with UnauthorizedError (and a public handler is given the old session); with clear() in a middleware the protected handler still runs.',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: '    return runMiddleware(middleware, services, event, () => this.#authorise(services))',
        replace: `    const session = this.#session.read()
    return runMiddleware(middleware, services, event, () => this.#check(services, session))`,
      },
    ],
  },
  {
    name: 'function-auth-beats-wiring-entry',
    base: 'uws',
    expected: 'AUTH-02',
    alternatives: ['AUTH-01', 'AUTH-04'],
    standsFor: `The precedence of the two auth settings is swapped: the function's own setting is asked before the wiring entry's.`,
    shows:
      'A function with auth: false is wired as { func, auth: true }: a client without a session has it run and gets its reply, instead of an UnauthorizedError.',
    edits: [
      {
        file: 'adapters/runtime/compile.ts',
        find: 'auth ?? func.auth ?? channelAuth',
        replace: 'func.auth ?? auth ?? channelAuth',
      },
    ],
  },
  {
    name: 'message-proto-key-becomes-prototype',
    base: 'uws',
    expected: 'ROUTE-05',
    alternatives: ['ROUTE-02', 'VALID-05'],
    standsFor: 'The data of a routed message is made with Object.assign, which assigns to __proto__ instead of defining it.',
    shows: `A client sends {"action":"x","__proto__":{"admin":true}} as text: the handler's data has no own __proto__, its prototype is {admin:true} and data.admin is true.`,
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: `  const { [key]: _routed, ...rest } = fields ?? {}
`,
        replace: `  const rest: Record<string, unknown> = Object.assign({}, fields)
  delete rest[key]
`,
      },
    ],
  },
  {
    name: 'async-schema-result-thrown-away',
    base: 'uws',
    expected: 'VALID-02',
    alternatives: ['VALID-03'],
    standsFor:
      'Where the input schema is asynchronous its verdict is awaited, but the handler is then given the data as it came.',
    shows:
      'An action whose input schema validates asynchronously adds a default, coerces or strips a key: the handler sees the unshaped data (with a synchronous schema it sees the shaped one).',
    answer: "The probe's asynchronous schema changes what it takes, and VALID-03 looks for the change.",
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'data.then((value) => handler.func(services, value, session))',
        replace: 'data.then(() => handler.func(services, this.#data, session))',
      },
    ],
  },
  {
    name: 'send-checks-output-but-sends-original',
    base: 'uws',
    expected: 'SEND-13',
    alternatives: [],
    standsFor:
      'channel.send runs the output schema only to see whether it refuses, and sends the value it was given rather than what the schema returned.',
    shows:
      'A handler with an output schema that strips undeclared keys calls channel.send({ name, passwordHash }): the client gets passwordHash too; the same value returned is stripped.',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: '      const encoded = encode(this.#output === undefined ? data : validateOutput(this.#output, data))',
        replace: `      if (this.#output !== undefined) validateOutput(this.#output, data)
      const encoded = encode(data)`,
      },
    ],
  },
  {
    name: 'null-result-taken-for-no-result',
    base: 'uws',
    expected: 'SEND-03',
    alternatives: ['SEND-05'],
    standsFor: `A routed handler's null is treated like undefined.`,
    shows:
      'An action returns null (e.g. nothing found): the client gets {"action":"find"} instead of {"action":"find","result":null}.',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: 'if (value === undefined) return `{${tag.pair}}`',
        replace: 'if (value === undefined || value === null) return `{${tag.pair}}`',
      },
    ],
  },
]
