/** Held-out defects of the tenth set: written from the contract and the sources of uws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const tenthLate: readonly HeldOut[] = [
  {
    name: 'publish-refuses-an-empty-exclusion',
    base: 'uws',
    expected: 'PUB-03',
    alternatives: ['PUB-09', 'PUB-01', 'PUB-02'],
    standsFor: 'The check of subscriber ids is tightened to non-empty strings and applied to the excluded id too.',
    shows:
      'A handler publishes with "" as the id to exclude. The publish rejects with a TypeError and no subscriber gets the message.',
    edits: [
      {
        file: 'adapters/runtime/hub-facade.ts',
        find: "      return this.#settle('publish', this.#port.publish(topic, excludeId ?? null, encode(payload)), done)",
        replace: `      if (excludeId !== null && excludeId !== undefined) checkId(excludeId)
      return this.#settle('publish', this.#port.publish(topic, excludeId ?? null, encode(payload)), done)`,
      },
      {
        file: 'adapters/runtime/hub-facade.ts',
        find: "  if (typeof id !== 'string') throw new TypeError('a subscriber id is a string')",
        replace: "  if (typeof id !== 'string' || id === '') throw new TypeError('a subscriber id is a string, and not empty')",
      },
    ],
  },
  {
    name: 'own-session-handed-out-by-reference',
    base: 'uws',
    expected: 'AUTH-11',
    alternatives: ['AUTH-05', 'AUTH-07', 'AUTH-08'],
    standsFor:
      'The copy of what the handler itself has set is dropped as superfluous, although the very same object is what was stored.',
    shows:
      "A handler sets a session, gets it again and changes a field of what it got, without another set. The next message's handler is given the changed session.",
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: "import { copyJson, jsonCopy } from './json.ts'",
        replace: "import { jsonCopy } from './json.ts'",
      },
      {
        file: 'adapters/runtime/handles.ts',
        find: 'this.#port.readSession(again) : copyJson(this.#own.session)',
        replace: 'this.#port.readSession(again) : this.#own.session',
      },
    ],
  },
  {
    name: 'unauthorised-turned-away-before-middleware',
    base: 'uws',
    expected: 'AUTH-13',
    alternatives: ['AUTH-05', 'AUTH-04'],
    standsFor: 'To save work an unauthorised message is refused before the middleware runs, which might have set the session.',
    shows:
      "A channel's middleware sets a session on a message (from a token in it), or records the event. A protected action sent by a client without a session gets UnauthorizedError and the middleware has never run.",
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `    if (middleware.length === 0) return this.#authorise(services)
`,
        replace: `    if (middleware.length === 0) return this.#authorise(services)
    // No need to trouble the middleware with what is going to be refused.
    if (this.#handler.requiresSession && this.#session.read() === undefined) throw new UnauthorizedError()
`,
      },
    ],
  },
  {
    name: 'public-channel-lowers-a-functions-auth',
    base: 'uws',
    expected: 'AUTH-02',
    alternatives: ['AUTH-04', 'AUTH-01', 'AUTH-07'],
    standsFor: 'The precedence of three settings is written as a conjunction, which agrees with it in all cases but one.',
    shows:
      'A function made with auth: true is wired, with no auth of the entry, to a channel with auth: false. A client without a session runs it.',
    edits: [
      {
        file: 'adapters/runtime/compile.ts',
        find: 'const requiresSession = auth ?? func.auth ?? channelAuth',
        replace: 'const requiresSession = auth ?? (channelAuth && func.auth !== false)',
      },
    ],
  },
  {
    name: 'asynchronous-schema-only-as-a-gate',
    base: 'uws',
    expected: 'VALID-02',
    alternatives: ['VALID-03', 'VALID-05'],
    standsFor: 'The asynchronous branch of validation waits for the verdict and then hands on the original data.',
    shows:
      "An action's input schema is asynchronous and adds a default, coerces a number or strips a key. The handler is given the data as the client sent it.",
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'data.then((value) => handler.func(services, value, session))',
        replace: 'data.then(() => handler.func(services, this.#data, session))',
      },
    ],
  },
  {
    name: 'send-checks-output-but-strips-nothing',
    base: 'uws',
    expected: 'SEND-13',
    alternatives: ['SEND-04'],
    standsFor:
      'In send the output schema is used as an assertion, and the value that was checked is sent in place of what the schema made of it.',
    shows:
      'A handler whose output schema strips undeclared keys calls channel.send({ id: 1, passwordHash: "x" }). The client receives passwordHash.',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: `      const encoded = encode(this.#output === undefined ? data : validateOutput(this.#output, data))
`,
        replace: `      if (this.#output !== undefined) validateOutput(this.#output, data)
      const encoded = encode(data)
`,
      },
    ],
  },
  {
    name: 'unknown-route-logged-with-what-was-sent',
    base: 'uws',
    expected: 'SEND-15',
    alternatives: ['ROUTE-04'],
    standsFor: "A log line is made more helpful with the error's message, which quotes the client's own value.",
    shows:
      'A client sends {"action":"some-secret"} to a channel with wirings but neither that action nor onMessage. The log\'s warning holds "some-secret".',
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: "event: 'message', reason: error.name }",
        replace: "event: 'message', reason: error.message }",
      },
    ],
  },
  {
    name: 'services-of-a-failed-event-kept',
    base: 'uws',
    expected: 'LIFE-24',
    alternatives: ['LIFE-17'],
    standsFor: 'Disposal is placed on the path of success only.',
    shows:
      'createSessionServices makes something with a dispose or close function, and the handler throws (or the message is refused as unauthorised or invalid). What was made is never disposed of.',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: '    if (made !== undefined && isDisposable(made)) {',
        replace: '    if (succeeded && made !== undefined && isDisposable(made)) {',
      },
    ],
  },
  {
    name: 'closing-channel-stays-on-native-topics',
    base: 'uws',
    expected: 'SUB-12',
    alternatives: ['LIFE-14', 'SUB-01', 'SEND-09', 'PUB-04', 'SUB-06'],
    standsFor:
      'On a close the calls to leave each native topic are saved, since the transport does it when the socket ends, which may be later.',
    shows:
      "onConnect subscribes, calls close() and then takes a while; another channel is subscribed to the same topic. What is published meanwhile, after the close, still reaches the closed channel's client.",
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '    for (const topic of member.topics ?? []) this.#leave(topic, member)',
        replace: `    // The transport takes an ended socket off its own topics.
    for (const topic of member.topics ?? []) this.#leave(topic, member, true)`,
      },
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '  #leave(topic: string, member: Member<Socket>): void {',
        replace: '  #leave(topic: string, member: Member<Socket>, ending = false): void {',
      },
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '      this.#transport.left?.(topic, member.socket)',
        replace: '      if (!ending) this.#transport.left?.(topic, member.socket)',
      },
    ],
  },
  {
    name: 'unawaited-calls-not-waited-for',
    base: 'uws',
    expected: 'SEND-08',
    alternatives: ['LIFE-15', 'LIFE-11', 'LIFE-24', 'SUB-11'],
    standsFor:
      "A clean-up removes the wait for calls that the handler itself did not await, since on this transport sends are done at once; publishes to the application's own receivers are not.",
    shows:
      "A handler publishes without await to a topic with a registered receiver that takes 300 ms, and returns. The next message's handler (or onDisconnect, or the disposal of the services) starts before the receiver is done.",
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `    if (this.#pending > 0) await new Promise<void>((resolve) => (this.#settled = resolve))
`,
        replace: '',
      },
    ],
  },
]
