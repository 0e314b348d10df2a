/** Held-out defects of the sixth set: written from the contract and the sources of uws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const sixthEarly: readonly HeldOut[] = [
  {
    name: 'sub-protocol-selected-in-lower-case',
    base: 'uws',
    expected: 'LIFE-23',
    alternatives: [],
    standsFor: 'A sub-protocol is normalised like a header name before it is selected, though its values are case-sensitive.',
    shows:
      'A client offers the sub-protocol "Chat.V2"; the 101 answer selects "chat.v2", which was not offered (many clients fail the handshake).',
    answer: 'Sub-protocols in upper case and with every sign that a token may have are offered.',
    edits: [
      {
        file: 'adapters/uws/upgrade.ts',
        find: ".split(',')[0]?.trim() ?? ''",
        replace: ".split(',')[0]?.trim().toLowerCase() ?? ''",
      },
    ],
  },
  {
    name: 'byte-order-mark-stripped-from-text',
    base: 'uws',
    expected: 'ROUTE-07',
    alternatives: ['ROUTE-03', 'SEND-12', 'ROUTE-08', 'VALID-07'],
    standsFor: 'A shared TextDecoder is made with its defaults, which drop a leading byte order mark.',
    shows:
      'A client sends the text U+FEFF followed by "hello"; onMessage gets "hello" without its first character (and U+FEFF before JSON is parsed as JSON).',
    edits: [
      {
        file: 'adapters/uws/connection.ts',
        find: `/** A byte order mark at the beginning of a message is part of it (ROUTE-07); a decoder drops it unless told otherwise. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })`,
        replace: `/** One decoder for all messages: each is whole, so that it keeps no state. */
const decoder = new TextDecoder()`,
      },
    ],
  },
  {
    name: 'native-topic-is-unicode-normalised',
    base: 'uws',
    expected: 'SUB-05',
    alternatives: ['PUB-04', 'PUB-05', 'SUB-02', 'SUB-01'],
    standsFor: "Topic names are normalised on their way to the transport's own topics, so that equal-looking names become one.",
    shows:
      'A subscribes to "café" (composed), B to "café" (decomposed); a publish to the one also reaches the subscriber of the other.',
    answer:
      'Several subscribers of topics that are alike under one reading, and publishes to each: in a family of programs, and in the example that every run begins with.',
    edits: [{ file: 'adapters/uws/hub.ts', find: 'return `t${topic}`', replace: 'return `t${topic.normalize()}`' }],
  },
  {
    name: 'native-topic-never-left',
    base: 'uws',
    expected: 'SUB-02',
    alternatives: ['SUB-03', 'PUB-04', 'SUB-10', 'SUB-12', 'PUB-05'],
    standsFor:
      "The transport is not told of unsubscribes, on the belief that the hub's own book-keeping is enough since a closed socket leaves its topics by itself.",
    shows:
      'Two clients subscribe to a topic, one unsubscribes and the call resolves; a later publish to the topic still reaches it, as long as the other is subscribed.',
    edits: [
      {
        file: 'adapters/uws/hub.ts',
        find: `      left(topic, { live, socket }) {
        // A socket that has closed has left every topic, and every call on it throws.
        if (live) socket.unsubscribe(native(topic))
      },
`,
        replace: '',
      },
    ],
  },
  {
    name: 'publish-excluding-a-stranger-reaches-no-socket',
    base: 'uws',
    expected: 'PUB-03',
    alternatives: ['PUB-02', 'PUB-01', 'SUB-11', 'SUB-01'],
    standsFor:
      'An if/else chain covers "exclude a live subscriber" and "exclude nobody", and forgets the exclusion of an id that is not subscribed.',
    shows:
      "A handler publishes to a topic with its own channel's id (or any unknown id) as the excluded one without being subscribed; no client subscribed to the topic gets the message.",
    edits: [
      {
        file: 'adapters/uws/hub.ts',
        find: 'else app?.publish(native(topic), encoded, binary)',
        replace: 'else if (excludeId === null) app?.publish(native(topic), encoded, binary)',
      },
    ],
  },
  {
    name: 'abnormal-close-leaves-channel-open',
    base: 'uws',
    expected: 'LIFE-10',
    alternatives: ['LIFE-05', 'SUB-06', 'SUB-12', 'LIFE-19'],
    standsFor:
      'Only a close frame is taken for a disconnect; code 1006 is treated as a network failure that something else will notice.',
    shows:
      'A client destroys its TCP connection without a close frame (or breaks the protocol); onDisconnect does not run, and the hub keeps its subscriptions, until someone sends to the channel or the server stops.',
    edits: [
      {
        file: 'adapters/uws/server.ts',
        find: 'close: (socket) => socket.getUserData().connection?.closed(),',
        replace: 'close: (socket, code) => socket.getUserData().connection?.closed(code),',
      },
      {
        file: 'adapters/uws/connection.ts',
        find: `  closed(): void {
    this.live = false
    clearTimeout(this.#grace)
    void this.#channel.close()
`,
        replace: `  closed(code: number): void {
    this.live = false
    clearTimeout(this.#grace)
    // 1006: no close frame came.
    if (code !== 1006) void this.#channel.close()
`,
      },
    ],
  },
  {
    name: 'channel-id-is-the-handshake-key',
    base: 'uws',
    expected: 'LIFE-03',
    alternatives: ['PUB-02', 'SUB-10'],
    standsFor:
      "The random Sec-WebSocket-Key of the handshake is reused as the channel's id to save making one, though the client chooses it.",
    shows:
      'Two clients connect with the same Sec-WebSocket-Key (a raw client with a constant key); the handlers of both see the same channelId, which the client itself has chosen.',
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
    name: 'stop-resolves-before-on-disconnect-has-settled',
    base: 'uws',
    expected: 'LIFE-18',
    alternatives: ['LIFE-10'],
    standsFor:
      'A connection is taken off the list of those a stop waits for when its socket has closed, not when its onDisconnect has settled as well.',
    shows:
      'With a connection open whose onDisconnect awaits something for a few hundred milliseconds, stop() resolves while onDisconnect is still running.',
    edits: [
      {
        file: 'adapters/uws/connection.ts',
        find: `    void this.#channel.close()
    this.#half()
`,
        replace: `    void this.#channel.close()
    this.#over()
`,
      },
    ],
  },
  {
    name: 'repeated-query-field-loses-empty-value',
    base: 'uws',
    expected: 'LIFE-04',
    alternatives: [],
    standsFor: 'A truthiness check stands for "not met yet" when repeated query fields are collected.',
    shows: 'A client connects with ?tag=&tag=a; openingData.tag is "a" instead of ["", "a"].',
    answer: 'Repeated fields whose values are empty, or look like nothing, in every order.',
    edits: [
      {
        file: 'adapters/runtime/opening-data.ts',
        find: 'if (earlier === undefined) setOwn(fields, name, value)',
        replace: 'if (!earlier) setOwn(fields, name, value)',
      },
    ],
  },
  {
    name: 'held-messages-start-all-at-once',
    base: 'uws',
    expected: 'LIFE-15',
    alternatives: ['LIFE-11', 'AUTH-05', 'LIFE-14', 'LIFE-07', 'VALID-03', 'PUB-06'],
    standsFor: 'When a handler settles the whole backlog is drained in one loop instead of one message at a time.',
    shows:
      'While a handler (or onConnect) is pending the client sends two more messages whose handlers wait; once the first settles, the handlers of both run at the same time (an authenticate and a protected message held together: the second is refused).',
    edits: [{ file: 'adapters/runtime/local-channel.ts', find: '} while (!this.#busy)', replace: '} while (this.backlog > 0)' }],
  },
]
