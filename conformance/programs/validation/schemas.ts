/** Programs about schemas: actions of `strict` with data that its schemas take, change, refuse, await or choke on. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Tagged } from '../../../spec/values.ts'
import type { Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { program } from '../parts.ts'
import { smallJson } from '../routing/json.ts'

const issue = fc.record(
  {
    path: fc.array(
      fc.oneof(fc.constantFrom('items', 'name', ''), fc.constantFrom(0, 3), fc.record({ key: fc.constantFrom('key', 7) })),
      { maxLength: 8 },
    ),
    message: fc.constantFrom('must be a number', 'too long', ''),
  },
  { requiredKeys: ['message'] },
)

const ops: fc.Arbitrary<Op[]> = fc.array(fc.record({ op: fc.constant('return' as const), value: fc.constantFrom('text', 7) }), {
  maxLength: 1,
})

const dataOf = (extra: Record<string, fc.Arbitrary<unknown>>) => fc.record(extra, { requiredKeys: [] })

/** An action with data of its own. */
const on = (action: string, extra: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.constant('act' as const),
    client: fc.constantFrom(0, 0, 0, 0, 1),
    ops,
    action: fc.constant(action),
    extra: dataOf(extra),
  }) as fc.Arbitrary<Step>

/** The same of the only client, with the next message sent without waiting for it. */
const unwaited = (
  action: string,
  extra: Record<string, fc.Arbitrary<unknown>>,
  does: fc.Arbitrary<Op[]> = ops,
): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.constant('act' as const),
    client: fc.constantFrom(0),
    ops: does,
    action: fc.constant(action),
    extra: dataOf(extra),
    wait: fc.constant(false),
  }) as fc.Arbitrary<Step>

const issues = fc.oneof(
  { weight: 6, arbitrary: fc.array(issue, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(issue, { maxLength: 30, size: 'max' }) },
)
const turns = fc.constantFrom(0, 1, 5)
const anything = smallJson

const actions = {
  shape: on('shape', {
    count: fc.constantFrom('7', '1e2', 'seven', 7, null),
    size: fc.constantFrom(3, 0, 'small'),
    unknown: anything,
  }),
  picky: on('picky', { issues, kept: anything }),
  late: on('late', { issues: fc.array(issue, { maxLength: 1 }), turns, kept: anything }),
  seen: on('seen', { kept: anything, Action: fc.constantFrom('seen') }),
  throws: on('throws', { error: fc.constantFrom('error', 'string', 'late') }),
  free: on('free', { kept: anything, issues, count: fc.constantFrom('7') }),
}

/** What schemas make of data that is no longer the message: values that a careless test takes for none, and some that JSON lacks. */
const nothing: Tagged = { $: 'undefined' }
const emptied: readonly Tagged[] = [null, nothing, null, nothing, 0, '', false]
const made: readonly Tagged[] = [
  { $: 'date', of: '2020-01-01T00:00:00.000Z' },
  { $: 'bigint', of: '7' },
  { $: 'nan' },
  { $: '-0' },
  { $: 'bytes', of: '00ff' },
  [],
  {},
  'text',
  [null],
]
const becoming = on('becomes', {
  value: fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...emptied) }, { weight: 1, arbitrary: fc.constantFrom(...made) }),
  turns,
})

const holding: fc.Arbitrary<Op[]> = fc.array(fc.record({ op: fc.constant('hold' as const), gate: fc.constant('g') }), {
  minLength: 1,
  maxLength: 1,
})
/** Messages sent while an earlier handler holds: what is behind a late schema has then been sent before it is asked. */
const pipelined = fc.oneof(
  { weight: 3, arbitrary: unwaited('late', { turns, kept: anything }) },
  { weight: 2, arbitrary: unwaited('free', { kept: anything }) },
  { weight: 1, arbitrary: unwaited('picky', {}) },
)

const unrouted: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('act' as const),
  client: fc.constantFrom(0, 1),
  ops,
  action: fc.constant(null),
  extra: fc.record({ issues }),
}) as fc.Arbitrary<Step>

/** Texts to onMessage, some of which its schema makes numbers of. */
const numerals: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('text' as const),
  client: fc.constantFrom(0, 1),
  // No number that a text here is made: which message it came of could not be told.
  text: fc.constantFrom('"0"', '"0"', '"7"', '1', '"7a"'),
})

const clients = fc.array(fc.record({ channel: fc.constant('strict') }), { minLength: 1, maxLength: 2 })

const acts = (...acted: { action: string | null; ops?: Op[]; extra?: Record<string, unknown>; wait?: boolean }[]): Program => ({
  clients: [{ channel: 'strict' }],
  prefix: acted.map((each) => ({ do: 'act', client: 0, ops: [], extra: {}, ...each }) as Step),
  phases: [],
})

const missing = [{ path: ['items', 0, { key: 'key' }], message: 'must be a number' }, { message: 'too long' }]
/** More of them than anybody would show at once, by a path that is long and again by that very path. */
const path = ['items', 3, { key: 7 }, 'items', 0, { key: 'key' }, '', 3]
const plenty = Array.from({ length: 30 }, (_, index) => ({ path, message: ['must be a number', 'too long', ''][index % 3] }))

function family(name: string, runs: number, step: fc.Arbitrary<Step>, examples: Family['examples']): Family {
  const prefix = fc.array(step, { maxLength: 8, size: 'max' })
  return {
    name: `validation/${name}`,
    area: 'validation',
    runs,
    arbitrary: program({ clients, prefix, step, lanes: 1, phases: 0 }),
    examples,
  }
}

export const validationSchemas: readonly Family[] = [
  family(
    'refusals',
    60,
    fc.oneof({ weight: 3, arbitrary: actions.picky }, { weight: 2, arbitrary: actions.throws }, actions.shape, unrouted),
    {
      'VALID-01 no handler': acts({ action: 'picky', extra: { issues: [{ path: ['name'], message: 'too long' }] } }),
      'VALID-01 no handler: no issue is told': acts({ action: 'picky', extra: { issues: [] } }),
      'VALID-01 one reply': acts({ action: 'picky', extra: { issues: missing } }),
      'VALID-01 every issue': acts(
        { action: 'picky', extra: { issues: missing } },
        { action: 'picky', extra: { issues: plenty } },
        { action: null, extra: { issues: missing } },
      ),
      'VALID-01 stays open': acts({ action: 'picky', extra: { issues: missing } }, { action: 'picky' }),
      'VALID-06 internal error': acts(
        { action: 'throws', extra: { error: 'error' } },
        { action: 'throws', extra: { error: 'late' } },
      ),
      'VALID-06 no handler': acts({ action: 'throws', extra: { error: 'late' } }),
      'VALID-06 stays open': acts({ action: 'throws', extra: { error: 'string' } }, { action: 'picky' }),
    },
  ),
  family(
    'outputs',
    70,
    fc.oneof(
      { weight: 2, arbitrary: actions.shape },
      on('shape', { count: fc.constantFrom('7', '0') }),
      actions.seen,
      actions.free,
      numerals,
    ),
    {
      'VALID-02 coercions: to what is falsy': {
        clients: [{ channel: 'strict' }],
        prefix: [
          { do: 'text', client: 0, text: '"0"' },
          { do: 'text', client: 0, text: '"7"' },
        ],
        phases: [],
      },
      'VALID-02 defaults': acts({ action: 'shape' }),
      'VALID-02 coercions': acts({ action: 'shape', extra: { count: '7' } }),
      'VALID-02 stripped keys': acts({ action: 'shape', extra: { unknown: 7 } }),
      'VALID-04 less the routing key': acts({ action: 'seen', extra: { kept: null } }),
      'VALID-05 as it came': acts({ action: 'free', extra: { kept: [null], count: '7' } }),
    },
  ),
  family('becoming', 30, fc.oneof({ weight: 4, arbitrary: becoming }, actions.free), {
    'VALID-02 just that: null': acts({ action: 'becomes', extra: { value: null } }),
    'VALID-02 just that: undefined': acts({ action: 'becomes', extra: { value: nothing } }),
    'VALID-02 just that: null, later': acts({ action: 'becomes', extra: { value: null, turns: 1 } }),
    'VALID-02 just that: undefined, later': acts({ action: 'becomes', extra: { value: nothing, turns: 1 } }),
    'VALID-02 just that: a date': acts({ action: 'becomes', extra: { value: made[0] } }),
  }),
  family('late', 40, fc.oneof({ weight: 3, arbitrary: actions.late }, actions.picky, actions.free), {
    'VALID-03 awaited': acts(
      { action: 'late', extra: { turns: 1 } },
      { action: 'late', extra: { turns: 1, issues: [{ message: 'too long' }] } },
    ),
    'VALID-03 awaited: no issue is told': acts({ action: 'late', extra: { turns: 1, issues: [] } }),
  }),
  {
    name: 'validation/order',
    area: 'validation',
    runs: 50,
    arbitrary: fc.record({
      clients: fc.array(fc.record({ channel: fc.constant('strict') }), { minLength: 1, maxLength: 1 }),
      prefix: fc.array(unwaited('free', { kept: anything }, holding), { minLength: 1, maxLength: 1 }),
      phases: fc.array(
        fc.record({ lanes: fc.array(fc.array(pipelined, { maxLength: 6, size: 'max' }), { minLength: 1, maxLength: 1 }) }),
        { minLength: 1, maxLength: 1 },
      ),
    }),
    examples: {
      'VALID-03 no other order': {
        ...acts({ action: 'free', ops: [{ op: 'hold', gate: 'g' }], wait: false }),
        phases: [
          {
            lanes: [acts({ action: 'late', extra: { turns: 5 }, wait: false }, { action: 'free', ops: [], wait: false }).prefix],
          },
        ],
      },
    },
  },
]
