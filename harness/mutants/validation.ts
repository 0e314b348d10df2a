import type { Mutant } from './mutant.ts'
import { afterwardsMutants } from './validation/afterwards.ts'

const dispatch = 'adapters/runtime/dispatch.ts'
const invocation = 'adapters/runtime/invocation.ts'
const schema = 'adapters/runtime/schema.ts'
const of = { area: 'validation', base: 'ws' } as const

/** Defects of this area. */
export const validationMutants: readonly Mutant[] = [
  {
    ...of,
    name: 'tells-the-first-issue',
    expected: 'VALID-01',
    also: {},
    standsFor: 'validation errors made of the first issue alone',
    edits: [
      {
        file: schema,
        find: 'throw new ValidationError(result.issues.map(replyIssue))',
        replace: 'throw new ValidationError(result.issues.slice(0, 1).map(replyIssue))',
      },
    ],
  },
  {
    ...of,
    name: 'counts-issues',
    expected: 'VALID-01',
    also: { 'VALID-03': 'nor is what an asynchronous schema refuses so' },
    standsFor: 'issues that are counted where they are to be looked for: a list of none is a refusal as well',
    edits: [
      {
        file: schema,
        find: '  if (result.issues === undefined) return result.value\n  throw new ValidationError',
        replace:
          '  if (result.issues === undefined || result.issues.length === 0) return (result as { value: unknown }).value\n  throw new ValidationError',
      },
    ],
  },
  {
    ...of,
    name: 'forgets-path-objects',
    expected: 'VALID-01',
    also: {},
    standsFor: 'paths of issues sent as the schema library made them, segments as objects',
    edits: [
      {
        file: schema,
        find: "const key = typeof segment === 'object' ? segment.key : segment",
        replace: 'const key = segment as PropertyKey',
      },
    ],
  },
  {
    ...of,
    name: 'validates-and-forgets',
    expected: 'VALID-02',
    also: {},
    standsFor: 'a schema that is asked for its opinion, and whose answer is thrown away',
    edits: [
      {
        file: invocation,
        find: ': handler.func(services, data, session)',
        replace: ': handler.func(services, this.#data, session)',
      },
    ],
  },
  {
    ...of,
    name: 'does-not-await-schemas',
    expected: 'VALID-03',
    also: {
      'VALID-01': 'what an asynchronous schema refuses is not refused',
      'VALID-06': 'what it rejects with is nobody’s',
    },
    standsFor: 'a validator written for libraries that never answer later',
    edits: [
      {
        file: invocation,
        find: 'return isPromise(data) ? data.then((value) => handler.func(services, value, session)) : ',
        replace: 'if (isPromise(data)) data.then(undefined, () => {})\n    return ',
      },
    ],
  },
  {
    ...of,
    name: 'validates-outside-the-queue',
    expected: 'VALID-03',
    also: {
      'LIFE-15': 'handlers behind a late schema start before the one it belongs to',
      'VALID-01': 'what is refused later is answered after later messages, so that a fence passes it',
      'VALID-06': 'so is what is thrown later',
    },
    standsFor: 'the next message taken up while the schema of this one is pending',
    edits: [
      {
        file: invocation,
        find: 'return isPromise(data) ? data.then(',
        replace:
          'if (isPromise(data)) queueMicrotask(() => (this.#port as unknown as { overlap(): void }).overlap())\n    return isPromise(data) ? data.then(',
      },
      {
        file: 'adapters/runtime/local-channel.ts',
        find: '  #hold(incoming: Incoming): void {',
        replace: '  overlap(): void {\n    this.#busy = false\n    this.#advance()\n  }\n\n  #hold(incoming: Incoming): void {',
      },
    ],
  },
  {
    ...of,
    name: 'validates-the-routing-key',
    expected: 'VALID-04',
    also: {},
    standsFor: 'the whole message validated, so that strict schemas refuse every routed one',
    edits: [
      {
        file: invocation,
        find: 'const data = validate(handler.input, this.#data)',
        replace:
          'const routed = handler.tag && { [handler.tag.key]: handler.tag.action }\n    const data = validate(handler.input, routed ? { ...(this.#data as object), ...routed } : this.#data)',
      },
    ],
  },
  {
    ...of,
    name: 'coerces-without-a-schema',
    expected: 'VALID-05',
    also: {},
    standsFor: 'numbers made of digits as query parsers do, where nobody has asked for it',
    edits: [
      {
        file: invocation,
        find: 'if (handler.input === undefined) return handler.func(services, this.#data, session)',
        replace:
          "const fields = this.#data as Record<string, unknown>\n    if (handler.input === undefined && typeof fields === 'object' && fields !== null && 'count' in fields) return handler.func(services, { ...fields, count: Number(fields.count) }, session)\n    if (handler.input === undefined) return handler.func(services, this.#data, session)",
      },
    ],
  },
  {
    ...of,
    name: 'shows-what-schemas-throw',
    expected: 'VALID-06',
    also: {},
    standsFor: 'whatever a schema throws taken for a refusal and shown to the client',
    edits: [
      {
        file: invocation,
        find: 'const data = validate(handler.input, this.#data)',
        replace:
          'const shown = (error: unknown): never => {\n      throw error instanceof PublicError ? error : new PublicError(String(error))\n    }\n    let data: unknown\n    try {\n      data = validate(handler.input, this.#data)\n      if (isPromise(data)) data = data.then(undefined, shown)\n    } catch (error) {\n      shown(error)\n    }',
      },
    ],
  },
  {
    ...of,
    name: 'drops-broken-json',
    expected: 'VALID-07',
    also: {
      'ROUTE-07': 'broken JSON is text that onMessage must be given',
      'ROUTE-10': 'also where onMessage is a plain function',
    },
    standsFor: 'a parse error that is caught, logged and forgotten',
    edits: [
      { file: dispatch, find: '    return text\n', replace: '    return /^\\s*[{[]/.test(text) ? undefined : text\n' },
      {
        file: dispatch,
        find: '  const held = fields && heldRoute(channel, fields)',
        replace: '  if (message === undefined) return undefined\n  const held = fields && heldRoute(channel, fields)',
      },
    ],
  },
  {
    ...of,
    name: 'closes-on-deep-json',
    expected: 'VALID-07',
    also: {},
    standsFor: 'a recursive walk over what was parsed, whose overflow ends the connection',
    edits: [
      {
        file: 'adapters/runtime/local-channel.ts',
        find: '    const running = dispatchMessage(this, incoming)',
        replace:
          '    if (typeof incoming === \'string\' && /^(\\[{500}|(\\{"":){500})/.test(incoming)) this.#closeSocket(1011)\n    const running = dispatchMessage(this, incoming)',
      },
    ],
  },
  ...afterwardsMutants,
]
