import type { Mutant } from '../mutant.ts'

const compile = 'adapters/runtime/compile.ts'
const invocation = 'adapters/runtime/invocation.ts'
const refuse = '    if (handler.requiresSession && session === undefined) throw new UnauthorizedError()'

/** Defects in who may have a handler run, and in what everybody else is told. */
export const protectionMutants: readonly Mutant[] = [
  {
    name: 'public-by-default',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-01',
    also: {},
    standsFor: 'an option whose absence is taken for false',
    edits: [{ file: compile, find: 'auth ?? true', replace: 'auth ?? false' }],
  },
  {
    name: 'function-before-entry',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-02',
    also: {},
    standsFor: 'settings merged in the wrong order',
    edits: [
      {
        file: compile,
        find: 'const requiresSession = auth ?? func.auth ?? channelAuth',
        replace: 'const requiresSession = func.auth ?? auth ?? channelAuth',
      },
    ],
  },
  {
    name: 'channel-before-function',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-02',
    also: { 'AUTH-04': 'a function that says true is open on a public channel, for nobody with a session as well' },
    standsFor: 'a public channel that opens everything in it',
    edits: [
      {
        file: compile,
        find: 'const requiresSession = auth ?? func.auth ?? channelAuth',
        replace: 'const requiresSession = auth ?? (channelAuth && (func.auth ?? true))',
      },
    ],
  },
  {
    name: 'lowered-in-silence',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-02',
    also: {},
    standsFor: 'a wiring that opens what its author protected',
    edits: [{ file: compile, find: 'if (auth === false && func.auth === true)', replace: 'if (auth === false && func.auth === true && where === "")' }],
  },
  {
    name: 'connecting-needs-session',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-03',
    also: { 'LIFE-06': 'the connection is accepted before its onConnect is refused' },
    standsFor: 'a channel that is protected as a whole, its handshake included',
    edits: [
      {
        file: compile,
        find: "onConnect: wiring.onConnect && compileLifecycle(wiring.onConnect, 'connection', `${where}: onConnect`),",
        replace:
          "onConnect: wiring.onConnect && { ...compileLifecycle(wiring.onConnect, 'connection', `${where}: onConnect`), requiresSession: auth === true },",
      },
    ],
  },
  {
    name: 'unauthorised-ends-connection',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-04',
    also: {},
    standsFor: 'a server that hangs up on whoever is not logged in',
    edits: [
      {
        file: invocation,
        find: refuse,
        replace:
          '    if (handler.requiresSession && session === undefined) {\n      setImmediate(() => this.#port.hangUp())\n      throw new UnauthorizedError()\n    }',
      },
    ],
  },
  {
    name: 'unauthorised-without-route',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-04',
    also: {},
    standsFor: 'a refusal written before the message was routed',
    edits: [
      {
        file: invocation,
        find: refuse,
        replace:
          "    if (handler.requiresSession && session === undefined) {\n      this.#transmit('{\"error\":\"Authentication required\",\"errorName\":\"UnauthorizedError\"}')\n      return new Promise((): void => {})\n    }",
      },
    ],
  },
  {
    name: 'unauthorised-twice',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-04',
    also: {},
    standsFor: 'a guard that answers and an error handler that answers again',
    edits: [
      {
        file: invocation,
        find: refuse,
        replace:
          '    if (handler.requiresSession && session === undefined) {\n      this.#transmit(this.#errorReply(new UnauthorizedError()))\n      throw new UnauthorizedError()\n    }',
      },
    ],
  },
  {
    name: 'refused-after-running',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-04',
    also: {
      'AUTH-01': 'handlers of which nothing is said run, too',
      'AUTH-02': 'so do those that an entry or a function protects',
    },
    standsFor: 'a guard that does not stop what it guards',
    edits: [
      {
        file: invocation,
        find: refuse,
        replace:
          '    if (handler.requiresSession && session === undefined) {\n      handler.func(services, this.#data, session)\n      throw new UnauthorizedError()\n    }',
      },
    ],
  },
  {
    name: 'validated-before-authorised',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-09',
    also: {},
    standsFor: 'validation in the transport, authorisation in the handler',
    edits: [
      {
        file: invocation,
        find: refuse,
        replace: `    if (handler.input !== undefined && handler.requiresSession) validateNow(handler.input, this.#data)\n${refuse}`,
      },
    ],
  },
]
