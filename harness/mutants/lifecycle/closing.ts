import type { Edit, Mutant } from '../mutant.ts'

const inChannel = (find: string, replace: string): Edit => ({
  file: 'adapters/runtime/local-channel.ts',
  find,
  replace,
})
const inConnection = (find: string, replace: string): Edit => ({
  file: 'adapters/ws/connection.ts',
  find,
  replace,
})
const inInvocation = (find: string, replace: string): Edit => ({
  file: 'adapters/runtime/invocation.ts',
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

/** Defects in how connections end. */
export const closingMutants: readonly Mutant[] = [
  defect({
    name: 'disconnects-twice',
    expected: 'LIFE-10',
    also: {
      'LIFE-11': 'the second one waits for no handler',
      'LIFE-24': 'services are made once more for a disconnect that has had its own',
    },
    standsFor: "a clean-up that runs when the server closes a socket, and again on the socket's own close event",
    edits: [
      inChannel(
        '  close(): Promise<void> {\n',
        "  close(): Promise<void> {\n    if (this.state === 'closed' && this.#connected) void dispatchDisconnect(this)\n",
      ),
    ],
  }),
  defect({
    name: 'misses-cut-sockets',
    expected: 'LIFE-10',
    also: {
      'SUB-06': 'nobody ends the subscriptions of a connection whose end goes unnoticed',
      'SUB-12': 'what is not known to be closed is still published to',
    },
    standsFor: 'a clean-up on close frames only: a socket that is cut, or that breaks the protocol, leaves its connection behind',
    edits: [
      inConnection(
        'function onClose(this: WebSocket): void {',
        'function onClose(this: WebSocket, code: number): void {\n  if (code === 1006) return',
      ),
      inConnection('  void connectionOf(this)?.channel.close()\n', ''),
    ],
  }),
  defect({
    name: 'disconnects-at-once',
    expected: 'LIFE-11',
    standsFor: "an onDisconnect called straight from the socket's close event, whatever is still running",
    edits: [
      inChannel(
        '      this.#deadline = setTimeout(() => this.#overdue(), timerWait(this.#host.handlerDeadline))',
        '      if (this.#connected) this.#finish()',
      ),
    ],
  }),
  defect({
    name: 'client-names-the-channel',
    expected: 'LIFE-12',
    standsFor: 'opening data spread over the channel id instead of under it',
    edits: [
      {
        file: 'adapters/runtime/dispatch.ts',
        find: "  setOwn(data, 'channelId', port.channelId)",
        replace: "  if (!Object.hasOwn(data, 'channelId')) setOwn(data, 'channelId', port.channelId)",
      },
    ],
  }),
  defect({
    name: 'disconnect-error-keeps-the-record',
    expected: 'LIFE-13',
    also: {
      'SUB-06': 'the channel is still held when its onDisconnect has settled',
    },
    standsFor: 'clean-up placed after the call of onDisconnect, with no finally',
    edits: [
      inChannel(
        '    else void running.then(() => this.#over())',
        '    else void running.then((succeeded) => succeeded && this.#over())',
      ),
    ],
  }),
  defect({
    name: 'disconnect-error-escapes',
    expected: 'LIFE-13',
    standsFor: 'a promise of onDisconnect that nobody handles: one bug in it ends the process',
    edits: [
      inInvocation(
        '      this.#log(error)\n',
        "      this.#log(error)\n      if (this.#kind === 'disconnect') void Promise.reject(error)\n",
      ),
    ],
  }),
  defect({
    name: 'close-waits-for-its-handler',
    expected: 'LIFE-14',
    standsFor: 'a close() that waits for the end of the connection, and so for the handler that awaits it',
    edits: [
      inChannel(
        '  hangUp(): void {\n    this.#end(1000)',
        '  hangUp(): Promise<void> {\n    this.#end(1000)\n    return this.close()',
      ),
    ],
  }),
  defect({
    name: 'close-throws-the-second-time',
    expected: 'LIFE-14',
    standsFor: 'a transport whose close throws on a closed socket, passed on to the application',
    edits: [
      inChannel('    this.#end(1000)', "    if (this.state === 'closed') throw new Error('already closed')\n    this.#end(1000)"),
    ],
  }),
  defect({
    name: 'close-drops-output',
    expected: 'LIFE-14',
    also: {
      'LIFE-18': 'a stop closes by the same means',
      'LIFE-09': 'so does a refused onConnect',
    },
    standsFor: 'a socket that is destroyed where it should be closed',
    edits: [inConnection('    this.#socket.close(code)', '    this.#socket.terminate()')],
  }),
  defect({
    name: 'close-without-code',
    expected: 'LIFE-14',
    also: {
      'LIFE-18': 'a stop closes by the same means',
      'LIFE-09': 'so does a refused onConnect',
    },
    standsFor: 'close() called with no code: the client sees 1005',
    edits: [inConnection('    this.#socket.close(code)', '    this.#socket.close()')],
  }),
  defect({
    name: 'close-takes-effect-later',
    expected: 'LIFE-14',
    also: {
      'LIFE-05': 'state is not closed once close() was called',
      'SEND-09': 'a send after the call is still accepted',
      'SUB-12': 'a publish after the call still reaches the channel',
    },
    standsFor: 'a close() that only schedules the close',
    edits: [inChannel('    this.#end(1000)', '    queueMicrotask(() => this.#end(1000))')],
  }),
  defect({
    name: 'close-in-connect-skips-disconnect',
    expected: 'LIFE-14',
    also: {
      'LIFE-19': 'a client that goes meanwhile closes the channel just so',
    },
    standsFor: 'a connection that counts as connected only if it is still open when onConnect has settled',
    edits: [inChannel('    this.#connected = succeeded\n', "    this.#connected = succeeded && this.state !== 'closed'\n")],
  }),
  defect({
    name: 'close-leaves-the-queue',
    expected: 'LIFE-14',
    also: {
      'LIFE-05': 'a handler starts although the channel is closed',
      'LIFE-19': 'what was held for a client that has gone is handled too',
      'LIFE-09': 'and so is what was held for an onConnect that failed',
    },
    standsFor: 'a queue that is emptied by handling what is in it, also after the close',
    edits: [
      inChannel('    this.#queue = undefined\n    this.#host.hub', '    this.#host.hub'),
      inChannel(
        "      if (this.state === 'closed') {\n        this.#finish()",
        "      if (this.state === 'closed' && this.backlog === 0) {\n        this.#finish()",
      ),
    ],
  }),
  defect({
    name: 'gone-client-is-handled',
    expected: 'LIFE-19',
    also: {
      'LIFE-14': 'a close() in onConnect leaves the same queue',
      'LIFE-05': 'a handler starts although the channel is closed',
      'LIFE-09': 'what was held for an onConnect that failed is handled too',
    },
    standsFor: 'messages held for onConnect that are handled once it has settled, whether or not anybody is left',
    edits: [
      inChannel(
        '    this.#queue = undefined\n    this.#host.hub',
        '    if (this.#connected) this.#queue = undefined\n    this.#host.hub',
      ),
      inChannel(
        "      if (this.state === 'closed') {\n        this.#finish()",
        "      if (this.state === 'closed' && this.backlog === 0) {\n        this.#finish()",
      ),
    ],
  }),
  defect({
    name: 'handler-deadline-never-set',
    expected: 'LIFE-11',
    standsFor: 'an option for the handler deadline that is read, documented and never turned into a timer',
    edits: [inChannel('      this.#deadline = setTimeout(() => this.#overdue(), timerWait(this.#host.handlerDeadline))\n', '')],
  }),
  defect({
    name: 'handler-outlived-is-refused',
    expected: 'LIFE-21',
    also: { 'LIFE-14': 'a close() by a timer is refused, also where its client has closed before it' },
    standsFor: 'a channel object that is invalidated when its handler returns, and a hub bound to it',
    edits: [
      inInvocation('    this.#accounting = false\n', '    this.#accounting = false\n    Object.assign(this, { over: true })\n'),
      {
        file: 'adapters/runtime/handles.ts',
        find: "      if (this.#port.state === 'closed') throw new ChannelClosedError()",
        replace: "      if (this.#port.state === 'closed' || 'over' in this.#account) throw new ChannelClosedError()",
      },
      {
        file: 'adapters/runtime/handles.ts',
        find: '      const closed = this.#port.hangUp()',
        replace: "      const closed = this.#port.hangUp()\n      if ('over' in this.#account) throw new ChannelClosedError()",
      },
      {
        file: 'adapters/runtime/hub-facade.ts',
        find: "      return this.#settle('publish'",
        replace: "      if ('over' in this.#account) throw new Error('the handler is over')\n      return this.#settle('publish'",
      },
    ],
  }),
]
