/** Held-out defects of the third set: written from the contract and the sources of uws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const thirdEarly: readonly HeldOut[] = [
  {
    name: 'decoder-swallows-byte-order-mark',
    base: 'uws',
    expected: 'ROUTE-07',
    alternatives: ['ROUTE-03', 'VALID-07'],
    standsFor: 'The text decoder is made with its defaults, which strip a leading byte order mark from every text message.',
    shows:
      'A client sends the text U+FEFF followed by "hello" (or by a JSON object): onMessage must get that string unchanged, but gets it without the mark, and U+FEFF + {"action":"x"} is even parsed and routed to the action.',
    edits: [
      {
        file: 'adapters/uws/connection.ts',
        find: `new TextDecoder('utf-8', { ignoreBOM: true })`,
        replace: `new TextDecoder('utf-8')`,
      },
    ],
  },
  {
    name: 'close-cuts-off-unread-backlog',
    base: 'uws',
    expected: 'LIFE-14',
    alternatives: ['LIFE-18', 'SEND-01'],
    standsFor:
      'Closing a socket that still has buffered output terminates it instead of waiting for the drain and sending the close frame then.',
    shows:
      'A handler sends many megabytes (more than the kernel takes at once, e.g. 16 MiB or a long loop of 1 MiB messages) and calls channel.close() at once; a client that reads normally gets only part of it and sees 1006 instead of everything and 1000 (likewise 1001 at a stop).',
    answer:
      'A family of programs whose handlers send some twenty megabytes, written as repetitions, and close at once: what a client has still to read must reach it before it sees 1000.',
    edits: [
      {
        file: 'adapters/uws/connection.ts',
        find: `    else {
      this.#closing = code
      this.#grace = setTimeout(() => this.terminate(), closeGrace).unref()
    }`,
        replace: `    else {
      this.#closing = code
      this.terminate()
    }`,
      },
    ],
  },
  {
    name: 'stop-overlooks-handshakes-waiting-for-schema',
    base: 'uws',
    expected: 'LIFE-18',
    alternatives: ['LIFE-06', 'LIFE-02'],
    standsFor:
      'Whether the server stops is only asked when a handshake arrives, not again after the asynchronous opening-data schema, and waiting handshakes are not refused by stop.',
    shows:
      'A handshake waits for an asynchronous openingData schema, stop() is called (and may have resolved already), then the schema answers: the client is upgraded with 101 and onConnect runs on a stopping or stopped server, where a refusal (503) is due.',
    answer: 'The schema of opening data can wait at a gate, and programs open it when the stop is over.',
    edits: [
      {
        file: 'adapters/uws/server.ts',
        find: `      if (stopping !== undefined) return refuse(503, 'Stopping')
`,
        replace: '',
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
    name: 'subprotocol-offer-echoed-whole',
    base: 'uws',
    expected: 'LIFE-23',
    alternatives: [],
    standsFor:
      'The Sec-WebSocket-Protocol header is handed back as it was offered, as in the samples of the transport, which goes well while only one is offered.',
    shows:
      'A client offers the sub-protocols "a" and "b": the 101 answer says "Sec-WebSocket-Protocol: a, b", which is neither none nor one of those offered, and ordinary clients fail the connection.',
    answer: 'Equivalent: uWebSockets.js itself cuts what it is told to select at the first comma.',
    edits: [
      {
        file: 'adapters/uws/upgrade.ts',
        find: `request.getHeader('sec-websocket-protocol').split(',')[0]?.trim() ?? ''`,
        replace: `request.getHeader('sec-websocket-protocol')`,
      },
    ],
  },
  {
    name: 'excluding-publish-sends-bytes-as-text',
    base: 'uws',
    expected: 'PUB-08',
    alternatives: ['SEND-05', 'PUB-02', 'PUB-01'],
    standsFor:
      'On the path that publishes through the excluded socket the binary flag was forgotten, so the transport falls back to a text frame.',
    shows:
      'Two channels subscribe to a topic; a publish of a Uint8Array that excludes one of the two reaches the other as a text message (or fails its connection with 1007 where the bytes are no UTF-8), while with null it is binary.',
    answer: 'Programs publish bytes with an exclusion, too.',
    edits: [
      {
        file: 'adapters/uws/hub.ts',
        find: 'excluded.socket.publish(native(topic), encoded, binary)',
        replace: 'excluded.socket.publish(native(topic), encoded)',
      },
    ],
  },
  {
    name: 'publish-put-off-to-a-microtask',
    base: 'uws',
    expected: 'SEND-07',
    alternatives: ['PUB-07', 'LIFE-14', 'SUB-01'],
    standsFor: `The native publish is put off to a microtask (to get it out of the handler's way), while sends go to the socket at once.`,
    shows:
      'A handler subscribed to its own topic calls publish(topic, null, 1) without awaiting it and then channel.send(2) in the same turn: the client gets 2 before 1; followed by channel.close() in the same turn, the publish never arrives at all.',
    edits: [
      {
        file: 'adapters/uws/hub.ts',
        find: `        if (excluded?.live === true) excluded.socket.publish(native(topic), encoded, binary)
        else app?.publish(native(topic), encoded, binary)`,
        replace: `        queueMicrotask(() => {
          if (excluded?.live === true) excluded.socket.publish(native(topic), encoded, binary)
          else app?.publish(native(topic), encoded, binary)
        })`,
      },
    ],
  },
  {
    name: 'connection-forgotten-when-its-socket-closes',
    base: 'uws',
    expected: 'LIFE-18',
    alternatives: ['LIFE-10'],
    standsFor:
      'The server forgets a connection as soon as the socket has closed, rather than when both the socket has closed and onDisconnect has settled.',
    shows:
      'A channel has an onDisconnect that takes a while (e.g. 100 ms or a gate); stop() with a connection open, or right after a client has left, resolves while that onDisconnect is still running.',
    edits: [
      {
        file: 'adapters/uws/connection.ts',
        find: `    void this.#channel.close()
    this.#half()`,
        replace: `    void this.#channel.close()
    this.#over()`,
      },
    ],
  },
  {
    name: 'channel-id-taken-from-handshake-key',
    base: 'uws',
    expected: 'LIFE-03',
    alternatives: ['AUTH-06', 'SUB-08', 'PUB-02'],
    standsFor:
      'The channel id is the Sec-WebSocket-Key of the handshake, taken for random and unique although the client chooses it.',
    shows: `Two raw clients that shake hands with the same Sec-WebSocket-Key (such as the RFC's sample) have the same channelId, share subscriptions and exclusion, and any client knows or chooses its id.`,
    edits: [
      {
        file: 'adapters/uws/server.ts',
        find: 'channelId: randomUUID(),',
        replace: 'channelId: handshake.key,',
      },
    ],
  },
  {
    name: 'middleware-outlived-by-its-handler',
    base: 'uws',
    expected: 'LIFE-15',
    alternatives: ['SEND-08', 'LIFE-11', 'LIFE-24', 'LIFE-07'],
    standsFor:
      'The event counts as over when the outermost middleware has returned, even if it did not wait for what next() started.',
    shows: `A middleware answers with Promise.race([next(), timeout]) (or calls next() without awaiting it); a client pipelines two messages: the second one's handler starts while the first one's is still running, and services are disposed of under it.`,
    answer: 'Programs pipeline messages through middleware that does not await `next`, while the first handler waits at a gate.',
    edits: [
      {
        file: 'adapters/runtime/middleware.ts',
        find: `    for (const below of started) await below.catch(() => {})
`,
        replace: '',
      },
    ],
  },
  {
    name: 'deadline-drops-disconnect-of-pending-connect',
    base: 'uws',
    expected: 'LIFE-10',
    alternatives: ['LIFE-19'],
    standsFor:
      'When the handler deadline passes after the close, the connection is finished off even though its onConnect is still pending, and is then marked as never connected.',
    shows:
      'With a short handlerDeadline (e.g. 100 ms) a client leaves while onConnect is pending and onConnect succeeds only after the deadline: onDisconnect never runs for it.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'if (this.#connected) this.#finish()',
        replace: 'this.#finish()',
      },
    ],
  },
]
