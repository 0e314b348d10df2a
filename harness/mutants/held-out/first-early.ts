/** Held-out defects of the first set: written from the contract and the sources of ws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const firstEarly: readonly HeldOut[] = [
  {
    name: 'echoes-every-offered-subprotocol',
    base: 'ws',
    expected: 'LIFE-23',
    alternatives: [],
    standsFor: 'The handshake answers Sec-WebSocket-Protocol by echoing the whole offered list instead of choosing one of it.',
    shows: `A client offers two sub-protocols (new WebSocket(url, ['a','b'])): the answer carries 'a, b', which is none of those offered, and a conforming client fails the connection; with one or none offered all is well.`,
    edits: [
      {
        file: 'adapters/ws/server.ts',
        find: `    perMessageDeflate: false,
`,
        replace: `    perMessageDeflate: false,
    handleProtocols: (offered: Set<string>) => [...offered].join(', '),
`,
      },
    ],
  },
  {
    name: 'client-key-as-channel-id',
    base: 'ws',
    expected: 'LIFE-03',
    alternatives: ['AUTH-06', 'PUB-04', 'SUB-06'],
    standsFor: `The Sec-WebSocket-Key of the handshake, which the client chooses, is taken for a random value and reused as the channel's id.`,
    shows: `Two connections whose handshakes carry the same (valid) Sec-WebSocket-Key get the same channelId, so ids are shared and chosen by clients; the second takes the first's place in the hub, and publishes for one reach the other.`,
    answer: 'LIFE-03 looks for ids that hold the key which the client chose for its handshake.',
    edits: [
      {
        file: 'adapters/ws/server.ts',
        find: 'channelId: randomUUID(),',
        replace: `channelId: request.headers['sec-websocket-key'] ?? randomUUID(),`,
      },
    ],
  },
  {
    name: 'disconnect-guard-set-too-late',
    base: 'ws',
    expected: 'LIFE-10',
    alternatives: ['LIFE-11'],
    standsFor: `The once-only guard of onDisconnect looks at 'has ended' instead of 'has begun', so that a second way into it passes while the first run is still pending.`,
    shows:
      'Short handlerDeadline; the client closes while a handler runs past that deadline, so onDisconnect starts; the handler settles while onDisconnect is still waiting: onDisconnect starts a second time for the same channel.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'if (this.#disconnecting) return',
        replace: 'if (this.ended) return',
      },
    ],
  },
  {
    name: 'deadline-ends-a-pending-connect',
    base: 'ws',
    expected: 'LIFE-19',
    alternatives: ['LIFE-10'],
    standsFor:
      'The handler deadline finishes a closed connection also when it is onConnect that is still running, before it is known whether it succeeds.',
    shows:
      'Short handlerDeadline; the client leaves while onConnect waits longer than that; onConnect then succeeds, but its onDisconnect never runs.',
    answer: 'A family of programs whose handlers outlast a handler deadline of 20 ms (lifecycle/outlasting).',
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
    name: 'stop-forgets-pending-disconnects',
    base: 'ws',
    expected: 'LIFE-18',
    alternatives: [],
    standsFor: `A connection is struck off the server's list when either its socket or its channel has ended, instead of when both have.`,
    shows:
      'An onDisconnect that takes 200 ms is running because of stop(): the sockets close at once, stop() resolves, and the onDisconnect finishes only after it (a host that exits then loses it).',
    edits: [
      {
        file: 'adapters/ws/connection.ts',
        find: 'if (--this.#left === 0) this.#connections.delete(this.channel)',
        replace: 'this.#connections.delete(this.channel)',
      },
    ],
  },
  {
    name: 'disposal-not-awaited',
    base: 'ws',
    expected: 'LIFE-24',
    alternatives: ['LIFE-11', 'LIFE-15'],
    standsFor: 'A forgotten await: disposers of per-event services are called and their promises dropped.',
    shows:
      'A service of createSessionServices has an asynchronous disposer that rejects: nothing is logged and the host gets an unhandled rejection (by default the process dies), where it must be logged and change nothing.',
    edits: [
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
    name: 'held-empty-text-ends-the-queue',
    base: 'ws',
    expected: 'ROUTE-07',
    alternatives: ['LIFE-15', 'LIFE-07'],
    standsFor: `The queue's end is told by truthiness, so that an empty text message that had to wait is taken for an empty queue.`,
    shows: `A client sends a slow message and then '', 'x' at once: '' is lost, 'x' stays stuck until another message comes, and that one overtakes it. An empty message that need not wait is handled well.`,
    answer:
      "The run ended as not judged (exit code 2), without naming a requirement. A message that a system at rest never takes up is now LIFE-15's, and programs send empty texts behind handlers that are held.",
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'if (incoming === undefined) return',
        replace: 'if (!incoming) return',
      },
    ],
  },
  {
    name: 'unknown-action-hides-later-keys',
    base: 'ws',
    expected: 'ROUTE-06',
    alternatives: ['ROUTE-01', 'ROUTE-03'],
    standsFor:
      'Routing stops at the first declared key that the message holds, instead of the first whose value matches an action.',
    shows: `Wiring keys action and type, in this order; the message {action:'nothing-wired', type:'ping'} goes to onMessage (or gets UnknownRouteError) instead of to type's ping.`,
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
    name: 'no-way-back-from-a-literal-segment',
    base: 'ws',
    expected: 'ROUTE-11',
    alternatives: ['LIFE-01'],
    standsFor:
      'Path lookup commits itself to a literal segment and does not go back to the parameter beside it when the rest does not match.',
    shows:
      'With routes /rooms/lobby and /:kind/list wired, a handshake for /rooms/list, which the second matches, is refused with 404; /other/list connects.',
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
  {
    name: 'one-services-object-for-all',
    base: 'ws',
    expected: 'AUTH-06',
    alternatives: ['AUTH-05', 'SEND-04', 'PUB-05', 'LIFE-03', 'LIFE-24'],
    standsFor: 'To spare a copy, every event fills in the one shared services object instead of an object of its own.',
    shows: `A handler that takes \`services\` whole and reads services.userSession or services.channel after an await, while another connection's handler has started meanwhile, gets that other connection's session and sends to its client.`,
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'const services: Record<string, unknown> = { ...this.#port.environment.template }',
        replace: 'const services = this.#port.environment.template as Record<string, unknown>',
      },
    ],
  },
]
