/** Held-out defects of the fifth set: written from the contract and the sources of dynamodb-serverless alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const fifthEarly: readonly HeldOut[] = [
  {
    name: 'second-next-gives-first-result',
    base: 'dynamodb-serverless',
    expected: 'AUTH-14',
    alternatives: ['AUTH-13'],
    standsFor: 'Making next() idempotent by memoising its promise, where a second call has to be an error.',
    shows:
      "A middleware calls next() twice in one event and reports what the second call did: it resolves with the handler's result instead of rejecting.",
    answer:
      'The machine was too busy: a crowd of a thousand had 15 s to go within, and has that for each hundred now. Found in the next run.',
    edits: [
      {
        file: 'adapters/runtime/middleware.ts',
        find: `    let called = false
`,
        replace: `    let below: Promise<unknown> | undefined
`,
      },
      {
        file: 'adapters/runtime/middleware.ts',
        find: `      if (called) return rejected(new Error('next() was called twice in one event'))
`,
        replace: `      if (below !== undefined) return below
`,
      },
      {
        file: 'adapters/runtime/middleware.ts',
        find: `      called = true
      const below = tolerate(run(index + 1))
`,
        replace: `      below = tolerate(run(index + 1))
`,
      },
    ],
  },
  {
    name: 'routed-data-copied-by-assignment',
    base: 'dynamodb-serverless',
    expected: 'ROUTE-05',
    alternatives: ['ROUTE-02', 'VALID-04', 'VALID-05', 'VALID-07'],
    standsFor:
      'Rewriting a rest element as a copying loop of plain assignments, which treats a field named __proto__ as the prototype.',
    shows:
      'A client sends {"action":"echo","__proto__":{"admin":true}} to a routed handler: its data has another prototype (data.admin is true by inheritance) and the own field __proto__ is missing.',
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: `  const { [key]: _routed, ...rest } = fields ?? {}
`,
        replace: `  const rest: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields ?? {})) if (name !== key) rest[name] = value
`,
      },
    ],
  },
  {
    name: 'function-auth-beats-wiring-auth',
    base: 'dynamodb-serverless',
    expected: 'AUTH-02',
    alternatives: ['AUTH-04', 'AUTH-01'],
    standsFor:
      "Getting the precedence of nested settings the wrong way round: the function's own setting is asked before the wiring entry's.",
    shows:
      'A function with auth: false is wired as { func, auth: true } and a client without a session sends to it: the handler runs and replies instead of an UnauthorizedError.',
    edits: [
      {
        file: 'adapters/runtime/compile.ts',
        find: 'const requiresSession = auth ?? func.auth ?? channelAuth',
        replace: 'const requiresSession = func.auth ?? auth ?? channelAuth',
      },
    ],
  },
  {
    name: 'send-checks-output-but-sends-the-original',
    base: 'dynamodb-serverless',
    expected: 'SEND-13',
    alternatives: [],
    standsFor:
      'Calling the schema as a mere check and then going on with the value that was passed in, not with the one it returned.',
    shows:
      'A handler with an output schema that strips undeclared keys calls channel.send({ id, passwordHash }): the client receives passwordHash (a returned value is stripped as it should be).',
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
    name: 'publish-encodes-a-tick-later',
    base: 'dynamodb-serverless',
    expected: 'SEND-06',
    alternatives: ['PUB-08', 'PUB-07', 'SEND-07', 'SEND-05'],
    standsFor:
      'Putting a call into a promise chain to make it uniformly asynchronous, so that its argument is serialised after the caller has gone on.',
    shows:
      'A handler calls eventHub.publish(topic, null, payload) without awaiting it and changes payload in the next statement: subscribers receive the changed payload.',
    edits: [
      {
        file: 'adapters/runtime/hub-facade.ts',
        find: `      return this.#settle('publish', this.#port.publish(topic, excludeId ?? null, encode(payload)), done)
`,
        replace: `      const published = Promise.resolve().then(() => this.#port.publish(topic, excludeId ?? null, encode(payload)))
      return this.#settle('publish', published, done)
`,
      },
    ],
  },
  {
    name: 'issue-path-segments-stringified',
    base: 'dynamodb-serverless',
    expected: 'VALID-01',
    alternatives: [],
    standsFor:
      'Turning path segments into text with String, though Standard Schema allows { key } objects (valibot and others give them) and numeric indexes.',
    shows:
      'An input schema refuses with an issue whose path is [{ key: "items" }, { key: 0 }, "name"]: the ValidationError reply says "[object Object]" where the keys should be, and indexes come as texts.',
    answer:
      'The machine was too busy: a crowd of a thousand had 15 s to go within, and has that for each hundred now. Found in the next run.',
    edits: [
      {
        file: 'adapters/runtime/schema.ts',
        find: '(issue.path ?? []).map(pathKey)',
        replace: '(issue.path ?? []).map((segment) => String(segment))',
      },
      {
        file: 'adapters/runtime/schema.ts',
        find: `
function pathKey(segment: PropertyKey | { readonly key: PropertyKey }): string | number {
  const key = typeof segment === 'object' ? segment.key : segment
  return typeof key === 'symbol' ? String(key) : key
}
`,
        replace: '',
      },
    ],
  },
  {
    name: 'close-overtakes-queued-sends',
    base: 'dynamodb-serverless',
    expected: 'LIFE-14',
    alternatives: ['SEND-07', 'SEND-08', 'SEND-09'],
    standsFor: 'Closing at once instead of taking the turn behind the messages that wait for the same connection.',
    shows:
      'A message handler makes several sends without awaiting them and then calls channel.close(): the connection is deleted while they wait for one another, and the client misses the later ones.',
    edits: [
      {
        file: 'adapters/serverless/open-channel.ts',
        find: `    // Behind everything sent so far, which still arrives (LIFE-14).
    return this.outbox.enqueue(this.channelId, async () => {
      await hangUp(this.host, this.record)
      await this.#remove()
    })
`,
        replace: `    return hangUp(this.host, this.record)
      .then(() => this.#remove())
      .then(() => {})
`,
      },
    ],
  },
  {
    name: 'refused-mark-taken-for-own',
    base: 'dynamodb-serverless',
    expected: 'LIFE-10',
    alternatives: ['STATELESS-03', 'STATELESS-02', 'LIFE-14', 'STATELESS-06'],
    standsFor:
      "Taking every refusal of a conditional write for a lost answer of one's own, without comparing the token of whoever wrote it.",
    shows:
      'A handler waits while its client disconnects and the disconnect event is handled, then calls channel.close() (or two disconnect events of a connection overlap): onDisconnect runs a second time.',
    edits: [
      {
        file: 'adapters/serverless/removal.ts',
        find: `      if (found.by === by && last !== undefined)
`,
        replace: `      if (last !== undefined)
`,
      },
    ],
  },
  {
    name: 'given-up-connect-keeps-subscriptions',
    base: 'dynamodb-serverless',
    expected: 'LIFE-09',
    alternatives: ['SUB-06', 'LIFE-19', 'STATELESS-12', 'SUB-12', 'STATELESS-17'],
    standsFor: 'Dropping a clean-up that looks superfluous because a connection that never came up "cannot have subscriptions".',
    shows:
      'onConnect subscribes its channel and then throws: after the handshake was refused, the store still lists the channel under the topic, and a later publish posts to it.',
    answer:
      'LIFE-09 looks at what is posted to a connection that onConnect had refused: the posts of the kit itself took the subscription away before it looked for what was left.',
    edits: [
      {
        file: 'adapters/serverless/connect.ts',
        find: `  await clear(host, channelId)
  if (succeeded !== undefined)`,
        replace: '  if (succeeded !== undefined)',
      },
    ],
  },
  {
    name: 'claim-of-pending-output-not-exclusive',
    base: 'dynamodb-serverless',
    expected: 'STATELESS-10',
    alternatives: ['PUB-05', 'STATELESS-02', 'LIFE-08', 'SEND-01', 'STATELESS-13'],
    standsFor: 'A claim whose condition asks only whether there is work left, not whether somebody has it already.',
    shows:
      'The deferred delivery of an onConnect that sent something is invoked twice at the same time, as the platform may: both claim it, and the client gets each message of onConnect twice.',
    answer:
      'The machine was too busy: a crowd of a thousand had 15 s to go within, and has that for each hundred now. Found in the next run.',
    edits: [
      {
        file: 'adapters/serverless/claim.ts',
        find: 'const expected = { states: settledStates, pending: true, claimedBy: null } as const',
        replace: 'const expected = { states: settledStates, pending: true } as const',
      },
    ],
  },
]
