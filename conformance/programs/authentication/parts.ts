/** Building blocks of this area's generators. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Tagged } from '../../../spec/values.ts'
import type { Step } from '../../program.ts'
import { clientIndex } from '../parts.ts'

/** The first client more often than the others: what one connection does in turn is what most of this area is about. */
export const mostlyFirst = (count: number): fc.Arbitrary<number> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: clientIndex(count) })

/** Sessions of other kinds: nested, lists, and some that a careless test takes for none. */
export const sessions: readonly Tagged[] = [
  { user: { name: '*', roles: ['a'] } },
  ['*', { role: 'a' }],
  'user *',
  0,
  '',
  false,
  {
    $: 'object',
    of: [
      ['__proto__', { role: 'a' }],
      ['name', '*'],
    ],
  },
]

/** Operations on sessions, mostly sets: without one nothing is at stake. Their values name the operation, so that each is one of its own. */
export const sessionOp: fc.Arbitrary<Op> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ op: fc.constant('session.set' as const) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('session.set' as const), value: fc.constantFrom(...sessions) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('session.set' as const), then: fc.constant('mutate' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('session.set' as const), mode: fc.constantFrom('track' as const, 'float' as const) }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('session.clear' as const) }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constantFrom('session.get' as const, 'look' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ op: fc.constant('mutate' as const), what: fc.constantFrom('session' as const, 'stored' as const) }),
  },
)

/** What handlers do beside: wait, or throw. */
export const otherOp: fc.Arbitrary<Op> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ op: fc.constant('turn' as const), times: fc.constantFrom(1, 3) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('hold' as const), gate: fc.constantFrom('g', 'h') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('throw' as const),
      error: fc.constantFrom('unauthorised' as const, 'error' as const),
    }),
  },
)

/** Operations that a handler performs in turn. */
export const handlerOps: fc.Arbitrary<Op[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: sessionOp }, { weight: 1, arbitrary: otherOp }),
  { maxLength: 3 },
)

/** Data that the probe's `refusesBad` schema refuses, or takes. */
export const goodOrBad: fc.Arbitrary<{ [key: string]: Tagged }> = fc.record(
  { bad: fc.constantFrom<Tagged[]>(true, 'x'), good: fc.constant(true) },
  { requiredKeys: [] },
) as fc.Arbitrary<{ [key: string]: Tagged }>

/** An act on one of `count` clients; its key, further fields and `wait: false` are there only at times. */
export function actOn(
  count: number,
  actions: readonly (string | null)[],
  more: { ops?: fc.Arbitrary<Op[]>; keys?: readonly string[]; extra?: fc.Arbitrary<{ [key: string]: Tagged }> } = {},
): fc.Arbitrary<Step> {
  const fields = {
    do: fc.constant('act' as const),
    client: mostlyFirst(count),
    ops: more.ops ?? handlerOps,
    action: fc.constantFrom(...actions),
    wait: fc.constant(false),
    ...(more.keys === undefined ? {} : { key: fc.constantFrom(...more.keys) }),
    ...(more.extra === undefined ? {} : { extra: more.extra }),
  }
  return fc.record(fields, { requiredKeys: ['do', 'client', 'ops'] }) as fc.Arbitrary<Step>
}

/** Ends and beginnings of a client's connections, and gates opened. */
export const lifeStep = (count: number): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constantFrom('close' as const, 'connect' as const), client: mostlyFirst(count) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('open gate' as const), gate: fc.constantFrom('g', 'h') }) },
  )
