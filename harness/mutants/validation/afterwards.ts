import type { Mutant } from '../mutant.ts'

const dispatch = 'adapters/runtime/dispatch.ts'
const invocation = 'adapters/runtime/invocation.ts'
const of = { area: 'validation', base: 'ws' } as const

/** Defects in what becomes of a message once its schema has answered, or its text has been parsed. */
export const afterwardsMutants: readonly Mutant[] = [
  {
    ...of,
    name: 'refuses-and-runs-on',
    expected: 'VALID-01',
    also: {},
    standsFor: 'a refusal that is sent, with no return behind it',
    edits: [
      {
        file: invocation,
        find: 'const data = validate(handler.input, this.#data)',
        replace: `let data = this.#data
    try {
      data = validate(handler.input, data)
    } catch (error) {
      if (!(error instanceof PublicError)) throw error
      this.#transmit(this.#errorReply(error))
    }`,
      },
    ],
  },
  {
    ...of,
    name: 'closes-on-refused-data',
    expected: 'VALID-01',
    also: {},
    standsFor: 'data that a schema refuses taken for a breach of protocol, which ends the connection behind the reply',
    edits: [
      {
        file: invocation,
        find: '      this.#log(error)\n',
        replace:
          "      this.#log(error)\n      if (reasonOf(error).startsWith('Validation')) setImmediate(() => this.#port.hangUp())\n",
      },
    ],
  },
  {
    ...of,
    name: 'does-without-schemas-that-throw',
    expected: 'VALID-06',
    also: {},
    standsFor: 'a schema that throws taken for one that has nothing to say, so that the handler is given the data as it came',
    edits: [
      {
        file: invocation,
        find: 'const data = validate(handler.input, this.#data)',
        replace: `const unlessRefused = (error: unknown): unknown => {
      if (error instanceof PublicError) throw error
      return this.#data
    }
    let data: unknown
    try {
      data = validate(handler.input, this.#data)
      if (isPromise(data)) data = data.then(undefined, unlessRefused)
    } catch (error) {
      data = unlessRefused(error)
    }`,
      },
    ],
  },
  {
    ...of,
    name: 'reads-early-actions-early',
    expected: 'VALID-07',
    also: {},
    standsFor:
      'an action read off the beginning of a text to save time, though a later one of the same key is the one that counts',
    edits: [
      {
        file: dispatch,
        find: 'const action = stringAt(fields, key)\n',
        replace:
          'const early = typeof incoming === \'string\' ? /^{"(\\w+)":"([^"\\\\]*)"/.exec(incoming) : null\n    const action = early?.[1] === key ? early[2] : stringAt(fields, key)\n',
      },
    ],
  },
  {
    ...of,
    name: 'measures-depth-beside',
    expected: 'VALID-07',
    also: { 'LIFE-17': 'no error may be left to nobody, whatever it comes from' },
    standsFor: 'a recursive walk over what was parsed, beside the handler, whose overflow nobody handles',
    edits: [
      {
        file: dispatch,
        find: '  const held = fields && heldRoute(channel, fields)\n',
        replace: `  const held = fields && heldRoute(channel, fields)
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
  void Promise.resolve(fields).then(depthOf)
`,
      },
    ],
  },
]
