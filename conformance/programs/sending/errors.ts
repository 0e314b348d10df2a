/** Programs whose handlers throw, after sending or not, and what the log says of it. */
import fc from 'fast-check'
import type { Op, Throwable } from '../../../spec/probe/ops.ts'
import type { Tagged } from '../../../spec/values.ts'
import type { ClientSpec, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, plainClient, program } from '../parts.ts'
import { actOn, byKind, keyedAct, keyedClient, messages, oneClient, throwOf } from './parts.ts'

const count = 2
const longest = `Nobody has it, nor ${'its like '.repeat(10)}`
const actions = [null, 'other', 'nobody has it', '__proto__', longest]
const kinds: Throwable[] = [
  'unauthorised',
  'forbidden',
  'public',
  'public subclass',
  'subclass of unauthorised',
  'error',
  'named like a public error',
  'named like a public error',
  'string',
  'undefined',
  'null',
]
const send: fc.Arbitrary<Op> = fc.record(
  {
    op: fc.constant('send' as const),
    mode: fc.constantFrom('await' as const, 'float' as const),
  },
  { requiredKeys: ['op'] },
)

const throwing = actOn(
  count,
  actions,
  fc.array(fc.oneof(send, throwOf(kinds)), {
    minLength: 1,
    maxLength: 3,
  }),
)

export const sendingErrors: Family = {
  name: 'sending/errors',
  area: 'sending',
  runs: 80,
  arbitrary: program({
    clients: fc.array(fc.constantFrom(plainClient, plainClient, plainClient, keyedClient), {
      minLength: 1,
      maxLength: count,
    }),
    prefix: fc.array(
      fc.oneof({ weight: 6, arbitrary: throwing }, { weight: 1, arbitrary: keyedAct(count, fc.tuple(throwOf(kinds))) }),
      { minLength: 0, maxLength: 3 },
    ),
    step: throwing,
    lanes: 2,
  }),
  examples: {
    'SEND-10 one reply': oneClient([plainClient], [{ op: 'throw', error: 'error' }]),
    'SEND-10 after its own sends': oneClient(
      [plainClient],
      [
        { op: 'send', mode: 'float' },
        { op: 'throw', error: 'forbidden' },
      ],
    ),
    'SEND-10 public errors': oneClient(
      [plainClient],
      [{ op: 'throw', error: 'public' }],
      ['nobody has it', [{ op: 'throw', error: 'unauthorised' }]],
      [longest, [{ op: 'throw', error: 'unauthorised' }]],
    ),
    'SEND-10 public errors: whatever they say': oneClient(
      [plainClient],
      [{ op: 'throw', error: 'public', message: '' }],
      [{ op: 'throw', error: 'forbidden', message: messages[1] }],
      [{ op: 'throw', error: 'public', message: messages[2] }],
    ),
    'SEND-10 public errors: by the second of two keys': {
      clients: [keyedClient],
      prefix: [byKind({ op: 'throw', error: 'forbidden' }), byKind({ op: 'throw', error: 'error' })],
      phases: [],
    },
    'SEND-10 masked errors': oneClient(
      [plainClient],
      [{ op: 'throw', error: 'error', late: true }],
      [{ op: 'throw', error: 'string' }],
      [null, [{ op: 'throw', error: 'undefined' }]],
    ),
    'SEND-14 its own subclass': oneClient(
      [plainClient],
      [{ op: 'throw', error: 'public subclass' }],
      [{ op: 'throw', error: 'subclass of unauthorised' }],
    ),
    'SEND-14 any other class': oneClient([plainClient], [{ op: 'throw', error: 'named like a public error' }]),
    'SEND-15 masked errors': oneClient([plainClient], [{ op: 'throw', error: 'error' }]),
  },
}

const tokenClient: ClientSpec = {
  channel: 'main',
  query: 'token=secret-of-the-address',
}
const bareClient: ClientSpec = {
  channel: 'bare',
  query: 'token=secret-of-the-address',
}
const secret: Tagged = { m: '*', password: 'secret-*' }
const unsendableSecret: Tagged = {
  m: '*',
  password: 'secret-*',
  n: { $: 'bigint', of: '1' },
}
const session: Tagged = { user: 'u', token: 'secret-session-*' }
const extra = { password: 'secret-in-a-message' }

const telling: fc.Arbitrary<Op> = fc.oneof(
  fc.record({
    op: fc.constant('session.set' as const),
    value: fc.constant(session),
  }),
  fc.record({
    op: fc.constant('send' as const),
    value: fc.constantFrom(secret, unsendableSecret),
  }),
  fc.record({
    op: fc.constant('return' as const),
    value: fc.constantFrom(secret, unsendableSecret),
  }),
  throwOf(['error', 'public', 'string']),
)
/** A client of schemas that refuse what it says, and what it says. */
const strictClient: ClientSpec = { channel: 'strict' }
const refused = { ...extra, issues: [{ path: ['password'], message: 'must be longer' }] }

const telltale: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('act' as const),
    client: clientIndex(count),
    ops: fc.array(telling, { minLength: 0, maxLength: 3 }),
    extra: fc.constant(extra),
    action: fc.constantFrom('probe', 'protected', 'secret-action'),
  }),
  fc.record({
    do: fc.constant('act' as const),
    client: clientIndex(count),
    ops: fc.array(telling, { maxLength: 1 }),
    extra: fc.constant(refused),
    action: fc.constantFrom('picky', 'late', null),
  }),
  fc.record({
    do: fc.constant('text' as const),
    client: clientIndex(count),
    text: fc.constantFrom('secret-text', '{"action":"secret-action"}', '{"secret-key":1}'),
  }),
)

export const sendingLog: Family = {
  name: 'sending/log',
  area: 'sending',
  runs: 50,
  arbitrary: program({
    clients: fc.array(fc.constantFrom(tokenClient, bareClient, strictClient), {
      minLength: 1,
      maxLength: count,
    }),
    prefix: fc.array(telltale, { minLength: 0, maxLength: 2 }),
    step: telltale,
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'SEND-15 refusals': {
      clients: [tokenClient],
      prefix: [{ do: 'act', client: 0, ops: [], extra, action: 'protected' }],
      phases: [],
    },
    'SEND-15 refusals: no such route': {
      clients: [bareClient],
      prefix: [{ do: 'text', client: 0, text: 'secret-text' }],
      phases: [],
    },
    'SEND-15 no secrets: of what a schema refuses': {
      clients: [strictClient],
      prefix: [{ do: 'act', client: 0, ops: [], extra: refused, action: 'picky' }],
      phases: [],
    },
    'SEND-15 no secrets': {
      clients: [tokenClient],
      prefix: [
        {
          do: 'act',
          client: 0,
          ops: [
            { op: 'session.set', value: session },
            { op: 'send', value: unsendableSecret },
          ],
          extra,
          action: 'probe',
        },
        {
          do: 'act',
          client: 0,
          ops: [{ op: 'return', value: unsendableSecret }],
          extra,
          action: 'protected',
        },
      ],
      phases: [],
    },
  },
}
