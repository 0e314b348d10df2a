/** Held-out defects of the seventh set: written from the contract and the sources of ws alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const seventhLate: readonly HeldOut[] = [
  {
    name: 'routed-data-copied-by-assignment',
    base: 'ws',
    expected: 'ROUTE-05',
    alternatives: ['ROUTE-02', 'VALID-04', 'VALID-05'],
    standsFor:
      'The rest element that takes the routing key out is rewritten as a loop of plain assignments, for which `__proto__` is a setter.',
    shows:
      'A client sends {"action":"x","__proto__":{"admin":true}} to a routed action: the handler\'s data has no own `__proto__`, and data.admin is true by inheritance.',
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: `  const { [key]: _routed, ...rest } = fields ?? {}
  return rest
`,
        replace: `  const rest: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields ?? {})) if (name !== key) rest[name] = value
  return rest
`,
      },
    ],
  },
  {
    name: 'only-first-held-routing-key-tried',
    base: 'ws',
    expected: 'ROUTE-06',
    alternatives: ['ROUTE-01', 'ROUTE-03', 'ROUTE-04'],
    standsFor: 'Routing goes by the key that was found for error replies, the first held, where the first that matches is meant.',
    shows:
      'With the routing keys `action` and `type`, a client sends {"action":"nothing wired","type":"wired"}: the handler of type "wired" does not run, the message goes to onMessage or gets an UnknownRouteError.',
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: `  for (const { key, actions } of fields === undefined ? [] : channel.routing) {
    const action = stringAt(fields, key)
    const handler = action === undefined ? undefined : actions.get(action)
    if (handler !== undefined) return new Invocation(port, 'message', handler, without(fields, key), held).run()
  }
`,
        replace: `  const routed = channel.routing.find(({ key }) => key === held?.key)
  if (held !== undefined && routed !== undefined) {
    const handler = routed.actions.get(held.value)
    if (handler !== undefined) return new Invocation(port, 'message', handler, without(fields, held.key), held).run()
  }
`,
      },
    ],
  },
  {
    name: 'channel-auth-false-opens-protected-functions',
    base: 'ws',
    expected: 'AUTH-02',
    alternatives: ['AUTH-01', 'AUTH-04'],
    standsFor: 'The precedence of the three auth settings is folded into one conjunction, right for the usual combinations only.',
    shows:
      "On a channel with auth: false, a function with auth: true runs for a client without a session; likewise a wiring entry's auth: true over a function's auth: false asks for none.",
    edits: [
      {
        file: 'adapters/runtime/compile.ts',
        find: 'const requiresSession = auth ?? func.auth ?? channelAuth',
        replace: 'const requiresSession = (auth ?? channelAuth) && (func.auth ?? true)',
      },
    ],
  },
  {
    name: 'session-read-before-middleware',
    base: 'ws',
    expected: 'AUTH-13',
    alternatives: ['AUTH-05', 'AUTH-10', 'AUTH-04', 'AUTH-07'],
    standsFor:
      'The session is read once at the beginning of an event, to save a read, and so before the middleware that may set it.',
    shows:
      'A middleware calls userSession.set for a message with a good token and then next(): the protected handler is refused with UnauthorizedError for that message (a public one is given undefined).',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `    return runMiddleware(middleware, services, event, () => this.#authorise(services))
`,
        replace: `    const session = this.#session.read()
    return runMiddleware(middleware, services, event, () =>
      isPromise(session) ? session.then((read) => this.#check(services, read)) : this.#check(services, session),
    )
`,
      },
    ],
  },
  {
    name: 'issue-path-objects-stringified',
    base: 'ws',
    expected: 'VALID-01',
    alternatives: [],
    standsFor:
      'Issue paths were only tried with a library whose segments are plain keys; those of Standard Schema may be objects with a `key`.',
    shows:
      "An input schema refuses with an issue whose path is [{ key: 'user' }, { key: 'name' }]: the ValidationError reply shows the path as \"[object Object]\" twice in place of user and name.",
    edits: [
      {
        file: 'adapters/runtime/schema.ts',
        find: `  const key = typeof segment === 'object' ? segment.key : segment
  return typeof key === 'symbol' ? String(key) : key
`,
        replace: `  return typeof segment === 'number' ? segment : String(segment)
`,
      },
    ],
  },
  {
    name: 'reply-tagged-in-place',
    base: 'ws',
    expected: 'SEND-06',
    alternatives: ['SEND-03', 'SEND-04', 'SEND-01', 'PUB-08'],
    standsFor:
      'The routing key is put into the very object that the handler returned, which may be shared or frozen, in place of into its text.',
    shows:
      'A routed handler returns a cached object: afterwards the object has the property `action`, which a later channel.send, publish or unrouted return of it shows; a frozen one gives an InternalError reply.',
    answer: 'What an action returns without its own routing key is looked at afterwards too.',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: `  return \`\${text.slice(0, -1)},\${tag.pair}}\`
`,
        replace: `  setOwn(value as object, tag.key, tag.action)
  return JSON.stringify(value)
`,
      },
    ],
  },
  {
    name: 'failures-logged-with-message-data',
    base: 'ws',
    expected: 'SEND-15',
    alternatives: [],
    standsFor: 'What the failing event was called with is added to the log records of errors, for easier debugging.',
    shows:
      "A client sends a password to a handler that throws: the log's record of the masked failure holds the message's data, password included.",
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `    const details = { channel: channel.name, channelId, event: this.#kind, action: this.#handler.tag?.action }
`,
        replace: `    const event = { channel: channel.name, channelId, event: this.#kind, action: this.#handler.tag?.action }
    const details = level === 'error' ? { ...event, data: this.#data } : event
`,
      },
    ],
  },
  {
    name: 'topic-dropped-with-its-last-socket',
    base: 'ws',
    expected: 'SUB-11',
    alternatives: ['SUB-01', 'PUB-01', 'PUB-10'],
    standsFor: "The clean-up of empty topics looks at sockets alone and forgets the application's own subscribers.",
    shows:
      'A registered receiver and a channel subscribe to one topic; once the channel unsubscribes or closes, publishes to the topic no longer reach the receiver, and subscribing it again does not help.',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: 'if (entry.sockets.size === 0 && entry.receivers.size === 0) this.#topics.delete(topic)',
        replace: 'if (entry.sockets.size === 0) this.#topics.delete(topic)',
      },
    ],
  },
  {
    name: 'subscriptions-counted',
    base: 'ws',
    expected: 'SUB-03',
    alternatives: ['SUB-02'],
    standsFor: 'Subscriptions are counted by reference, so that each subscribe needs an unsubscribe of its own.',
    shows:
      'A handler subscribes its channel twice to one topic and unsubscribes once: a later publish still reaches the channel.',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: 'topics: Set<string> | undefined',
        replace: 'topics: Map<string, number> | undefined',
      },
      { file: 'adapters/runtime/local-hub.ts', find: '[...(topics ?? [])].map(', replace: '[...(topics?.keys() ?? [])].map(' },
      {
        file: 'adapters/runtime/local-hub.ts',
        find: `    if (member === undefined || member.topics?.has(topic)) return
    member.topics ??= new Set()
    member.topics.add(topic)
`,
        replace: `    if (member === undefined) return
    member.topics ??= new Map()
    const held = member.topics.get(topic) ?? 0
    member.topics.set(topic, held + 1)
    if (held > 0) return
`,
      },
      {
        file: 'adapters/runtime/local-hub.ts',
        find: `    if (member?.topics?.delete(topic)) this.#leave(topic, member)
`,
        replace: `    const held = member?.topics?.get(topic)
    if (member === undefined || held === undefined) return
    if (held > 1) member.topics?.set(topic, held - 1)
    else {
      member.topics?.delete(topic)
      this.#leave(topic, member)
    }
`,
      },
      {
        file: 'adapters/runtime/local-hub.ts',
        find: 'for (const topic of member.topics ?? []) this.#leave(topic, member)',
        replace: 'for (const topic of member.topics?.keys() ?? []) this.#leave(topic, member)',
      },
    ],
  },
  {
    name: 'rejecting-receiver-fails-the-publish',
    base: 'ws',
    expected: 'PUB-10',
    alternatives: ['SUB-11'],
    standsFor:
      'Receivers that throw at once are guarded against, but the promise of one that rejects later is handed to the publisher.',
    shows:
      "A registered receiver returns a promise that rejects: eventHub.publish to its topic rejects with the receiver's error, and a handler that awaits it answers its client with InternalError.",
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: 'pending.push(received.catch((error: unknown) => this.#failed(id, error)))',
        replace: 'pending.push(received)',
      },
    ],
  },
]
