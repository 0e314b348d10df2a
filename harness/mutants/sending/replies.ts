import type { Mutant } from '../mutant.ts'

/** Defects in what becomes of a returned value. */
export const repliesMutants: readonly Mutant[] = [
  {
    name: 'reply-sent-twice',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-01',
    also: {
      'PUB-05': 'the second copy answers to nothing',
      'LIFE-14': 'or seems to be what a handler returned after it had closed its channel',
    },
    standsFor: 'a reply both returned to the transport and sent by the runtime',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: '    if (reply !== undefined) this.#transmit(reply)\n',
        replace:
          "    if (reply !== undefined) this.#transmit(reply)\n    if (typeof reply === 'string' && this.#kind === 'message' && !reply.includes('errorName')) this.#transmit(reply)\n",
      },
    ],
  },
  {
    name: 'send-instead-of-reply',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-01',
    also: {
      'SEND-03': 'the reply that carries the routing key is missing',
      'SEND-05': 'so is a falsy value that was returned',
      'LIFE-18': 'so is the reply of a handler that a stop waits for',
    },
    standsFor: 'a runtime that takes a handler which has sent something to have answered already',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: '  readonly #output: StandardSchema | undefined\n',
        replace: '  readonly #output: StandardSchema | undefined\n  static sent = new WeakSet<object>()\n',
      },
      {
        file: 'adapters/runtime/handles.ts',
        find: '      const accepted = this.#port.transmit(encoded)\n',
        replace: '      ChannelHandle.sent.add(this.#account)\n      const accepted = this.#port.transmit(encoded)\n',
      },
      {
        file: 'adapters/runtime/invocation.ts',
        find: '    if (reply !== undefined) this.#transmit(reply)\n',
        replace:
          "    if (reply !== undefined && !(succeeded && this.#kind === 'message' && !String(reply).includes('errorName') && ChannelHandle.sent.has(this))) this.#transmit(reply)\n",
      },
    ],
  },
  {
    name: 'undefined-sent-as-null',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-02',
    also: { 'PUB-05': 'the message answers to nothing' },
    standsFor: 'JSON.stringify(result ?? null) for every handler',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: '    if (result === undefined && tag === undefined) return undefined\n',
        replace: "    if (result === undefined && tag === undefined) return 'null'\n",
      },
    ],
  },
  {
    name: 'falsy-replies-dropped',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-03',
    also: { 'PUB-05': 'a reply without its value answers to nothing' },
    standsFor: '`result ? { key, result } : { key }`',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: '  if (value === undefined) return `{${tag.pair}}`',
        replace: '  if (!value) return `{${tag.pair}}`',
      },
    ],
  },
  {
    name: 'replies-wrapped',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-03',
    also: {
      'SEND-13': 'what the output schema made is wrapped too',
      'AUTH-13': 'so is what the outermost middleware made of it',
      'LIFE-18': 'a reply in another form is not the one that a stop waits for',
    },
    standsFor: 'every result put under `result`, objects too',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: "  if (!text.startsWith('{')) return",
        replace: "  if (!text.includes('fence')) return",
      },
    ],
  },
]
