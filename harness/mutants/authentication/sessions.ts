import type { Mutant } from '../mutant.ts'

const handles = 'adapters/runtime/handles.ts'
const invocation = 'adapters/runtime/invocation.ts'
const local = 'adapters/runtime/local-channel.ts'
const failed = '      succeeded = false\n'

/** Defects in what is stored, by what it changes, and who is given it. */
export const sessionMutants: readonly Mutant[] = [
  {
    name: 'get-gives-the-first',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-05',
    also: { 'AUTH-13': 'what middleware sets is not what authorises the message' },
    standsFor: 'a session read once per event and kept',
    edits: [
      {
        file: handles,
        find: '    this.#account = account\n  }\n\n  async get(): Promise<unknown> {\n    return this.read(true)',
        replace:
          '    this.#account = account\n    this.#first = port.readSession()\n  }\n\n  readonly #first: unknown\n\n  async get(): Promise<unknown> {\n    return this.#first',
      },
      {
        file: handles,
        find: '    return this.#own === undefined ? this.#port.readSession(again) : copyJson(this.#own.session)',
        replace: '    return this.#first',
      },
    ],
  },
  {
    name: 'session-begins-behind-connecting',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-05',
    also: {
      'AUTH-10': 'nor is a public handler given what onConnect had set',
      'AUTH-12': 'nor is onDisconnect',
    },
    standsFor: 'a session made anew when the connection is ready, over what onConnect had set',
    edits: [
      {
        file: local,
        find: '    this.#connected = succeeded\n',
        replace: '    this.#connected = succeeded\n    this.#session = undefined\n',
      },
    ],
  },
  {
    name: 'session-of-the-arrival',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-05',
    also: {},
    standsFor: 'a session looked up when a message comes, and not when its turn does',
    edits: [
      {
        file: local,
        find: '  #queue: Incoming[] | undefined\n',
        replace:
          '  #queue: Incoming[] | undefined\n  readonly #arrived: { session: unknown }[] = []\n  #arrival: { session: unknown } | undefined\n',
      },
      {
        file: local,
        find: '    this.#queue.push(incoming)\n',
        replace: '    this.#queue.push(incoming)\n    this.#arrived.push({ session: this.#session })\n',
      },
      {
        file: local,
        find: '      const incoming = this.#queue?.shift()\n',
        replace: '      const incoming = this.#queue?.shift()\n      this.#arrival = this.#arrived.shift()\n',
      },
      {
        file: local,
        find: '  readSession(): unknown {\n    return copyJson(this.#session)',
        replace:
          '  readSession(again = false): unknown {\n    return copyJson(again || this.#arrival === undefined ? this.#session : this.#arrival.session)',
      },
    ],
  },
  {
    name: 'session-of-the-process',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-06',
    also: {
      'AUTH-09': 'whoever connects with another’s session learns what is wrong with bad data',
      'AUTH-10': 'a public handler is given a session that its connection never set',
    },
    standsFor: 'a new connection that starts from what the last one left in a variable of the module',
    edits: [
      {
        file: local,
        find: '  #session: unknown\n',
        replace: '  #session: unknown = LocalChannel.newest\n  static newest: unknown\n',
      },
      {
        file: local,
        find: '    this.#session = session\n',
        replace: '    this.#session = session\n    LocalChannel.newest = session\n',
      },
    ],
  },
  {
    name: 'session-set-once',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-07',
    also: {
      'AUTH-08': 'what a handler sets in place of another before it throws is not kept either',
      'AUTH-12': 'nor is it there for onDisconnect',
      'AUTH-13': 'nor what middleware sets in place of another',
    },
    standsFor: 'a session taken as fixed once there is one',
    edits: [
      {
        file: local,
        find: '    this.#session = session\n',
        replace: '    if (session === undefined || this.#session === undefined) this.#session = session\n',
      },
    ],
  },
  {
    name: 'clear-forgotten',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-07',
    also: {
      'AUTH-05': 'get gives the handler that cleared it the session that it cleared',
      'AUTH-10': 'a public handler is given a session though there should be none',
      'AUTH-08': 'what was cleared before a throw is there again as well',
    },
    standsFor: 'a log-out that only the client knows of',
    edits: [{ file: handles, find: '    return this.#write(undefined)', replace: '    return done' }],
  },
  {
    name: 'throw-logs-out',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-08',
    also: {},
    standsFor: 'an error handler that resets the connection’s state',
    edits: [
      {
        file: invocation,
        find: failed,
        replace: `${failed}      if (this.#kind === 'message' && (error instanceof UnauthorizedError || !(error instanceof PublicError))) void this.#port.writeSession(undefined)\n`,
      },
    ],
  },
  {
    name: 'throw-rolls-back',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-08',
    also: {},
    standsFor: 'a session written in a transaction that a throw rolls back',
    edits: [
      {
        file: invocation,
        find: '    let reply: Encoded | undefined\n    try {',
        replace: '    let reply: Encoded | undefined\n    const before = this.#port.readSession()\n    try {',
      },
      {
        file: invocation,
        find: failed,
        replace: `${failed}      if (this.#kind === 'message') void this.#port.writeSession(before)\n`,
      },
    ],
  },
  {
    name: 'public-without-session',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-10',
    also: {},
    standsFor: 'a session looked up only where one is required',
    edits: [
      {
        file: invocation,
        find: '    if (handler.requiresSession && session === undefined) throw new UnauthorizedError()',
        replace:
          '    if (handler.requiresSession && session === undefined) throw new UnauthorizedError()\n    if (!handler.requiresSession) session = undefined',
      },
    ],
  },
  {
    name: 'session-given-itself',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-11',
    also: {},
    standsFor: 'a stored object handed out instead of a copy',
    edits: [{ file: local, find: '    return copyJson(this.#session)', replace: '    return this.#session' }],
  },
  {
    name: 'session-taken-itself',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-11',
    also: {},
    standsFor: 'an object stored as it was given instead of a copy',
    edits: [{ file: handles, find: '      return this.#write(copy)', replace: '      return this.#write(session)' }],
  },
  {
    name: 'session-gone-at-close',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-12',
    also: { 'AUTH-05': 'what the middleware around onDisconnect gets is gone too' },
    standsFor: 'clean-up that runs before the handler which needs what it cleans',
    edits: [
      {
        file: local,
        find: "    this.state = 'closed'\n",
        replace: "    this.state = 'closed'\n    if (!this.#busy) this.#session = undefined\n",
      },
    ],
  },
]
