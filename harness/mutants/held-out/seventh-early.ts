/** Held-out defects of the seventh set: written from the contract and the sources of ws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const seventhEarly: readonly HeldOut[] = [
  {
    name: 'channel-id-from-websocket-key',
    base: 'ws',
    expected: 'LIFE-03',
    alternatives: ['SUB-01', 'SUB-06', 'AUTH-06'],
    standsFor: "The handshake's Sec-WebSocket-Key is taken for a ready-made unique connection id, though the client chooses it.",
    shows:
      "A handler's channelId is the client's own Sec-WebSocket-Key header; two raw clients that send the same key get the same channelId, and the end of one ends the other's subscriptions.",
    edits: [
      {
        file: 'adapters/ws/server.ts',
        find: 'channelId: randomUUID(),',
        replace: "channelId: String(request.headers['sec-websocket-key'] ?? randomUUID()),",
      },
    ],
  },
  {
    name: 'subprotocol-offer-echoed-whole',
    base: 'ws',
    expected: 'LIFE-23',
    alternatives: [],
    standsFor:
      'The sub-protocol is negotiated by echoing the request header, which was only ever tried with clients that offer one protocol.',
    shows:
      'A client that offers two sub-protocols is answered with `Sec-WebSocket-Protocol: a, b` (or a,b as sent), which is none of those offered; a conforming client fails the handshake.',
    edits: [
      {
        file: 'adapters/ws/server.ts',
        find: `    perMessageDeflate: false,
`,
        replace: `    perMessageDeflate: false,
    handleProtocols: (_offered, request) => request.headers['sec-websocket-protocol'] ?? false,
`,
      },
    ],
  },
  {
    name: 'query-cut-at-second-question-mark',
    base: 'ws',
    expected: 'LIFE-04',
    alternatives: [],
    standsFor:
      "The request target is taken apart with split('?') and destructuring, which drops whatever follows a second question mark.",
    shows:
      'A client connects with `?redirect=/a?b=1&x=2`: openingData has redirect `/a` and no x, in place of redirect `/a?b=1` and x `2`.',
    answer: 'Queries with question marks, bare and escaped, begin every run.',
    edits: [
      {
        file: 'adapters/ws/upgrade.ts',
        find: `  const mark = local.indexOf('?')
  return mark === -1 ? { path: local, query: '' } : { path: local.slice(0, mark), query: local.slice(mark + 1) }
`,
        replace: `  const [path = '', query = ''] = local.split('?')
  return { path, query }
`,
      },
    ],
  },
  {
    name: 'batched-sends-overtaken-by-publishes',
    base: 'ws',
    expected: 'SEND-07',
    alternatives: ['PUB-07'],
    standsFor:
      'Replies of a busy connection are gathered in a list that is flushed on the next tick, but frames from the hub still go straight to the socket.',
    shows:
      "A client pipelines messages so that some wait while a handler runs; that handler calls channel.send('a') and then publishes 'b' to a topic its own channel is subscribed to: the client gets 'b' before 'a'.",
    edits: [
      {
        file: 'adapters/ws/connection.ts',
        find: `  readonly #connections: Connections
  #corked = false
`,
        replace: `  readonly #connections: Connections
  /** Replies that share the next write. */
  #batch: Encoded[] | undefined
`,
      },
      {
        file: 'adapters/ws/connection.ts',
        find: `    if (this.channel.backlog > 0 && !this.#corked) this.#cork()
    writeFrame(this.#stream, encoded)
    return true
`,
        replace: `    if (this.#batch !== undefined) this.#batch.push(encoded)
    else if (this.channel.backlog > 0) {
      this.#batch = [encoded]
      process.nextTick(() => this.#flush())
    } else writeFrame(this.#stream, encoded)
    return true
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
  }
`,
        replace: `  #flush(): void {
    const batch = this.#batch
    this.#batch = undefined
    if (batch === undefined || this.#socket.readyState !== WebSocket.OPEN) return
    this.#stream.cork()
    for (const encoded of batch) writeFrame(this.#stream, encoded)
    this.#stream.uncork()
  }
`,
      },
    ],
  },
  {
    name: 'short-frame-taken-for-126-bytes',
    base: 'ws',
    expected: 'SEND-12',
    alternatives: ['SEND-01', 'SEND-03', 'SEND-04', 'SEND-05', 'LIFE-17'],
    standsFor: 'Off by one in a hand-written frame header: 126 is not the longest short length but the mark of a two-byte one.',
    shows:
      'A handler sends or returns an ASCII text of exactly 126 characters: the client reads a wrong length, never gets that text, and this and later messages come garbled or fail the connection.',
    answer:
      'Texts on both sides of where the length of a frame is written otherwise are sent and published, and begin every run.',
    edits: [{ file: 'adapters/ws/frame.ts', find: 'message.length < 126', replace: 'message.length <= 126' }],
  },
  {
    name: 'empty-messages-dropped-as-keepalive',
    base: 'ws',
    expected: 'ROUTE-07',
    alternatives: ['ROUTE-09', 'VALID-07', 'LIFE-15', 'LIFE-07', 'ROUTE-04'],
    standsFor: "Empty frames are taken for some clients' keepalive and skipped before they reach the channel.",
    shows:
      "A client sends an empty text (or an empty binary message): onMessage is never called with '' (or empty bytes), and a channel without onMessage answers no UnknownRouteError.",
    edits: [
      {
        file: 'adapters/ws/connection.ts',
        find: '  // A Buffer may show a pool',
        replace: `  // Some clients keep their connection alive with empty messages.
  if (data.length === 0) return
  // A Buffer may show a pool`,
      },
    ],
  },
  {
    name: 'stop-does-not-wait-for-both-halves',
    base: 'ws',
    expected: 'LIFE-18',
    alternatives: ['LIFE-10', 'SUB-06'],
    standsFor:
      'The registry of live connections drops one at whichever ends first, socket or channel, so that a stop no longer waits for the other.',
    shows:
      'With an onDisconnect that takes some hundred milliseconds, stop() resolves as soon as the clients have answered the close, before any onDisconnect has finished.',
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
        find: `    if (--this.#left === 0) this.#connections.delete(this.channel)
`,
        replace: `    this.#connections.delete(this.channel)
`,
      },
    ],
  },
  {
    name: 'overdue-connect-loses-its-disconnect',
    base: 'ws',
    expected: 'LIFE-19',
    alternatives: ['LIFE-10'],
    standsFor:
      'The deadline of a closed connection finishes it whatever is running, though whether a pending onConnect will succeed is not known yet.',
    shows:
      'A client leaves while onConnect is pending, onConnect outlasts handlerDeadline (set short) and then succeeds: onDisconnect never runs.',
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
    name: 'close-in-onconnect-takes-effect-at-once',
    base: 'ws',
    expected: 'LIFE-14',
    alternatives: ['LIFE-09'],
    standsFor: 'The deferred close code of a connecting channel was taken for needless bookkeeping and simplified away.',
    shows:
      'onConnect calls channel.close() and then works on for some hundred milliseconds: the client sees its socket close at once, before onConnect has completed (with 1000 even where onConnect then throws).',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `      if (this.#connected) this.#closeSocket(code)
      else this.#closeCode = code
`,
        replace: `      this.#closeSocket(code)
`,
      },
    ],
  },
  {
    name: 'backlog-started-all-at-once',
    base: 'ws',
    expected: 'LIFE-15',
    alternatives: ['LIFE-11', 'VALID-03', 'PUB-06'],
    standsFor: 'The loop that works off held messages goes by the length of the queue in place of whether a handler is running.',
    shows:
      'A client sends a slow message and, while it (or onConnect) runs, two more with slow handlers: once the first has settled, both others run at the same time, and the later may answer first.',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: `    } while (!this.#busy)
`,
        replace: `    } while (this.backlog > 0)
`,
      },
    ],
  },
]
