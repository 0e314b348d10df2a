import type { Edit, Mutant } from '../mutant.ts'

const inInvocation = (find: string, replace: string): Edit => ({
  file: 'adapters/runtime/invocation.ts',
  find,
  replace,
})
const inConnections = (find: string, replace: string): Edit => ({
  file: 'adapters/runtime/connections.ts',
  find,
  replace,
})
const inServer = (find: string, replace: string): Edit => ({
  file: 'adapters/ws/server.ts',
  find,
  replace,
})

type Defect = Pick<Mutant, 'name' | 'expected' | 'standsFor' | 'edits'> & {
  also?: Mutant['also']
}
const defect = ({ also = {}, ...of }: Defect): Mutant => ({
  ...of,
  area: 'lifecycle',
  base: 'ws',
  also,
})

/** Defects in what connections do to each other, and in how the server ends them all. */
export const togetherMutants: readonly Mutant[] = [
  defect({
    name: 'one-queue-for-all',
    expected: 'LIFE-16',
    also: { 'LIFE-18': 'an onDisconnect waits behind the handler that outlasts the stop' },
    standsFor: 'one queue of events for the whole server: a slow handler holds everybody up',
    edits: [
      inInvocation(
        '/** One event of one connection',
        'let everybody: Promise<unknown> = Promise.resolve()\n\n/** One event of one connection',
      ),
      inInvocation(
        '  async run(): Promise<boolean> {',
        '  run(): Promise<boolean> {\n    const mine = everybody.then(() => this.alone())\n    everybody = mine\n    return mine\n  }\n\n  async alone(): Promise<boolean> {',
      ),
    ],
  }),
  defect({
    name: 'strings-thrown-close',
    expected: 'LIFE-17',
    also: {
      'SEND-10': 'the error reply finds the channel closed',
      'VALID-06': 'a string that a schema throws closes it too',
    },
    standsFor: 'errors told by instanceof: what is thrown otherwise is fatal to the connection',
    edits: [
      inInvocation(
        '      this.#log(error)\n',
        "      this.#log(error)\n      if (this.#kind === 'message' && typeof error === 'string') this.#port.hangUp()\n",
      ),
    ],
  }),
  defect({
    name: 'unexpected-errors-close',
    expected: 'LIFE-17',
    also: {
      'SEND-10': 'the error reply finds the channel closed',
      'VALID-06': 'an error that a schema throws closes it too',
    },
    standsFor: 'an error that nobody foresaw taken for the end of the connection, as an emitter takes it',
    edits: [
      inInvocation(
        '      this.#log(error)\n',
        "      this.#log(error)\n      if (this.#kind === 'message' && error instanceof Error && error.constructor === Error) this.#port.hangUp()\n",
      ),
    ],
  }),
  defect({
    name: 'handler-error-escapes',
    expected: 'LIFE-17',
    standsFor: 'a rejection that is logged and rethrown where nobody listens',
    edits: [
      inInvocation(
        '      this.#log(error)\n',
        "      this.#log(error)\n      if (this.#kind === 'message' && error instanceof Error && !(error instanceof PublicError)) void Promise.reject(error)\n",
      ),
    ],
  }),
  defect({
    name: 'stop-cuts-handlers',
    expected: 'LIFE-18',
    standsFor: 'a stop that closes every connection at once, whatever is running',
    edits: [inConnections('channel.drain()', 'channel.abandon()')],
  }),
  defect({
    name: 'stop-waits-for-ever',
    expected: 'LIFE-18',
    standsFor: 'a stop with no deadline: one stuck handler keeps the process alive',
    edits: [inConnections('if (await this.#empty(deadline)) return', 'if (await this.#empty(1_000_000)) return')],
  }),
  defect({
    name: 'stop-closes-with-1000',
    expected: 'LIFE-18',
    standsFor: 'a stop that looks to clients like an ordinary close, after which they do not come back',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: '    if (!this.#busy) this.#end(1001)',
        replace: '    if (!this.#busy) this.#end(1000)',
      },
    ],
  }),
  defect({
    name: 'stop-takes-new-connections',
    expected: 'LIFE-18',
    standsFor: 'a server that goes on listening while it waits for its connections to end',
    edits: [
      inServer(
        'const closed = own ? new Promise((resolve) => server.close(resolve)) : undefined',
        'const closing = () => (own ? new Promise((resolve) => server.close(resolve)) : undefined)',
      ),
      inServer('      await closed\n', '      await closing()\n'),
      inServer(
        "      if (stopping !== undefined) {\n        refuse(503, 'Stopping')\n        return\n      }\n      sockets",
        '      sockets',
      ),
      inServer("if (stopping !== undefined && application.match(path) !== 'unmatched') {", 'if (false) {'),
    ],
  }),
  defect({
    name: 'stop-leaves-before-disconnects',
    expected: 'LIFE-18',
    standsFor: 'a stop that resolves when the sockets are closed and forgets what the application still has to do',
    edits: [inConnections('    if (await this.#empty(deadline)) return\n    for', '    return\n    for')],
  }),
  defect({
    name: 'stop-leaves-its-sockets',
    expected: 'LIFE-18',
    standsFor: 'a stop that neither listens nor reads any more, and leaves its sockets to the end of the process',
    edits: [
      inConnections(
        '    for (const channel of this.#sockets.keys()) channel.drain()\n',
        '    for (const socket of this.#sockets.values()) (socket as unknown as { pause(): void }).pause()\n    if (deadline >= 0) return\n',
      ),
      {
        file: 'adapters/ws/connection.ts',
        find: '  /** Cuts the client off. */\n',
        replace: '  pause(): void {\n    this.#socket.pause()\n  }\n\n  /** Cuts the client off. */\n',
      },
      inServer('      await closed\n', '      void closed\n'),
    ],
  }),
  defect({
    name: 'stop-forgets-disconnects',
    expected: 'LIFE-10',
    standsFor: 'a stop that closes the sockets and exits without onDisconnect',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'const running = this.#connected ? dispatchDisconnect(this) : undefined',
        replace: 'const running = this.#connected && !this.#draining ? dispatchDisconnect(this) : undefined',
      },
    ],
  }),
]
