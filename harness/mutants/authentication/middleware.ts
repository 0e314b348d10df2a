import type { Mutant } from '../mutant.ts'

const invocation = 'adapters/runtime/invocation.ts'
const middleware = 'adapters/runtime/middleware.ts'
const around = '    return runMiddleware(middleware, services, event, () => this.#authorise(services))'

/** Defects in what runs around handlers. */
export const middlewareMutants: readonly Mutant[] = [
  {
    name: 'middleware-inside-out',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-13',
    also: { 'SEND-02': 'the result of the other middleware is sent where that of the outer one is undefined' },
    standsFor: 'a chain folded from the wrong end',
    edits: [{ file: middleware, find: 'chain[index]', replace: 'chain[chain.length - 1 - index]' }],
  },
  {
    name: 'middleware-behind-authorisation',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-13',
    also: {},
    standsFor: 'middleware wrapped around the handler alone, too late to authenticate or to see what is refused',
    edits: [
      {
        file: invocation,
        find: '    if (middleware.length === 0) return this.#authorise(services)',
        replace:
          '    if (middleware.length === 0) return this.#authorise(services)\n    if (this.#handler.requiresSession && this.#session.read() === undefined) throw new UnauthorizedError()\n    if (this.#handler.input !== undefined) void validate(this.#handler.input, this.#data)',
      },
    ],
  },
  {
    name: 'middleware-for-messages-only',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-13',
    also: {},
    standsFor: 'connecting and disconnecting wired past the middleware',
    edits: [
      {
        file: invocation,
        find: 'if (middleware.length === 0) return',
        replace: "if (middleware.length === 0 || this.#kind !== 'message') return",
      },
    ],
  },
  {
    name: 'middleware-result-ignored',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-13',
    also: { 'SEND-02': 'the handler’s result is sent where middleware returned undefined' },
    standsFor: 'middleware run for its effects, its result thrown away',
    edits: [
      {
        file: invocation,
        find: around,
        replace:
          '    let result: unknown\n    const chain = runMiddleware(middleware, services, event, async () => (result = await this.#authorise(services)))\n    return chain.then(() => result)',
      },
    ],
  },
  {
    name: 'next-gives-nothing',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-13',
    also: {},
    standsFor: 'a next that resolves when the handler is done, and to nothing',
    edits: [
      {
        file: invocation,
        find: around,
        replace:
          '    let result: unknown\n    const inner = async () => void (result = await this.#authorise(services))\n    return runMiddleware(middleware, services, event, inner).then((own) => own ?? result)',
      },
    ],
  },
  {
    name: 'strings-thrown-made-errors',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-13',
    also: {},
    standsFor: 'middleware spared of thrown strings: an Error is made of whatever is none',
    edits: [
      {
        file: middleware,
        find: '    if (middleware === undefined) return inner()\n',
        replace:
          '    try {\n      if (middleware === undefined) return await inner()\n    } catch (error) {\n      throw error instanceof Error ? error : new Error(String(error))\n    }\n',
      },
    ],
  },
  {
    name: 'middleware-as-hooks',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-13',
    also: {},
    standsFor: 'hooks before a message is routed: told of no action, and the handler runs whatever they do',
    edits: [
      {
        file: invocation,
        find: 'action: this.#handler.tag?.action }\n    return run',
        replace: 'action: undefined }\n    return run',
      },
      {
        file: middleware,
        find: '    return await run(0)\n',
        replace: '    const result = await run(0)\n    return started.length < chain.length ? await inner() : result\n',
      },
    ],
  },
  {
    name: 'next-as-often-as-called',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-14',
    also: {
      'LIFE-10': 'onDisconnect runs twice where middleware calls next twice',
      'LIFE-24': 'the services of one event are given to two handler runs',
    },
    standsFor: 'a next that is the rest of the chain, whoever calls it',
    edits: [{ file: middleware, find: 'if (called) return', replace: 'if (called && index < 0) return' }],
  },
]
