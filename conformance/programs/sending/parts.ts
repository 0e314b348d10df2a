/** Building blocks of the programs about sending: operations with values, and acts on any action. */
import fc from 'fast-check'
import type { Op, Throwable } from '../../../spec/probe/ops.ts'
import type { Tagged } from '../../../spec/values.ts'
import type { Program, Step } from '../../program.ts'
import { clientIndex } from '../parts.ts'

export const mode = fc.constantFrom('await' as const, 'track' as const, 'float' as const)

/** A value of one of these sets, each as likely as the others. */
export const valueIn = (...sets: (readonly Tagged[])[]): fc.Arbitrary<Tagged> =>
  fc.oneof(...sets.map((set) => fc.constantFrom(...set)))

/** A send, a publish and a return of such a value. */
export function sendOf(value: fc.Arbitrary<Tagged>): fc.Arbitrary<Op> {
  return fc.record({ op: fc.constant('send' as const), value, mode }, { requiredKeys: ['op', 'value'] })
}
export function publishOf(value: fc.Arbitrary<Tagged>): fc.Arbitrary<Op> {
  const record = {
    op: fc.constant('publish' as const),
    topic: fc.constant('t'),
    exclude: fc.constant(null),
    value,
    mode,
  }
  return fc.record(record, {
    requiredKeys: ['op', 'topic', 'exclude', 'value'],
  })
}
export function returnOf(value: fc.Arbitrary<Tagged>): fc.Arbitrary<Op> {
  return fc.record({ op: fc.constant('return' as const), value }, { requiredKeys: ['op'] })
}

/** What errors say that are thrown with words of their own; an empty message is one, too. */
export const messages = ['', 'a "quoted" \u2028 \ud83d\ude00 text', 'x'.repeat(300)] as const

export function throwOf(kinds: readonly Throwable[]): fc.Arbitrary<Op> {
  const record = {
    op: fc.constant('throw' as const),
    error: fc.constantFrom(...kinds),
    message: fc.constantFrom(...messages),
    late: fc.constant(true),
  }
  return fc.record(record, { requiredKeys: ['op', 'error'] })
}

export const subscribed: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('subscribe' as const),
  topic: fc.constant('t'),
})

/** An act of one of `count` clients, on one of `actions` (null: unrouted) or its channel's ordinary one. */
export function actOn(
  count: number,
  actions: readonly (string | null)[],
  ops: fc.Arbitrary<Op[]>,
  wait?: false,
): fc.Arbitrary<Step> {
  const record = {
    do: fc.constant('act' as const),
    client: clientIndex(count),
    ops,
    action: fc.constantFrom(...actions),
    wait: fc.constant(false),
  }
  return fc.record(record, {
    requiredKeys: wait === false ? ['do', 'client', 'ops', 'wait'] : ['do', 'client', 'ops'],
  }) as fc.Arbitrary<Step>
}

/** A client of two routing keys, and an act by the second of them whose message may hold the first as well. */
export const keyedClient: Program['clients'][number] = { channel: 'keys-public' }
export const keyedAct = (count: number, ops: fc.Arbitrary<Op[]>): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.constant('act' as const),
    client: clientIndex(count),
    ops,
    key: fc.constant('kind'),
    action: fc.constantFrom('absent over false', 'second only'),
    extra: fc.record({ action: fc.constantFrom<Tagged[]>('Nobody, or nothing', 'second only', '', 7) }, { requiredKeys: [] }),
  }) as fc.Arbitrary<Step>
/** Such an act of client 0 with another value for the first key. */
export const byKind = (...ops: Op[]): Step => ({
  do: 'act',
  client: 0,
  ops,
  key: 'kind',
  action: 'absent over false',
  extra: { action: 'Nobody, or nothing' },
})

/** Client 0 does these acts, one after another; an action of its own may stand before the operations. */
export function oneClient(clients: Program['clients'], ...acts: (Op[] | [action: string | null, ops: Op[]])[]): Program {
  const prefix = acts.map((of): Step => {
    const [action, ops] = of
    return Array.isArray(ops)
      ? { do: 'act', client: 0, ops, action: action as string | null }
      : { do: 'act', client: 0, ops: of as Op[] }
  })
  return { clients, prefix, phases: [] }
}
