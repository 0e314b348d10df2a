import type { Mutant } from '../mutant.ts'

/** Defects in how values are encoded, and in which order they arrive. */
export const encodingMutants: readonly Mutant[] = [
  {
    name: 'send-of-undefined-resolves',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-04',
    also: {},
    standsFor: 'a send that passes over what it has no message for',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: "      if (data === undefined) throw new TypeError('undefined cannot be sent')",
        replace: '      if (data === undefined) return done',
      },
    ],
  },
  {
    name: 'sends-carry-the-key',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-04',
    also: {
      'SEND-05': 'a routed send of another value is wrapped as well',
      'PUB-05': 'a message in another form answers to nothing',
      'LIFE-14': 'so it is not what was sent before a close',
    },
    standsFor: 'one encoder for replies and sends',
    edits: [
      {
        file: 'adapters/runtime/invocation.ts',
        find: 'new ChannelHandle(this.#port, this, this.#handler.output)',
        replace: 'new ChannelHandle(this.#port, this, this.#handler.output, this.#handler.tag)',
      },
      {
        file: 'adapters/runtime/handles.ts',
        find: '  constructor(port: ChannelPort, account: Account, output: StandardSchema | undefined) {',
        replace:
          '  readonly #tag: never\n  constructor(port: ChannelPort, account: Account, output: StandardSchema | undefined, tag?: unknown) {\n    this.#tag = tag as never',
      },
      {
        file: 'adapters/runtime/handles.ts',
        find: '      const encoded = encode(this.#output === undefined ? data : validateOutput(this.#output, data))',
        replace:
          "      const value = this.#output === undefined ? data : validateOutput(this.#output, data)\n      const routed = this.#tag !== undefined && typeof value === 'object' && value !== null && !Array.isArray(value) && (this.#tag as { action: string }).action === 'other'\n      const encoded = routed ? encodeRouted(value, this.#tag) : encode(value)",
      },
      {
        file: 'adapters/runtime/handles.ts',
        find: "import { encode } from './encode.ts'",
        replace: "import { encode, encodeRouted } from './encode.ts'",
      },
    ],
  },
  {
    name: 'falsy-sends-dropped',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-05',
    also: {},
    standsFor: "the runtime page's own `if (result)`",
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: '      const accepted = this.#port.transmit(encoded)\n',
        replace: '      if (!data) return done\n      const accepted = this.#port.transmit(encoded)\n',
      },
    ],
  },
  {
    name: 'views-sent-whole',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-05',
    also: {
      'SEND-03': 'replies of bytes are encoded alike',
      'PUB-08': 'and so are publishes',
      'PUB-05': 'a message in another form answers to nothing',
    },
    standsFor: '`view.buffer` sent in place of the view',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: 'new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice()',
        replace: 'new Uint8Array(value.buffer).slice()',
      },
    ],
  },
  {
    name: 'strings-quoted',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-05',
    also: {
      'SEND-12': 'such a string does not arrive unchanged either',
      'PUB-08': 'publishes are encoded alike',
      'PUB-05': 'a message in another form answers to nothing',
    },
    standsFor: 'JSON.stringify of everything',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: '    return value\n  }\n  return bytesOf(value)',
        replace: '    return JSON.stringify(value)\n  }\n  return bytesOf(value)',
      },
    ],
  },
  {
    name: 'encoded-when-flushed',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-06',
    also: {
      'SEND-07': 'what is flushed later comes later',
      'SEND-13': 'a refusal of the schema reaches nobody any more',
      'LIFE-14': 'a close overtakes what was sent before it',
    },
    standsFor: 'a queue of values in place of a queue of messages',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: '      const encoded = encode(this.#output === undefined ? data : validateOutput(this.#output, data))\n      const accepted = this.#port.transmit(encoded)\n',
        replace:
          '      encode(data)\n      const later = () => this.#port.transmit(encode(this.#output === undefined ? data : validateOutput(this.#output, data)))\n      void Promise.resolve().then(later).catch(() => {})\n      const accepted = undefined as never\n',
      },
      {
        file: 'adapters/runtime/invocation.ts',
        find: '      const result = isPromise(running) ? await running : running\n',
        replace: '      const result = isPromise(running) ? await running : running\n      await new Promise(setImmediate)\n',
      },
    ],
  },
  {
    name: 'key-put-into-the-result',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-06',
    also: {},
    standsFor: '`result[key] = action` on the object the handler returned',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: '  const text = toJson(value)\n',
        replace:
          "  if (typeof value === 'object' && value !== null && !Array.isArray(value)) setOwn(value, tag.key, tag.action)\n  const text = toJson(value)\n",
      },
    ],
  },
  {
    name: 'publishes-overtaken',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-07',
    also: { 'PUB-07': 'a publish to oneself comes after a later send' },
    standsFor: 'publishes put off to the end of the turn',
    edits: [
      {
        file: 'adapters/runtime/local-hub.ts',
        find: '    if (entry.sockets.size > 0) this.#transport.deliver(topic, encoded, entry.sockets, excludeId)\n',
        replace:
          '    if (entry.sockets.size > 0) queueMicrotask(() => this.#transport.deliver(topic, encoded, entry.sockets, excludeId))\n',
      },
    ],
  },
  {
    name: 'separators-out-of-json',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-12',
    also: {
      'SEND-03': 'a reply with such a string is another one',
      'SEND-05': 'so is a value that is sent',
    },
    standsFor: 'line separators taken out of JSON, for clients that evaluate it',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: "'the value has no JSON form')\n  return text\n",
        replace: "'the value has no JSON form')\n  return text.replace(/[\\u2028\\u2029]/g, '')\n",
      },
    ],
  },
  {
    name: 'short-texts-as-latin',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-12',
    also: {},
    standsFor: 'a short cut for short texts that takes all of them for ASCII',
    edits: [
      {
        file: 'adapters/ws/frame.ts',
        find: 'message.length < 126 && Buffer.byteLength(message) === message.length)',
        replace: 'message.length < 126)',
      },
    ],
  },
  {
    name: 'texts-normalised',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-12',
    also: { 'PUB-08': 'a string that is published is another one too' },
    standsFor: 'strings brought into a normal form on their way',
    edits: [
      {
        file: 'adapters/runtime/encode.ts',
        find: '    return value\n  }\n  return bytesOf(value)',
        replace: "    return value.normalize('NFKC')\n  }\n  return bytesOf(value)",
      },
    ],
  },
  {
    name: 'output-unchecked-on-send',
    area: 'sending',
    base: 'ws',
    expected: 'SEND-13',
    also: {},
    standsFor: 'an output schema for what is returned alone',
    edits: [
      {
        file: 'adapters/runtime/handles.ts',
        find: 'encode(this.#output === undefined ? data : validateOutput(this.#output, data))',
        replace: 'encode(data)',
      },
    ],
  },
]
