/** Held-out defects of the ninth set: written from the contract and the sources of ws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const ninthLate: readonly HeldOut[] = [
  {
    name: 'function-auth-before-wiring-auth',
    base: 'ws',
    expected: 'AUTH-02',
    alternatives: ['AUTH-04', 'AUTH-01'],
    standsFor:
      "The precedence chain of `auth` is written with the function's own setting first, so that a wiring can no longer raise it.",
    shows:
      'Wire { func: pikkuChannelFunc({ auth: false, func }), auth: true } and send its action without a session: the handler runs instead of an UnauthorizedError reply.',
    edits: [
      {
        file: 'adapters/runtime/compile.ts',
        find: 'const requiresSession = auth ?? func.auth ?? channelAuth',
        replace: 'const requiresSession = func.auth ?? auth ?? channelAuth',
      },
    ],
  },
  {
    name: 'clear-stores-null-session',
    base: 'ws',
    expected: 'AUTH-07',
    alternatives: ['AUTH-10', 'AUTH-04', 'AUTH-01', 'AUTH-05'],
    standsFor: 'Clearing is written as storing null, while the authorisation check tells a missing session by undefined alone.',
    shows:
      'Log in, log out (userSession.clear()), then send a protected action: its handler runs with the session null instead of being refused with UnauthorizedError; public handlers get null instead of undefined.',
    edits: [{ file: 'adapters/runtime/handles.ts', find: 'return this.#write(undefined)', replace: 'return this.#write(null)' }],
  },
  {
    name: 'unauthorised-refused-before-middleware',
    base: 'ws',
    expected: 'AUTH-13',
    alternatives: ['AUTH-04'],
    standsFor:
      'A fail-fast check spares the middleware chain where no session is stored yet, forgetting middleware that authenticates.',
    shows:
      "A channel with middleware that sets the session from the opening data's token, then calls next: a protected message on a fresh connection is answered with UnauthorizedError and the middleware never ran.",
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `    if (middleware.length === 0) return this.#authorise(services)
`,
        replace: `    if (middleware.length === 0) return this.#authorise(services)
    // Refused anyway: nothing has to run around it.
    if (this.#handler.requiresSession && this.#session.read() === undefined) throw new UnauthorizedError()
`,
      },
    ],
  },
  {
    name: 'throwing-schema-shown-as-validation-error',
    base: 'ws',
    expected: 'VALID-06',
    alternatives: ['SEND-10', 'VALID-01', 'SEND-14'],
    standsFor:
      'Treating a schema that throws like one that refuses (as with parse-style validators), so the text of an internal failure goes out as an issue.',
    shows:
      "An input schema throws Error('connect ECONNREFUSED 10.0.0.5'): the client gets a ValidationError reply with that text among its issues instead of a masked InternalError, and the log lacks the original.",
    edits: [
      {
        file: 'adapters/runtime/schema.ts',
        find: `  const result = schema['~standard'].validate(value)
  return isPromise(result)`,
        replace: `  let result: ReturnType<StandardSchema['~standard']['validate']>
  try {
    result = schema['~standard'].validate(value)
  } catch (error) {
    throw new ValidationError([{ path: [], message: error instanceof Error ? error.message : String(error) }])
  }
  return isPromise(result)`,
      },
    ],
  },
  {
    name: 'view-length-in-elements',
    base: 'ws',
    expected: 'SEND-05',
    alternatives: ['SEND-03', 'PUB-08', 'SEND-12'],
    standsFor:
      "Copying a view's range with its element count instead of its byte length, which is the same only for arrays of bytes.",
    shows:
      'A handler sends, returns or publishes new Float64Array([1, 2]): the client gets 2 bytes instead of 16; Uint8Array and Buffer are right.',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: 'new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice()',
        replace: 'new Uint8Array(value.buffer, value.byteOffset, (value as Uint8Array).length).slice()',
      },
    ],
  },
  {
    name: 'batched-sends-overtaken-by-publish',
    base: 'ws',
    expected: 'SEND-07',
    alternatives: ['PUB-07', 'SEND-01', 'LIFE-08'],
    standsFor:
      "Replies of pipelined messages are collected and written together on the next tick, but the hub's frames go past the batch straight to the socket.",
    shows:
      "A client subscribed to a topic sends several messages at once; their handler waits a moment, then calls channel.send('first') and publishes 'second' to the topic: 'second' arrives before 'first'.",
    edits: [
      {
        file: 'adapters/ws/connection.ts',
        find: `  #corked = false
  /** Halves that`,
        replace: `  /** Messages that share the next write. */
  #batch: Encoded[] = []
  /** Halves that`,
      },
      {
        file: 'adapters/ws/connection.ts',
        find: `    if (this.channel.backlog > 0 && !this.#corked) this.#cork()
    writeFrame(this.#stream, encoded)
`,
        replace: `    if (this.channel.backlog > 0 || this.#batch.length > 0) this.#later(encoded)
    else writeFrame(this.#stream, encoded)
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
        find: `  #cork(): void {
    this.#corked = true
    this.#stream.cork()
    process.nextTick(() => {
      this.#corked = false
      this.#stream.uncork()
    })
  }`,
        replace: `  #later(encoded: Encoded): void {
    if (this.#batch.length === 0) process.nextTick(() => this.#flush())
    this.#batch.push(encoded)
  }

  #flush(): void {
    const batch = this.#batch
    if (batch.length === 0) return
    this.#batch = []
    this.#stream.cork()
    for (const encoded of batch) writeFrame(this.#stream, encoded)
    this.#stream.uncork()
  }`,
      },
    ],
  },
  {
    name: 'short-latin1-text-sent-as-latin1',
    base: 'ws',
    expected: 'SEND-12',
    alternatives: ['SEND-05', 'SEND-03'],
    standsFor:
      'The fast path for short ASCII texts is widened to every string whose characters fit a byte, although a text frame is UTF-8.',
    shows:
      "A handler sends 'café' (under 126 characters, nothing above U+00FF): the frame holds the byte E9, which is no UTF-8, and the client ends the connection with 1007; emoji and long texts are right.",
    edits: [
      {
        file: 'adapters/ws/frame.ts',
        find: "  if (typeof message === 'string' && message.length < 126 && Buffer.byteLength(message) === message.length) {",
        replace: "  if (typeof message === 'string' && message.length < 126 && /^[\\x00-\\xff]*$/.test(message)) {",
      },
    ],
  },
  {
    name: 'publish-skips-socket-that-needs-drain',
    base: 'ws',
    expected: 'SUB-01',
    alternatives: ['PUB-01', 'PUB-10', 'PUB-12', 'LIMIT-02', 'PUB-06'],
    standsFor:
      'Back-pressure handled by skipping a receiver whose stream asks to drain, so published messages are lost silently while the connection goes on.',
    shows:
      'A subscriber does not read for a while (or a handler publishes several 64 KiB payloads in one go) and then reads on: some publishes never arrive, nothing is logged, and later ones do arrive on the same open connection.',
    answer:
      'None yet: what becomes of publishes to a client that does not read is for LIMIT to say, of which there are no programs.',
    edits: [
      {
        file: 'adapters/ws/connection.ts',
        find: 'if (this.#socket.readyState === WebSocket.OPEN) this.#stream.write(frame)',
        replace: 'if (this.#socket.readyState === WebSocket.OPEN && !this.#stream.writableNeedDrain) this.#stream.write(frame)',
      },
    ],
  },
  {
    name: 'closed-registration-keeps-receiving',
    base: 'ws',
    expected: 'SUB-11',
    alternatives: ['SUB-06', 'SUB-12', 'PUB-04', 'PUB-05'],
    standsFor:
      "Closing a custom subscriber's registration takes its id off the hub but leaves it in the topics it had subscribed.",
    shows: 'Register a receiver, subscribe it to a topic, close the registration, publish: the receiver is still called.',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: 'if (this.#members.get(id) === member) this.#remove(member)',
        replace: 'if (this.#members.get(id) === member) this.#members.delete(id)',
      },
    ],
  },
  {
    name: 'excluding-publish-assumes-excluded-subscribes',
    base: 'ws',
    expected: 'PUB-03',
    alternatives: ['PUB-02', 'SUB-01', 'PUB-09'],
    standsFor:
      'An optimisation skips a publish with an exclusion where a topic has but one socket, assuming that one to be the excluded.',
    shows:
      "One client is subscribed to a topic; another, not subscribed to it, publishes there with its own id (or an unknown one, or '') excluded: the only subscriber gets nothing.",
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '    if (entry.sockets.size > 0) this.#transport.deliver',
        replace: `    // Nobody is left where the only one is excluded.
    if (entry.sockets.size > (excludeId === null ? 0 : 1)) this.#transport.deliver`,
      },
    ],
  },
]
