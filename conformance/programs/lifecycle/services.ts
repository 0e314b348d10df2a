/** Programs about per-event services, and about the values that sessions may be. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Tagged } from '../../../spec/values.ts'
import type { ClientSpec, Program } from '../../program.ts'
import type { Family } from '../family.ts'
import { act, clientIndex, plainClient, program } from '../parts.ts'

const count = 2
const client = clientIndex(count)

const poison = fc.record({ op: fc.constant('poison' as const) })
const failure = fc.record({
  op: fc.constant('throw' as const),
  error: fc.constantFrom('error' as const, 'forbidden' as const, 'undefined' as const),
})
const turn = fc.record({ op: fc.constant('turn' as const), times: fc.constantFrom(1, 3) })
const working: fc.Arbitrary<Op> = fc.oneof(
  poison,
  failure,
  turn,
  fc.record({ op: fc.constant('send' as const) }),
) as fc.Arbitrary<Op>
const harmless: fc.Arbitrary<Op> = fc.oneof(poison, turn) as fc.Arbitrary<Op>

const spec: fc.Arbitrary<ClientSpec> = fc.oneof(
  fc.constant(plainClient),
  fc.record({
    channel: fc.constant('main'),
    connect: fc.array(harmless, { minLength: 0, maxLength: 2 }),
    disconnect: fc.array(fc.oneof(harmless, failure) as fc.Arbitrary<Op>, { minLength: 0, maxLength: 2 }),
  }),
)

const acts = (...ops: Op[][]): Program => ({
  clients: [plainClient],
  prefix: ops.map((each) => ({ do: 'act', client: 0, ops: each })),
  phases: [],
})

export const lifecycleServices: Family = {
  name: 'lifecycle/services',
  area: 'lifecycle',
  runs: 60,
  arbitrary: program({
    clients: fc.array(spec, { minLength: 1, maxLength: count }),
    prefix: fc.array(act(client, fc.array(working, { minLength: 0, maxLength: 3 })), { minLength: 0, maxLength: 3 }),
    step: act(client, fc.array(working, { minLength: 0, maxLength: 2 }), fc.constantFrom(undefined, false)),
    phases: 1,
  }),
  examples: {
    'LIFE-24 made once per event': acts([], [], []),
    'LIFE-24 told of the event': {
      clients: [{ channel: 'main', connect: [], disconnect: [] }],
      prefix: [{ do: 'act', client: 0, ops: [] }],
      phases: [],
    },
    'LIFE-24 disposed': acts([{ op: 'turn', times: 3 }]),
    'LIFE-24 by the first way': acts([{ op: 'send' }], [], []),
    'LIFE-24 disposed after a throw': acts([{ op: 'throw', error: 'error' }]),
    'LIFE-24 failure logged': acts([{ op: 'poison' }], []),
    'LIFE-24 failure changes nothing': {
      clients: [{ channel: 'main', connect: [{ op: 'poison' }], disconnect: [{ op: 'poison' }] }],
      prefix: [{ do: 'act', client: 0, ops: [{ op: 'poison' }] }],
      phases: [],
    },
  },
}

/** A value that JSON would change, alone and inside of others. */
const changed: fc.Arbitrary<Tagged> = fc.oneof(
  fc.record({ $: fc.constantFrom('undefined', 'nan', 'infinity', 'function', 'cycle', 'undefined toJSON') }),
  fc.record({ $: fc.constant('date'), of: fc.constant('2026-01-01T00:00:00.000Z') }),
  fc.record({ $: fc.constantFrom('bigint', 'symbol'), of: fc.constant('1') }),
  fc.record({ $: fc.constant('bytes'), of: fc.constant('00ff') }),
  fc.record({ $: fc.constant('toJSON'), of: fc.constant(1) }),
)
const kept: fc.Arbitrary<Tagged> = fc.constantFrom(0, '', false, true, -1.5, 'text', '\ud83d\ude00\u2028')
const nested = (of: fc.Arbitrary<Tagged>): fc.Arbitrary<Tagged> =>
  fc.oneof(
    of,
    fc.record({ user: of }),
    fc.array(of, { maxLength: 2 }),
    fc.record({ user: fc.array(fc.oneof(of, fc.constant(null)), { maxLength: 2 }) }),
  )

const set: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('session.set' as const),
  value: fc.oneof(
    nested(changed),
    nested(changed),
    nested(kept),
    fc.record({ user: fc.record({ id: kept, roles: fc.array(kept, { maxLength: 2 }) }) }),
  ),
})
const settings = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: set },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('session.get' as const) }) },
  ) as fc.Arbitrary<Op>,
  {
    minLength: 1,
    maxLength: 3,
  },
)

export const lifecycleSessionValues: Family = {
  name: 'lifecycle/session values',
  area: 'lifecycle',
  runs: 90,
  arbitrary: program({
    clients: fc.array(fc.constant(plainClient), { minLength: 1, maxLength: 1 }),
    prefix: fc.array(act(fc.constant(0), settings), { minLength: 1, maxLength: 3 }),
    step: act(fc.constant(0), settings),
    phases: 0,
  }),
  examples: {
    'LIFE-22 session refused': acts([{ op: 'session.set', value: { user: [{ $: 'date', of: '2026-01-01T00:00:00.000Z' }] } }]),
    'LIFE-22 session taken': acts([{ op: 'session.set', value: { user: { id: 0, roles: ['text'] } } }]),
  },
}
