/** Held-out defects of the fourth set: written from the contract and the sources of ws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const fourthEarly: readonly HeldOut[] = [
  {
    name: 'message-after-goodbye',
    base: 'ws',
    expected: 'LIFE-11',
    alternatives: ['LIFE-14', 'LIFE-05'],
    standsFor:
      'Incoming messages are only turned away while the server drains; nobody remembered that a socket in its closing handshake still delivers what the client sent before it saw the close.',
    shows:
      'A handler (or a timer) calls close() and settles; the client sends a message before it has read the close frame (or does not answer the close and goes on sending). Its message handler runs although state is closed and onDisconnect has started or is over.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: "if (this.state === 'closed' || this.#draining) return",
        replace: 'if (this.#draining) return',
      },
    ],
  },
  {
    name: 'fair-turns-between-messages',
    base: 'ws',
    expected: 'LIFE-15',
    alternatives: ['LIFE-07', 'SEND-07'],
    standsFor:
      'To keep one chatty client from starving the others the queue is continued in a later turn, but the connection counts as idle in between, so that a message that arrives in the gap overtakes the queue and runs beside it.',
    shows:
      'The client sends two messages at once and a third as soon as it has the first reply (or a steady stream with handlers that wait a little): the third is handled before the second and two handlers of one connection run at the same time.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `        this.#busy = false
        this.#advance()
`,
        replace: `        this.#busy = false
        // One message a turn, so that a client that sends many does not starve the others.
        setTimeout(() => this.#advance())
`,
      },
    ],
  },
  {
    name: 'thrown-undefined-is-success',
    base: 'ws',
    expected: 'LIFE-09',
    alternatives: ['LIFE-10'],
    standsFor:
      'Success of an event is derived from whether there is an error value instead of from having been in the catch block.',
    shows:
      'onConnect rejects with undefined (`throw undefined`, `Promise.reject()`): the connection stays open, messages are handled and onDisconnect runs, where it should be closed with 1011 and no handler ever run.',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `      succeeded = false
`,
        replace: `      succeeded = error === undefined
`,
      },
    ],
  },
  {
    name: 'deadline-forgets-pending-connect',
    base: 'ws',
    expected: 'LIFE-19',
    alternatives: ['LIFE-10', 'LIFE-11'],
    standsFor:
      'The handler deadline ends the connection whatever the pending handler is, also while it is onConnect, whose outcome decides whether onDisconnect is due.',
    shows:
      'With a short handlerDeadline the client leaves while onConnect is pending, and onConnect succeeds after the deadline: onDisconnect never runs.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `    if (this.#connected) this.#finish()
`,
        replace: `    this.#finish()
`,
      },
    ],
  },
  {
    name: 'subprotocols-echoed',
    base: 'ws',
    expected: 'LIFE-23',
    alternatives: [],
    standsFor:
      'The header with the offered sub-protocols is echoed as the selected one, which works as long as clients offer exactly one.',
    shows:
      'A client offers two sub-protocols: the 101 answer names both in one header, and a conforming client fails the handshake.',
    edits: [
      {
        file: 'adapters/ws/server.ts',
        find: `    clientTracking: false,
`,
        replace: `    clientTracking: false,
    handleProtocols: (_offered, request) => request.headers['sec-websocket-protocol'] ?? false,
`,
      },
    ],
  },
  {
    name: 'first-failed-disposal-ends-it',
    base: 'ws',
    expected: 'LIFE-24',
    alternatives: [],
    standsFor: "The loop that disposes of an event's services is left after the first disposal that throws.",
    shows:
      'createSessionServices makes two disposable services and the one made last throws in its dispose: the other is never disposed of.',
    edits: [
      {
        file: 'adapters/runtime/dispose.ts',
        find: `      failed(error)
    }
`,
        replace: `      failed(error)
      return
    }
`,
      },
    ],
  },
  {
    name: 'byte-order-mark-eaten',
    base: 'ws',
    expected: 'ROUTE-07',
    alternatives: ['ROUTE-03', 'ROUTE-01', 'VALID-07'],
    standsFor: 'Text is decoded with a TextDecoder in its default setting, which removes a leading U+FEFF.',
    shows:
      'A client sends text that begins with U+FEFF: onMessage gets it without that character; where JSON follows it, text that is not JSON is parsed and routed to an action.',
    edits: [{ file: 'adapters/ws/connection.ts', find: 'data.toString()', replace: 'new TextDecoder().decode(data)' }],
  },
  {
    name: 'twin-routes-by-spelling',
    base: 'ws',
    expected: 'ROUTE-11',
    alternatives: ['LIFE-20'],
    standsFor:
      'Whether a route is taken is decided by comparing route strings, so that two spellings of one pattern with other parameter names pass.',
    shows:
      "Wiring channels on /rooms/:id and /rooms/:name in one application throws nothing, and the later one silently takes over the earlier one's connections.",
    edits: [
      {
        file: 'adapters/runtime/application.ts',
        find: 'routes.twin(channel.route)',
        replace: '[...names.values()].find(({ route }) => route === channel.route)?.route',
      },
    ],
  },
  {
    name: 'session-from-before-middleware',
    base: 'ws',
    expected: 'AUTH-13',
    alternatives: ['AUTH-05', 'AUTH-07', 'AUTH-11'],
    standsFor:
      'A session that exists when the event begins is read once, before the middleware, and used for authorisation and the handler; only where there was none is it read again.',
    shows:
      'Middleware replaces the session of an authenticated connection (userSession.set) and calls next: the handler is given the old one. If it clears the session, the protected action still runs.',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `    return runMiddleware(middleware, services, event, () => this.#authorise(services))
`,
        replace: `    const known = this.#session.read()
    return runMiddleware(middleware, services, event, () =>
      known === undefined || isPromise(known) ? this.#authorise(services) : this.#check(services, known),
    )
`,
      },
    ],
  },
  {
    name: 'get-reads-anybodys-write',
    base: 'ws',
    expected: 'AUTH-05',
    alternatives: [],
    standsFor:
      "userSession.get always asks the connection's store and forgets that a handler's own last write takes precedence over what others have written since.",
    shows:
      "A timer left by an earlier handler (or a handler that outlasted its deadline, beside onDisconnect) writes the session while another handler that has set its own is waiting: that handler's get gives the other's session, or undefined once the channel has ended, instead of its own.",
    answer:
      'Stories of sessions have a handler that has set its own ask again after a leftover of an earlier one, or another handler beside it, has written.',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: 'return this.#own === undefined ? this.#port.readSession(again) : copyJson(this.#own.session)',
        replace: 'return this.#port.readSession(again)',
      },
    ],
  },
]
