import type { Mutant } from '../mutant.ts'

/** Defects of states, onConnect and per-event services. */
export const connectingMutants: readonly Mutant[] = [
  {
    name: 'never-closed-by-state',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-05',
    also: { 'LIFE-14': 'the state is closed when close() returns' },
    standsFor: 'a state that is set when the socket opens and never again',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: 'return this.#port.state\n',
        replace: "return this.#port.state === 'closed' ? 'open' : this.#port.state\n",
      },
    ],
  },
  {
    name: 'connects-twice',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-06',
    also: { 'LIFE-24': 'services are made for both', 'AUTH-13': 'so does the middleware around it run twice' },
    standsFor: 'onConnect called for the upgrade and for the open socket',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'const connecting = dispatchConnect(this)',
        replace: 'void dispatchConnect(this)\n    const connecting = dispatchConnect(this)',
      },
    ],
  },
  {
    name: 'connects-behind-a-lookup',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-06',
    also: { 'LIFE-07': 'what comes meanwhile does not wait for onConnect' },
    standsFor: 'onConnect called once something has been looked up, with messages handled from the start',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: '    this.#busy = true\n    const connecting = dispatchConnect(this)\n',
        replace:
          '    this.#connected = true\n    const connecting = new Promise((found) => setTimeout(found, 50)).then(() => {\n      this.#connected = false\n      this.#busy = true\n      return dispatchConnect(this) ?? true\n    })\n',
      },
    ],
  },
  {
    name: 'messages-lost-while-connecting',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-07',
    also: { 'ROUTE-01': 'what is lost reaches no handler' },
    standsFor: 'a variable for the message that came while onConnect was pending',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'if (this.#busy || !this.#connected) this.#hold(incoming)',
        replace: 'if (!this.#connected) this.#queue = [incoming]\n    else if (this.#busy) this.#hold(incoming)',
      },
    ],
  },
  {
    name: 'held-messages-reversed',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-07',
    also: { 'LIFE-15': 'the order of messages is the order of messages, held or not' },
    standsFor: 'held messages taken from a stack',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'this.#connected = succeeded\n',
        replace: 'this.#connected = succeeded\n    this.#queue?.reverse()\n',
      },
    ],
  },
  {
    name: 'connect-value-dropped',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-08',
    also: {},
    standsFor: 'an adapter that awaits onConnect and forgets what it gave',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: "this.#kind === 'disconnect' ? undefined",
        replace: "this.#kind !== 'message' ? undefined",
      },
    ],
  },
  {
    name: 'connect-value-late',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-08',
    also: {},
    standsFor: 'onConnect’s value sent when the loop comes round',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'if (reply !== undefined) this.#transmit(reply)',
        replace:
          "if (reply !== undefined && this.#kind === 'connect') {\n      const late = reply\n      setImmediate(() => setImmediate(() => setImmediate(() => this.#transmit(late))))\n    } else if (reply !== undefined) this.#transmit(reply)",
      },
    ],
  },
  {
    name: 'failed-connect-closes-normally',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-09',
    also: {},
    standsFor: 'one close for every reason',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'else this.#end(1011)',
        replace: 'else this.#end(1000)',
      },
    ],
  },
  {
    name: 'failed-connect-stays-open',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-09',
    also: {},
    standsFor: 'an onConnect whose failure is logged and nothing more',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'this.#connected = succeeded\n    if (!succeeded) {',
        replace: 'this.#connected = true\n    if (succeeded === undefined) {',
      },
    ],
  },
  {
    name: 'failed-connect-is-answered',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-09',
    also: {},
    standsFor: 'one error handler for every kind of event',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: "this.#kind === 'message' ? this.#errorReply(error)",
        replace: "this.#kind !== 'disconnect' ? this.#errorReply(error)",
      },
    ],
  },
  {
    name: 'failed-connect-disconnects',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-09',
    also: {},
    standsFor: 'onDisconnect run for every socket that closes',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'this.#connected = succeeded\n',
        replace: 'this.#connected = true\n',
      },
    ],
  },
  {
    name: 'failed-connect-stays-subscribed',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-09',
    also: {},
    standsFor: 'a refusal that takes another way out than closing',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'this.#host.hub.onChannelClosed(this.channelId)',
        replace: 'if (code !== 1011) this.#host.hub.onChannelClosed(this.channelId)',
      },
    ],
  },
  {
    name: 'services-left-after-a-throw',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-24',
    also: {},
    standsFor: 'a disposal that is not in a `finally`',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'if (made !== undefined && isDisposable(made)) {',
        replace: 'if (succeeded && made !== undefined && isDisposable(made)) {',
      },
    ],
  },
  {
    name: 'services-never-disposed',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-24',
    also: {},
    standsFor: 'per-event services left to the garbage collector',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'if (made !== undefined && isDisposable(made)) {',
        replace: 'if (made === null) {',
      },
    ],
  },
  {
    name: 'services-closed-first',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-24',
    also: {},
    standsFor: 'the ways of disposal looked for in the wrong order',
    edits: [
      {
        file: 'adapters/runtime/dispose.ts',
        find: "[Symbol.asyncDispose, Symbol.dispose, 'dispose', 'close']",
        replace: "['close', 'dispose', Symbol.asyncDispose]",
      },
    ],
  },
  {
    name: 'services-made-twice',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-24',
    also: {},
    standsFor: 'services made once for authorisation and again for the handler',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'return createSessionServices?.(singletons,',
        replace:
          'createSessionServices?.(singletons, { kind: this.#kind, channelId: this.#port.channelId, session })\n    return createSessionServices?.(singletons,',
      },
    ],
  },
  {
    name: 'disposal-failure-unlogged',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-24',
    also: {},
    standsFor: 'a disposal wrapped in an empty catch',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: "(error) => this.#warn('disposing of services failed', error)",
        replace: '() => {}',
      },
    ],
  },
]
