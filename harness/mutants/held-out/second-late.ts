/** Held-out defects of the second set: written from the contract and the sources of memory-serverless alone. See `held-out.ts`. */
import type { HeldOut } from './held-out.ts'

export const secondLate: readonly HeldOut[] = [
  {
    name: 'pages-counted-by-offset',
    base: 'memory-serverless',
    expected: 'STORE-08',
    alternatives: ['PUB-01', 'STATELESS-11', 'PUB-05', 'PUB-12'],
    standsFor:
      'Pages of subscribers are taken by offset instead of from the last key, so that whoever comes or goes between two pages shifts the rest.',
    shows:
      'A topic has more subscribers than one page holds. While a publish (or listing) is between two pages one of the first page unsubscribes: a subscriber that was there throughout is skipped; where one with a smaller id joins, another is listed twice.',
    edits: [
      {
        file: 'adapters/memory-serverless/event-hub-store.ts',
        find: `    let after: string | undefined
    do {
      const page: Subscriber[] = await this.#request('query', 'subscribers', topic, size, () => this.#page(topic, after, size))
      if (page.length > 0) yield page
      after = page.length < size ? undefined : page.at(-1)?.channelId
    } while (after !== undefined)
`,
        replace: `    let offset = 0
    let more = true
    while (more) {
      const page: Subscriber[] = await this.#request('query', 'subscribers', topic, size, () => this.#page(topic, offset, size))
      if (page.length > 0) yield page
      offset += page.length
      more = page.length === size
    }
`,
      },
      {
        file: 'adapters/memory-serverless/event-hub-store.ts',
        find: '#page(topic: string, after: string | undefined, size: number): Subscriber[] {',
        replace: '#page(topic: string, offset: number, size: number): Subscriber[] {',
      },
      {
        file: 'adapters/memory-serverless/event-hub-store.ts',
        find: `    return subscribers
      .filter(({ channelId }) => after === undefined || channelId > after)
      .sort((a, b) => (a.channelId < b.channelId ? -1 : 1))
      .slice(0, size)
`,
        replace: `    return subscribers.sort((a, b) => (a.channelId < b.channelId ? -1 : 1)).slice(offset, offset + size)
`,
      },
    ],
  },
  {
    name: 'first-routing-key-ends-the-search',
    base: 'memory-serverless',
    expected: 'ROUTE-06',
    alternatives: ['ROUTE-01', 'ROUTE-03'],
    standsFor:
      'Routing stops at the first declared key that the message holds, even where its value names no action, instead of trying the next key.',
    shows:
      'A channel declares two routing keys, type (with "join") and action (with "save"). The message {"type":"note","action":"save"} goes to onMessage, or is answered with UnknownRouteError, instead of to the handler of action "save".',
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: 'const handler = action === undefined ? undefined : actions.get(action)',
        replace: `const handler = action === undefined ? undefined : actions.get(action)
    if (action !== undefined && handler === undefined) break`,
      },
    ],
  },
  {
    name: 'routed-data-assigned-field-by-field',
    base: 'memory-serverless',
    expected: 'ROUTE-05',
    alternatives: ['ROUTE-02'],
    standsFor:
      'The message less its routing key is made with Object.assign, which runs the __proto__ setter instead of defining the property.',
    shows: `The client sends {"action":"save","__proto__":{"admin":true}} to an action without an input schema: the handler's data has lost its own __proto__ field, its prototype is the client's object, and data.admin is true.`,
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: `  const { [key]: _routed, ...rest } = fields ?? {}
  return rest
`,
        replace: `  const rest: Record<string, unknown> = Object.assign({}, fields)
  delete rest[key]
  return rest
`,
      },
    ],
  },
  {
    name: 'public-channel-overrides-protected-function',
    base: 'memory-serverless',
    expected: 'AUTH-02',
    alternatives: ['AUTH-04'],
    standsFor: `The channel's auth: false is taken for a switch that turns authorisation off, and wins over what an entry or a function says for itself.`,
    shows:
      'A channel with auth: false wires a function with auth: true (or an entry { func, auth: true }). A client without a session sends that action: the handler runs, without a session, where one UnauthorizedError was due.',
    edits: [
      {
        file: 'adapters/runtime/compile.ts',
        find: 'const requiresSession = auth ?? func.auth ?? channelAuth',
        replace: 'const requiresSession = channelAuth && (auth ?? func.auth ?? true)',
      },
    ],
  },
  {
    name: 'query-field-poses-as-channel-id',
    base: 'memory-serverless',
    expected: 'LIFE-12',
    alternatives: ['LIFE-03'],
    standsFor: `The channel's id is added to onDisconnect's data only where the opening data has no field of that name.`,
    shows: `A client connects with ?channelId=somebody and leaves: onDisconnect's data.channelId is "somebody" instead of the id of the channel.`,
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: `setOwn(data, 'channelId', port.channelId)`,
        replace: `if (!Object.hasOwn(data, 'channelId')) setOwn(data, 'channelId', port.channelId)`,
      },
    ],
  },
  {
    name: 'failed-handler-does-not-wait-for-its-sends',
    base: 'memory-serverless',
    expected: 'SEND-08',
    alternatives: ['STATELESS-13', 'SEND-10', 'LIFE-24'],
    standsFor: 'What a handler has set going and not awaited is waited for only where the handler succeeded.',
    shows: `A message handler publishes or sends without awaiting and then throws, with a gateway that takes its time: the invocation returns, and the event's services are disposed of, while these posts and the error reply are still under way.`,
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'if (this.#pending > 0) await new Promise',
        replace: 'if (succeeded && this.#pending > 0) await new Promise',
      },
    ],
  },
  {
    name: 'first-failing-disposal-stops-the-rest',
    base: 'memory-serverless',
    expected: 'LIFE-24',
    alternatives: [],
    standsFor: 'One try around the whole loop of disposals instead of one around each.',
    shows:
      'createSessionServices makes two services with close(); the close() of the one made last throws. It is logged, but the other service is never closed.',
    answer: 'The probe makes two services for an event, of which one may fail to be disposed of; LIFE-24 looks at both.',
    edits: [
      {
        file: 'adapters/runtime/dispose.ts',
        find: `  for (const target of targets(made, singletons, failed)) {
    try {
      const ended = disposer(target)?.call(target)
      if (isPromise(ended)) await ended
    } catch (error) {
      failed(error)
    }
  }
`,
        replace: `  try {
    for (const target of targets(made, singletons, failed)) {
      const ended = disposer(target)?.call(target)
      if (isPromise(ended)) await ended
    }
  } catch (error) {
    failed(error)
  }
`,
      },
    ],
  },
  {
    name: 'session-read-before-middleware',
    base: 'memory-serverless',
    expected: 'AUTH-13',
    alternatives: ['AUTH-07'],
    standsFor:
      'On channels with middleware the session that authorisation goes by, and that the handler is given, is read before the middleware runs.',
    shows:
      'A middleware takes a token from the message, awaits userSession.set(...) and calls next(). The first protected message of the connection is answered with UnauthorizedError (a later one is given the previous session), although the session was set before next().',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: `    return runMiddleware(middleware, services, event, () => this.#authorise(services))
`,
        replace: `    const session = this.#session.read()
    return runMiddleware(middleware, services, event, async () => this.#check(services, await session))
`,
      },
    ],
  },
  {
    name: 'dates-pass-for-json-values',
    base: 'memory-serverless',
    expected: 'LIFE-22',
    alternatives: [],
    standsFor: `The check for values that JSON would change names the collections it knows of instead of refusing every instance of a class, so Dates and the application's own classes slip through.`,
    shows: `userSession.set({ user: "a", since: new Date() }) resolves instead of rejecting with a TypeError, and the next handler's session has {} for since; likewise a connect is accepted whose openingData schema makes a Date.`,
    edits: [
      {
        file: 'adapters/runtime/json.ts',
        find: 'if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {',
        replace: 'if (prototype !== null && (value instanceof Map || value instanceof Set)) {',
      },
    ],
  },
  {
    name: 'reply-shape-decided-before-tojson',
    base: 'memory-serverless',
    expected: 'SEND-03',
    alternatives: ['SEND-01', 'SEND-05'],
    standsFor:
      'Whether a routed reply is merged with its routing key or put under "result" is decided by the type of the returned value, not by what its JSON form is.',
    shows:
      'An action returns a Date (or any object whose toJSON gives a string, number or list): the client gets a masked InternalError reply, or one without the value, instead of {"action":"now","result":"2024-01-01T00:00:00.000Z"}.',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: `if (!text.startsWith('{')) return`,
        replace: `if (typeof value !== 'object' || value === null || Array.isArray(value)) return`,
      },
    ],
  },
]
