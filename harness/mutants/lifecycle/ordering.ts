import type { Mutant } from '../mutant.ts'

/** Defects in the order of handlers. */
export const orderingMutants: readonly Mutant[] = [
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
