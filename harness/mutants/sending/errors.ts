import type { Mutant } from '../mutant.ts'

/** Defects in refusals, errors, settling and the log. */
export const errorsMutants: readonly Mutant[] = [
  {
    name: 'nothing-tracked',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-08',
    also: {
      'LIFE-15': 'the next message is handled before the last handler has settled',
      'LIFE-24': 'services are disposed of before it too',
      'LIFE-11': 'and so does onDisconnect start',
    },
    standsFor: 'a handler taken for settled when its promise is',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: '    if (!this.#accounting) return\n',
        replace: '    if (pending !== undefined) return\n',
      },
    ],
  },
  {
    name: 'closed-send-resolves',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-09',
    also: {},
    standsFor: 'a send on a closed channel that does nothing',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: "      if (this.#port.state === 'closed') throw new ChannelClosedError()",
        replace: "      if (this.#port.state === 'closed') return done",
      },
    ],
  },
  {
    name: 'asks-the-socket-alone',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-09',
    also: {},
    standsFor: 'a closed channel told by its socket, which stays open until onConnect has settled',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: "      if (this.#port.state === 'closed') throw new ChannelClosedError()\n",
        replace: '',
      },
      {
        file: 'adapters/runtime/local-channel.ts',
        find: "    if (this.state === 'closed') throw new ChannelClosedError()\n    let taken",
        replace: '    let taken',
      },
    ],
  },
  {
    name: 'rejections-float',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-09',
    also: {
      'SEND-11': 'a refused send rejects as well',
      'LIFE-17': 'an unhandled rejection brings the process down',
      'SUB-05': 'so does a refused topic',
    },
    standsFor: '`Promise.reject` handed to a handler that does not await it',
    edits: [
      {
        file: 'adapters/runtime/promises.ts',
        find: '  return tolerate(Promise.reject(error)) as Promise<never>',
        replace: '  return Promise.reject(error)',
      },
    ],
  },
  {
    name: 'errors-shown',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-10',
    also: {
      'SEND-14': 'errors of any class are shown',
      'VALID-06': 'what a schema throws is shown too',
    },
    standsFor: '`{ error: error.message }` for whatever was thrown',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: '  if (error instanceof PublicError) {',
        replace: '  if (error instanceof Error) {',
      },
    ],
  },
  {
    name: 'errors-without-words-masked',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-10',
    also: {},
    standsFor: '`error.message || maskedMessage`',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: 'String(error.message)',
        replace: 'String(error.message || maskedMessage)',
      },
    ],
  },
  {
    name: 'throws-unanswered',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-10',
    also: {
      'SEND-11': 'a returned value that cannot be sent is answered alike',
      'VALID-06': 'so is what a schema throws',
    },
    standsFor: 'errors that are only logged',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: "      reply = this.#kind === 'message' ? this.#errorReply(error) : undefined\n",
        replace: "      reply = error instanceof PublicError && this.#kind === 'message' ? this.#errorReply(error) : undefined\n",
      },
    ],
  },
  {
    name: 'public-by-name',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-14',
    also: {},
    standsFor: 'errors told apart by their names',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: '  if (error instanceof PublicError) {',
        replace:
          "  if (error instanceof Error && ['UnauthorizedError', 'ForbiddenError', 'PublicError', 'ValidationError', 'UnknownRouteError', 'PayloadTooLargeError'].includes(error.name)) {",
      },
    ],
  },
  {
    name: 'data-in-the-log',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-15',
    also: {},
    standsFor: 'the message logged beside the error, for debugging',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: '    const details = { channel: channel.name, channelId, event: this.#kind,',
        replace: '    const details = { channel: channel.name, channelId, event: this.#kind, data: this.#data,',
      },
    ],
  },
  {
    name: 'errors-unlogged',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-15',
    also: {},
    standsFor: 'a masked error of which nobody ever hears',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: "    else this.#warn('handler failed', error, 'error')\n",
        replace: '',
      },
    ],
  },
  {
    name: 'refusals-without-reason',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-15',
    also: { 'SEND-13': 'nor does it say what an output schema complained of' },
    standsFor: 'a log that says that something was refused, and not why',
    edits: [
      {
        file: 'adapters/runtime/schema.ts',
        find: "${result.issues.map(replyIssue).map(showIssue).join('; ')}",
        replace: 'see reply',
      },
      {
        file: 'adapters/runtime/invocation.ts',
        find: "this.#warn('refused', error.name)",
        replace: "this.#warn('refused', 'see reply')",
      },
    ],
  },
]
