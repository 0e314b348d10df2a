import type { Mutant } from '../mutant.ts'

const dispatch = 'adapters/runtime/dispatch.ts'
const of = { area: 'routing', base: 'ws' } as const

/** Defects in the way from a message to its handler. */
export const messagesMutants: readonly Mutant[] = [
  {
    ...of,
    name: 'routes-by-raw-text',
    expected: 'ROUTE-01',
    also: {},
    standsFor: 'an action that is looked for in the raw text, to save parsing, and missed where it is written with escapes',
    edits: [
      {
        file: dispatch,
        find: 'const action = stringAt(fields, key)\n    const handler = action === undefined',
        replace:
          'const action = stringAt(fields, key)\n    const handler = action === undefined || !(incoming as string).includes(`"${action}"`)',
      },
    ],
  },
  {
    ...of,
    name: 'keeps-the-routing-key',
    expected: 'ROUTE-02',
    also: { 'VALID-04': 'the schema is given the same data as the handler' },
    standsFor: 'the whole message handed to an action, so that strict schemas and spread data meet a key that is not theirs',
    edits: [
      {
        file: dispatch,
        find: '  const { [key]: _routed, ...rest } = fields ?? {}\n  return rest',
        replace: '  return { ...fields, [key]: fields?.[key] }',
      },
    ],
  },
  {
    ...of,
    name: 'takes-out-every-routing-key',
    expected: 'ROUTE-02',
    also: {},
    standsFor: 'data freed of whatever the channel routes by, though it was routed by one key of them',
    edits: [
      {
        file: dispatch,
        find: 'handler, without(fields, key), held)',
        replace: 'handler, channel.routing.reduce((rest, each) => without(rest, each.key), fields ?? {}), held)',
      },
    ],
  },
  {
    ...of,
    name: 'drops-empty-fields',
    expected: 'ROUTE-02',
    also: { 'VALID-04': 'nor are they in what the schema is given', 'VALID-05': 'nor where there is no schema' },
    standsFor: 'fields with nothing in them taken for absent, as forms send them',
    edits: [
      {
        file: dispatch,
        find: '  const { [key]: _routed, ...rest } = fields ?? {}\n  return rest',
        replace:
          "  const { [key]: _routed, ...rest } = fields ?? {}\n  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''))",
      },
    ],
  },
  {
    ...of,
    name: 'trims-action-names',
    expected: 'ROUTE-03',
    also: { 'ROUTE-04': 'without an onMessage the trimmed name finds an action where there must be none' },
    standsFor: 'names that are normalised before they are looked up, so that several texts mean one action',
    edits: [{ file: dispatch, find: 'actions.get(action)', replace: 'actions.get(action.trim())' }],
  },
  {
    ...of,
    name: 'on-message-less-the-key',
    expected: 'ROUTE-03',
    also: { 'ROUTE-10': 'also where onMessage is a plain function' },
    standsFor: 'the routing key taken from every message before it is known whether it routes',
    edits: [
      {
        file: dispatch,
        find: 'handler, message, held).run()',
        replace: "handler, fields === undefined ? message : without(fields, 'action'), held).run()",
      },
    ],
  },
  {
    ...of,
    name: 'drops-unknown-routes',
    expected: 'ROUTE-04',
    also: {
      'ROUTE-05': 'what nothing is wired for under an inherited name is answered by the same code',
      'VALID-07': 'so are hostile texts where there is no onMessage',
    },
    standsFor: 'unroutable messages that are logged and forgotten, while their client waits',
    edits: [
      {
        file: dispatch,
        find: "report(environment.logger, 'warn', 'channel: refused', details)",
        replace: "report(environment.logger, 'warn', 'channel: refused', details)\n  if (channel) return undefined",
      },
    ],
  },
  {
    ...of,
    name: 'echoes-whole-actions',
    expected: 'ROUTE-04',
    also: {},
    standsFor: 'an error text that quotes whatever was sent, however long it is',
    edits: [{ file: dispatch, find: '    .slice(0, shownRouteLength)\n', replace: '' }],
  },
  {
    ...of,
    name: 'looks-actions-up-in-an-object',
    expected: 'ROUTE-05',
    also: {},
    standsFor: 'actions kept in a plain object, where every name that objects inherit is found',
    edits: [
      {
        file: dispatch,
        find: 'actions.get(action)',
        replace: '(Object.fromEntries(actions) as Record<string, Handler>)[action]',
      },
    ],
  },
  {
    ...of,
    name: 'copies-data-by-assignment',
    expected: 'ROUTE-05',
    also: {},
    standsFor: 'a copy made key by key, where assigning `__proto__` sets the prototype',
    edits: [
      {
        file: dispatch,
        find: '  const { [key]: _routed, ...rest } = fields ?? {}\n  return rest',
        replace:
          '  const rest: Record<string, unknown> = {}\n  for (const name of Object.keys(fields ?? {})) if (name !== key) rest[name] = fields?.[name]\n  return rest',
      },
    ],
  },
  {
    ...of,
    name: 'last-routing-key-wins',
    expected: 'ROUTE-06',
    also: {},
    standsFor: 'every routing key tried, and the last that matched kept',
    edits: [
      {
        file: dispatch,
        find: 'fields === undefined ? [] : channel.routing',
        replace: 'fields === undefined ? [] : [...channel.routing].reverse()',
      },
    ],
  },
  {
    ...of,
    name: 'only-the-first-key',
    expected: 'ROUTE-06',
    also: {},
    standsFor: 'a router written for one key, given two',
    edits: [
      {
        file: dispatch,
        find: 'fields === undefined ? [] : channel.routing',
        replace: 'fields === undefined ? [] : channel.routing.slice(0, 1)',
      },
    ],
  },
  {
    ...of,
    name: 'trims-texts',
    expected: 'ROUTE-07',
    also: { 'LIFE-15': 'a text trimmed to that of a later message looks as if the later one had been handled before its turn' },
    standsFor: 'text tidied up before anybody has said that it may be',
    edits: [{ file: dispatch, find: '    return text\n', replace: '    return text.trim()\n' }],
  },
  {
    ...of,
    name: 'passes-empty-texts-over',
    expected: 'ROUTE-07',
    also: { 'ROUTE-04': 'where there is no onMessage an empty text is not answered either' },
    standsFor: 'a text with nothing in it taken for a sign of life',
    edits: [
      {
        file: dispatch,
        find: '  const { channel } = port\n  const message = ',
        replace: "  const { channel } = port\n  if (incoming === '') return undefined\n  const message = ",
      },
    ],
  },
  {
    ...of,
    name: 'parses-objects-only',
    expected: 'ROUTE-08',
    also: { 'ROUTE-10': 'also where onMessage is a plain function' },
    standsFor: 'JSON that is not an object taken for text',
    edits: [
      {
        file: dispatch,
        find: '    return JSON.parse(text)\n',
        replace: '    const value: unknown = JSON.parse(text)\n    return isObject(value) ? value : text\n',
      },
    ],
  },
  {
    ...of,
    name: 'reads-bytes-as-text',
    expected: 'ROUTE-09',
    also: { 'LIFE-15': 'bytes that read as the text of a later message look as if that had been handled before its turn' },
    standsFor: 'every message decoded as text, binary ones too',
    edits: [
      {
        file: dispatch,
        find: "typeof incoming === 'string' ? parse(incoming) : incoming",
        replace: 'parse(Buffer.from(incoming as Uint8Array).toString())',
      },
    ],
  },
  {
    ...of,
    name: 'hands-undeclared-bytes-on',
    expected: 'ROUTE-09',
    also: { 'SEND-11': 'nor does it refuse the bytes that a handler sends' },
    standsFor: 'an adapter that carries text only by its own account, and hands on the bytes that its transport gives it',
    edits: [{ file: 'adapters/ws/capabilities.ts', find: "  'binary',\n", replace: '' }],
  },
  {
    ...of,
    name: 'wraps-plain-functions',
    expected: 'ROUTE-10',
    also: {
      'ROUTE-06': 'a plain function that the second routing key leads to is given another shape as well',
      'VALID-02': 'nor is it given what the schema returned',
    },
    standsFor: 'functions written for HTTP given the shape of an HTTP request',
    edits: [
      {
        file: 'adapters/runtime/compile.ts',
        find: 'return { func: func.func, requiresSession, input: func.input',
        replace:
          "const plain = func.kind === 'function' && tag !== undefined\n  return { func: plain ? (services, data, session) => func.func(services, { body: data }, session) : func.func, requiresSession, input: func.input",
      },
    ],
  },
  {
    ...of,
    name: 'boxes-what-plain-functions-get',
    expected: 'ROUTE-10',
    also: {},
    standsFor: 'functions written for HTTP, whose data is always an object, given one around whatever is none',
    edits: [
      {
        file: 'adapters/runtime/compile.ts',
        find: 'return { func: func.func, requiresSession, input: func.input',
        replace:
          "const plain = func.kind === 'function' && tag === undefined\n  const boxed = (data: unknown): unknown => (typeof data === 'object' ? data : { data })\n  return { func: plain ? (services, data, session) => func.func(services, boxed(data), session) : func.func, requiresSession, input: func.input",
      },
    ],
  },
]
