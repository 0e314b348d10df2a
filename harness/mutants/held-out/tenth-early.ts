/** Held-out defects of the tenth set: written from the contract and the sources of uws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const tenthEarly: readonly HeldOut[] = [
  {
    name: 'byte-order-mark-stripped-from-text',
    base: 'uws',
    expected: 'ROUTE-07',
    alternatives: ['ROUTE-03', 'ROUTE-01', 'ROUTE-08', 'VALID-05', 'VALID-07'],
    standsFor: 'The decoder is made with its defaults, which silently drop a byte order mark at the beginning of a text.',
    shows:
      'A client sends U+FEFF followed by "hello" (or by a JSON object with a wired action). onMessage is given the text without the mark, or the action\'s handler runs although the text is not JSON.',
    edits: [
      {
        file: 'adapters/uws/connection.ts',
        find: "new TextDecoder('utf-8', { ignoreBOM: true })",
        replace: "new TextDecoder('utf-8')",
      },
    ],
  },
  {
    name: 'binary-message-over-the-transports-buffer',
    base: 'uws',
    expected: 'ROUTE-09',
    alternatives: ['LIFE-07', 'VALID-05', 'ROUTE-03', 'SEND-03', 'SEND-05'],
    standsFor:
      'A copy is "optimised away": the handler is given a view of the ArrayBuffer that uWebSockets detaches when its callback returns.',
    shows:
      'A client sends bytes that an asynchronous onMessage looks at after an await, or that were held while another handler ran. The handler finds an empty (detached) array, and an echo of it is empty or an InternalError.',
    answer:
      'The probe failed at such an array before it told of its handler, and ROUTE-09 could not tell which message it was of: it looks now for bytes that nobody sent.',
    edits: [{ file: 'adapters/uws/connection.ts', find: 'new Uint8Array(message.slice(0))', replace: 'new Uint8Array(message)' }],
  },
  {
    name: 'close-grace-of-thirty-milliseconds',
    base: 'uws',
    expected: 'LIFE-14',
    alternatives: ['SEND-01', 'SEND-07', 'LIFE-18', 'PUB-01'],
    standsFor: 'A time constant is written in seconds where the timer takes milliseconds.',
    shows:
      'A handler sends tens of megabytes and then calls close(), while the client does not read for a few hundred milliseconds. The socket is cut off: the client misses what was sent before and sees 1006 in place of 1000.',
    edits: [
      {
        file: 'adapters/uws/connection.ts',
        find: `/** How long a client that is behind has to read what comes before its close, in milliseconds: as long as ws gives it. */
const closeGrace = 30_000`,
        replace: `/** How long a client that is behind has to read what comes before its close: as long as ws gives it. */
const closeGrace = 30`,
      },
    ],
  },
  {
    name: 'all-offered-sub-protocols-selected',
    base: 'uws',
    expected: 'LIFE-23',
    alternatives: ['LIFE-06'],
    standsFor:
      'The header of the offered sub-protocols is passed straight on to the upgrade, as many samples do, which is right only where one is offered.',
    shows:
      'A client offers two sub-protocols. The 101 answer says "a, b", which is neither none nor one of those offered, and strict clients fail the handshake.',
    answer: 'Equivalent: uWebSockets.js itself selects the first of what it is given.',
    edits: [
      {
        file: 'adapters/uws/upgrade.ts',
        find: `    // The first of those offered, as ws does: a browser fails a handshake that selects none of its own (LIFE-23).
    protocol: request.getHeader('sec-websocket-protocol').split(',')[0]?.trim() ?? '',
`,
        replace: `    // Selected again, since a browser fails a handshake that selects none of its own (LIFE-23).
    protocol: request.getHeader('sec-websocket-protocol'),
`,
      },
    ],
  },
  {
    name: 'channel-id-is-the-clients-key',
    base: 'uws',
    expected: 'LIFE-03',
    alternatives: ['AUTH-06', 'PUB-01', 'PUB-02', 'SUB-08', 'LIFE-10'],
    standsFor:
      'The Sec-WebSocket-Key, random with every honest client, is taken for the id of the connection to save a call for random bytes.',
    shows:
      'Two clients (of a raw socket, say) connect with the same Sec-WebSocket-Key. Their handlers see the same channelId, which the client has chosen itself.',
    edits: [
      {
        file: 'adapters/uws/server.ts',
        find: `import { randomUUID } from 'node:crypto'
`,
        replace: '',
      },
      { file: 'adapters/uws/server.ts', find: 'channelId: randomUUID(),', replace: 'channelId: handshake.key,' },
    ],
  },
  {
    name: 'publishes-deferred-to-the-next-turn',
    base: 'uws',
    expected: 'PUB-07',
    alternatives: ['SEND-07', 'SUB-01', 'PUB-06', 'LIFE-14', 'SUB-02'],
    standsFor:
      "Native publishes are moved out of the handler's turn so as not to hold it up, and fall behind the sends made after them.",
    shows:
      'A handler subscribed to a topic awaits publish(topic, null, "first") and then awaits send("second"), or returns it. The client receives "second" before "first".',
    edits: [
      {
        file: 'adapters/uws/hub.ts',
        find: `        if (excluded?.live === true) excluded.socket.publish(native(topic), encoded, binary)
        else app?.publish(native(topic), encoded, binary)
`,
        replace: `        // Not within the handler's turn: a topic of many subscribers would hold it up.
        setImmediate(() => {
          if (excluded?.live === true) excluded.socket.publish(native(topic), encoded, binary)
          else app?.publish(native(topic), encoded, binary)
        })
`,
      },
    ],
  },
  {
    name: 'unsubscribe-leaves-the-native-topic-on',
    base: 'uws',
    expected: 'SUB-02',
    alternatives: ['PUB-04', 'SUB-03', 'PUB-05', 'SUB-12'],
    standsFor:
      'The author of the native hub thinks that leaving is only for closed sockets, which uWebSockets takes off their topics by itself.',
    shows:
      'Two channels subscribe to a topic and one unsubscribes. Once that has resolved, a publish to the topic still reaches both.',
    edits: [
      {
        file: 'adapters/uws/hub.ts',
        find: `      left(topic, { live, socket }) {
        // A socket that has closed has left every topic, and every call on it throws.
        if (live) socket.unsubscribe(native(topic))
      },
`,
        replace: `      // Nothing to do for \`left\`: the transport takes a socket that has closed off all its topics.
`,
      },
    ],
  },
  {
    name: 'handshake-under-way-survives-the-stop',
    base: 'uws',
    expected: 'LIFE-18',
    alternatives: ['LIFE-10', 'LIFE-06'],
    standsFor: 'Whether the server stops is asked when a handshake comes in and not again after the await of its schema.',
    shows:
      "The opening data's schema takes 300 ms; the server is stopped meanwhile. The handshake is completed all the same: onConnect runs after the stop has begun or resolved, and the client is not closed with 1001.",
    edits: [
      {
        file: 'adapters/uws/server.ts',
        find: `  /** Refuses a handshake that waits for a schema, one each. */
  const handshakes = new Set<() => void>()
`,
        replace: '',
      },
      {
        file: 'adapters/uws/server.ts',
        find: `      if (stopping !== undefined) return refuse(503, 'Stopping')
      over = true
`,
        replace: `      over = true
`,
      },
      {
        file: 'adapters/uws/server.ts',
        find: `    // From the first await on the response may be gone at any time; a stop answers those that still wait.
    const refuseAtStop = (): void => refuse(503, 'Stopping')
    handshakes.add(refuseAtStop)
    response.onAborted(() => {
      over = true
      handshakes.delete(refuseAtStop)
    })
    void accepted.then((channel) => {
      handshakes.delete(refuseAtStop)
      complete(channel)
    })
`,
        replace: `    // From the first await on the response may be gone at any time.
    response.onAborted(() => {
      over = true
    })
    void accepted.then(complete)
`,
      },
      {
        file: 'adapters/uws/server.ts',
        find: `    for (const refuseAtStop of handshakes) refuseAtStop()
`,
        replace: '',
      },
    ],
  },
  {
    name: 'overdue-connect-loses-its-disconnect',
    base: 'uws',
    expected: 'LIFE-19',
    alternatives: ['LIFE-10', 'LIFE-14', 'LIFE-11'],
    standsFor:
      'The handler deadline is applied to onConnect as to any handler: the connection is finished off before it is known whether onConnect succeeds.',
    shows:
      'With a short handlerDeadline a client leaves while onConnect is pending, and onConnect succeeds only after the deadline. onDisconnect never runs for it.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `    // Whether a pending onConnect will succeed is not known, so onDisconnect waits for it however long it takes (LIFE-10).
    if (this.#connected) this.#finish()
`,
        replace: `    this.#finish()
`,
      },
    ],
  },
  {
    name: 'no-way-back-from-a-literal-segment',
    base: 'uws',
    expected: 'ROUTE-11',
    alternatives: ['LIFE-01', 'LIFE-20'],
    standsFor:
      'The route lookup is simplified to take the literal branch whenever there is one, with no return to the parameter where that branch leads nowhere.',
    shows:
      'Wired are /rooms/lobby/chat and /rooms/:room/log. A handshake for /rooms/lobby/log, which the second matches, is refused with 404.',
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
