import type { Mutant } from '../mutant.ts'

/** Defects in what becomes of values that have no encoding. */
export const unsendableMutants: readonly Mutant[] = [
  {
    name: 'unsendable-returns-dropped',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-11',
    also: { 'SEND-13': 'a refused output is dropped alike' },
    standsFor: 'a reply that cannot be encoded forgotten in a catch',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: '      return encodeError(undefined, this.#held)\n    }\n  }\n\n  #errorReply',
        replace: '      return undefined\n    }\n  }\n\n  #errorReply',
      },
    ],
  },
  {
    name: 'safe-stringify',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-11',
    also: { 'SEND-04': 'undefined is written as null, too' },
    standsFor: 'a JSON.stringify that never fails: null for what has no JSON form, and words for cycles',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: '    text = JSON.stringify(value)\n',
        replace:
          "    const seen = new WeakSet<object>()\n    const safe = (_key: string, each: unknown) => {\n      if (typeof each === 'bigint') return String(each)\n      if (typeof each !== 'object' || each === null) return each\n      if (seen.has(each)) return '[Circular]'\n      seen.add(each)\n      return each\n    }\n    text = JSON.stringify(value, safe) ?? 'null'\n",
      },
    ],
  },
  {
    name: 'unsendable-ends-connection',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-11',
    also: {},
    standsFor: 'whatever goes wrong in a send taken for a broken connection',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: "      this.#account.refused('send', error)\n      return rejected(error)\n",
        replace:
          "      this.#account.refused('send', error)\n      setImmediate(() => this.#port.hangUp())\n      return rejected(error)\n",
      },
    ],
  },
  {
    name: 'unsendable-return-hangs-up',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-11',
    also: {},
    standsFor: 'a reply that cannot be written taken for a connection that cannot be written to',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: "      this.#warn('a returned value cannot be sent', error, 'error')\n",
        replace:
          "      this.#warn('a returned value cannot be sent', error, 'error')\n      if (output === undefined) this.#port.hangUp()\n",
      },
    ],
  },
  {
    name: 'refused-return-hangs-up',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-13',
    also: {},
    standsFor: 'output that its schema refuses taken for a reason to end the connection before anything leaks',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: "      this.#warn('a returned value cannot be sent', error, 'error')\n",
        replace:
          "      this.#warn('a returned value cannot be sent', error, 'error')\n      if (output !== undefined) this.#port.hangUp()\n",
      },
    ],
  },
  {
    name: 'refusals-unlogged',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-11',
    also: { 'SEND-13': "a refused output's issue is lost too" },
    standsFor: 'a rejection that nobody awaits, swallowed',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: '    if (!(error instanceof ChannelClosedError)) this.#warn(',
        replace: '    if (error === this) this.#warn(',
      },
    ],
  },
]
