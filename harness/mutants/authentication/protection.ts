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
    also: {
      'AUTH-04': 'a function that says true runs on a public channel for whoever has no session',
      'AUTH-09': 'and its data is validated for whoever has none',
    },
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
    name: 'on-message-without-its-own',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-02',
    also: {},
    standsFor: 'an onMessage that goes by its channel, whatever its function says',
    edits: [
      {
        file: compile,
        find: 'const requiresSession = auth ?? func.auth ?? channelAuth',
        replace: 'const requiresSession = auth ?? (tag === undefined ? undefined : func.auth) ?? channelAuth',
      },
    ],
  },
  {
    name: 'silent-channel-keeps-plain-functions',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-02',
    also: {},
    standsFor: 'a function of other transports that an entry opens only where its channel says something as well',
    edits: [
      { file: compile, find: 'auth ?? true, tag)', replace: 'auth as boolean, tag)' },
      {
        file: compile,
        find: 'const requiresSession = auth ?? func.auth ?? channelAuth',
        replace:
          "const said = func.kind === 'function' && channelAuth === undefined ? auth || undefined : auth\n  const requiresSession = said ?? func.auth ?? channelAuth ?? true",
      },
    ],
  },
  {
    name: 'channel-over-its-first-key',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-02',
    also: {},
    standsFor: 'a second routing key added later, without what the channel says',
    edits: [
      { file: compile, find: '.map(([key, actions]) => {', replace: '.map(([key, actions], index) => {' },
      {
        file: compile,
        find: '[action, message(entry, `${key} "${action}"`, routeTag(key, action))] as const',
        replace:
          '[action, compileEntry(entry, `${where}: ${key} "${action}"`, index > 0 || (auth ?? true), routeTag(key, action))] as const',
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
    edits: [
      {
        file: compile,
        find: 'if (auth === false && func.auth === true)',
        replace: 'if (auth === false && func.auth === true && where === "")',
      },
    ],
  },
  {
    name: 'connecting-needs-session',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-03',
    also: {},
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
    name: 'disconnecting-needs-session',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-03',
    also: {},
    standsFor: 'a channel that is protected as a whole, its farewell included',
    edits: [
      {
        file: compile,
        find: "onDisconnect: wiring.onDisconnect && compileLifecycle(wiring.onDisconnect, 'disconnection', `${where}: onDisconnect`),",
        replace:
          "onDisconnect: wiring.onDisconnect && { ...compileLifecycle(wiring.onDisconnect, 'disconnection', `${where}: onDisconnect`), requiresSession: auth === true },",
      },
    ],
  },
  {
    name: 'unauthorised-ends-connection',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-04',
    also: { 'LIFE-17': 'a handler that throws right behind a refusal is followed by the end of its connection' },
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
        find: '      return encodeError(error, this.#held)',
        replace:
          "      return encodeError(error, error instanceof UnauthorizedError && error.message === 'Authentication required' ? undefined : this.#held)",
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
    name: 'guard-asks-for-null',
    area: 'authentication',
    base: 'ws',
    expected: 'AUTH-04',
    also: {
      'AUTH-01': 'handlers of which nothing is said run, too',
      'AUTH-02': 'so do those that an entry or a function protects',
      'AUTH-09': 'and what is wrong with their data is told to everybody',
    },
    standsFor: 'a guard that looks for another kind of nothing than the one it gets',
    edits: [{ file: invocation, find: refuse, replace: refuse.replace('=== undefined', '=== null') }],
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
        replace: `    if (handler.input !== undefined && handler.requiresSession) void validate(handler.input, this.#data)\n${refuse}`,
      },
    ],
  },
]
