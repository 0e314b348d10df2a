/** Held-out defects of the fourth set: written from the contract and the sources of ws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const fourthLate: readonly HeldOut[] = [
  {
    name: 'next-again-after-failure',
    base: 'ws',
    expected: 'AUTH-14',
    alternatives: ['AUTH-13'],
    standsFor:
      'The flag against a second next() is taken back when the first call failed, so that a retrying middleware runs the handler again.',
    shows:
      'Middleware catches what next() threw and calls next() once more: the handler runs a second time and its second result is sent, where the second call should reject and run nothing.',
    edits: [
      {
        file: 'adapters/runtime/middleware.ts',
        find: `      started.push(below)
`,
        replace: `      started.push(below)
      below.catch(() => {
        called = false
      })
`,
      },
    ],
  },
  {
    name: 'one-issue-per-field',
    base: 'ws',
    expected: 'VALID-01',
    alternatives: [],
    standsFor: 'The issues of a refusal are reduced to the first of each path, as forms like to show them.',
    shows:
      'A schema reports two issues for the same path (too short, and no digit): the ValidationError reply holds only the first.',
    edits: [
      {
        file: 'adapters/runtime/schema.ts',
        find: `  throw new ValidationError(result.issues.map(replyIssue))
`,
        replace: `  const issues = result.issues.map(replyIssue)
  const pathOf = (issue: ReplyIssue): string => issue.path.join('.')
  throw new ValidationError(issues.filter((issue, index) => issues.findIndex((other) => pathOf(other) === pathOf(issue)) === index))
`,
      },
    ],
  },
  {
    name: 'empty-schema-result-ignored',
    base: 'ws',
    expected: 'VALID-02',
    alternatives: [],
    standsFor:
      "Where a schema's output is null or undefined it is taken for a schema that only checks, and the handler is given the raw data instead.",
    shows:
      "A schema transforms the data to null (or undefined): the handler is given the client's original data, unstripped, instead of what the schema returned.",
    answer:
      'A schema turns its data into any value that the message asks for, null and undefined among them, at once or later, and VALID-02 has a clause that the handler is given just that.',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'return isPromise(data) ? data.then((value) => handler.func(services, value, session)) : handler.func(services, data, session)',
        replace: `return isPromise(data)
      ? data.then((value) => handler.func(services, value ?? this.#data, session))
      : handler.func(services, data ?? this.#data, session)`,
      },
    ],
  },
  {
    name: 'settled-with-the-first-call',
    base: 'ws',
    expected: 'SEND-08',
    alternatives: ['LIFE-15', 'LIFE-11', 'LIFE-24'],
    standsFor: 'An event that waits for its unawaited calls goes on as soon as any one of them has settled, not when all have.',
    shows:
      "A handler makes two unawaited publishes to topics of registered receivers, one quick and one slow, and returns: the next message's handler (or onDisconnect, or the disposal of its services) starts while the slow publish is still pending.",
    answer:
      'Programs have a receiver that is quick beside the one that waits, and leave publishes to both unawaited; LIFE-24 looks at the same moment.',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `      if (--this.#pending === 0) this.#settled?.()
`,
        replace: `      this.#pending--
      this.#settled?.()
`,
      },
    ],
  },
  {
    name: 'publish-waits-for-uncork',
    base: 'ws',
    expected: 'PUB-07',
    alternatives: ['SEND-07', 'SEND-01', 'LIFE-14'],
    standsFor:
      "A published frame for a socket whose writes are being collected is put off until the collection has been flushed, while the socket's own sends still go into the collection.",
    shows:
      'A client subscribed to a topic pipelines several messages in one write; the handler publishes to that topic and then sends or returns: from the second or third message on the reply arrives before the publish that was made (and awaited) before it.',
    edits: [
      {
        file: 'adapters/ws/connection.ts',
        find: `    if (this.#socket.readyState === WebSocket.OPEN) this.#stream.write(frame)
`,
        replace: `    // Not in between what is being collected: the frame follows once that is flushed.
    if (this.#corked) process.nextTick(() => this.deliver(frame))
    else if (this.#socket.readyState === WebSocket.OPEN) this.#stream.write(frame)
`,
      },
    ],
  },
  {
    name: 'topic-dropped-with-last-socket',
    base: 'ws',
    expected: 'SUB-11',
    alternatives: ['SUB-01', 'PUB-01', 'PUB-10'],
    standsFor: 'A topic is thrown away when no socket is left in it, although registered receivers may still be subscribed.',
    shows:
      'A registered receiver and a channel are subscribed to a topic and the channel unsubscribes or closes (or one of two receivers leaves): later publishes no longer reach the remaining receiver, and subscribing it again changes nothing.',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: 'if (entry.sockets.size === 0 && entry.receivers.size === 0) this.#topics.delete(topic)',
        replace: 'if (entry.sockets.size === 0) this.#topics.delete(topic)',
      },
    ],
  },
  {
    name: 'receivers-one-after-another',
    base: 'ws',
    expected: 'PUB-10',
    alternatives: ['SUB-11'],
    standsFor: 'Registered receivers are called one after another, each only when the one before has finished.',
    shows:
      "Two registered receivers of one topic, the first's promise settles late or never: the second gets the publish late or never.",
    answer:
      'Programs have receivers that wait until another receiver, or a client, has been given the publish; PUB-10 looks for those that had not been when nothing happened any more.',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '  #receive(receivers: [string, Receive][], excludeId: string | null, encoded: Encoded): MaybePromise<void> {',
        replace: '  async #receive(receivers: [string, Receive][], excludeId: string | null, encoded: Encoded): Promise<void> {',
      },
      {
        file: 'adapters/runtime/local-hub.ts',
        find: 'if (isPromise(received)) pending.push(received.catch((error: unknown) => this.#failed(id, error)))',
        replace: 'if (isPromise(received)) await received',
      },
    ],
  },
  {
    name: 'stop-leaves-goodbyes-running',
    base: 'ws',
    expected: 'LIFE-18',
    alternatives: ['SUB-06'],
    standsFor:
      'A connection is crossed off as soon as either its socket has closed or its channel has ended, instead of when both have.',
    shows:
      'With an onDisconnect that takes a while, stop() resolves as soon as the clients have taken their leave, while onDisconnects are still running (and a client that never answers its close is no longer cut off).',
    edits: [
      {
        file: 'adapters/ws/connection.ts',
        find: 'if (--this.#left === 0) this.#connections.delete(this.channel)',
        replace: 'this.#connections.delete(this.channel)',
      },
    ],
  },
  {
    name: 'late-handshake-slips-past-stop',
    base: 'ws',
    expected: 'LIFE-18',
    alternatives: [],
    standsFor:
      'Whether the server is stopping is asked only when a handshake comes in, not again when its asynchronous opening-data schema has answered.',
    shows:
      'stop() is called while a handshake waits for an asynchronous openingData schema, which then accepts: the client gets its 101, onConnect and message handlers run, and nobody closes that connection with 1001.',
    answer:
      'A stop that stays away although the system answers is noted and the program goes on: LIFE-18 blames it, and each connection that it left open.',
    edits: [
      {
        file: 'adapters/ws/server.ts',
        find: `      if (stopping !== undefined) {
        refuse(503, 'Stopping')
        return
      }
      sockets.handleUpgrade`,
        replace: '      sockets.handleUpgrade',
      },
      {
        file: 'adapters/ws/server.ts',
        find: `    for (const socket of handshakes) refuseUpgrade(socket, 503, 'Stopping')
`,
        replace: '',
      },
    ],
  },
  {
    name: 'greeting-skips-output-schema',
    base: 'ws',
    expected: 'SEND-13',
    alternatives: [],
    standsFor: 'The output schema of a connection function is not carried over into the compiled handler.',
    shows:
      'onConnect has an output schema that strips or refuses keys and returns (or sends) an object with an undeclared one: the client gets it unstripped.',
    answer:
      'The channel of output schemas has an onConnect with one, and SEND-13 judges what it sends and returns in a family of its own.',
    edits: [{ file: 'adapters/runtime/compile.ts', find: 'output: made.output', replace: 'output: undefined' }],
  },
]
