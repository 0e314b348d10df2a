import type { Mutant } from '../mutant.ts'

/** Defects in the order of handlers. */
export const orderingMutants: readonly Mutant[] = [
  {
    name: 'messages-before-connect',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-07',
    also: {
      'LIFE-08': 'replies overtake what onConnect returns',
      'LIFE-09': 'handlers run before onConnect throws',
      'LIFE-19': 'so they do for a client that goes before onConnect has settled',
    },
    standsFor: 'messages handled as they come, onConnect pending or not',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: '  #draining = false\n',
        replace: '  #draining = false\n  #connecting = false\n',
      },
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'else void connecting.then((succeeded) => this.#connectSettled(succeeded))',
        replace:
          'else {\n      this.#connecting = true\n      this.#connected = true\n      this.#busy = false\n      void connecting.then((succeeded) => {\n        this.#connecting = false\n        if (!succeeded) this.#connectSettled(false)\n        else if ((this.state as ChannelState) === "closed" && !this.#busy) this.#finish()\n      })\n    }',
      },
      {
        file: 'adapters/runtime/local-channel.ts',
        find: '    if (this.#busy) {\n      if (this.#connected)',
        replace: '    if (this.#busy || this.#connecting) {\n      if (this.#connected)',
      },
      {
        file: 'adapters/runtime/local-channel.ts',
        find: "      if (this.state === 'closed') {\n        this.#finish()",
        replace: "      if (this.state === 'closed') {\n        if (!this.#connecting) this.#finish()",
      },
    ],
  },
  {
    name: 'queue-overflows',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-15',
    also: {
      'SEND-08': 'what shows that a handler has settled is that the next one starts only then',
      'LIFE-11': 'of handlers that overlap only the last one is waited for',
      'VALID-03': 'a message whose schema is late loses its turn like any other',
    },
    standsFor: 'a queue with a limit, whose overflow is handled at once instead of waiting',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: 'if (this.#busy || !this.#connected) this.#hold(incoming)',
        replace: 'if ((this.#busy && (this.#queue?.length ?? 0) < 3) || !this.#connected) this.#hold(incoming)',
      },
    ],
  },
  {
    name: 'full-queue-drops-the-oldest',
    area: 'lifecycle',
    base: 'ws',
    expected: 'LIFE-15',
    also: {},
    standsFor: 'a bounded queue that makes room by forgetting what has waited longest',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: '    this.#queue.push(incoming)\n',
        replace: '    this.#queue.push(incoming)\n    if (this.#queue.length > 32) this.#queue.shift()\n',
      },
    ],
  },
]
