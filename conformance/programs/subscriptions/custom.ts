/** Programs with subscribers of the application's own: registered, throwing, excluded, closed, registered again. */
import fc from 'fast-check'
import type { Op, Who } from '../../../spec/probe/ops.ts'
import type { Tagged } from '../../../spec/values.ts'
import type { Phase, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, exclusion, program, subscribe } from '../parts.ts'
import { act, actOf, freshClient, hosted, mode, pub, sequence, sub } from '../pubsub.ts'
import { bytes } from '../sending/values.ts'

const count = 2
/** Alike under some reading: ids are text as topics are. */
const alike = ['r', 'R', 'r ', 'rr', '\u00e9', 'e\u0301', '\u00c9', '__proto__', '0', '00', 'r:s', 'r/*'] as const
const ids = fc.oneof({ weight: 8, arbitrary: fc.constantFrom('r', 's') }, { weight: 1, arbitrary: fc.constantFrom(...alike) })
const register: fc.Arbitrary<Op> = fc.record(
  {
    op: fc.constant('register' as const),
    id: ids,
    topics: fc.array(fc.constantFrom('t', 'u'), { minLength: 1, maxLength: 2 }),
    throws: fc.constantFrom(true, 'at once' as const),
  },
  { requiredKeys: ['op', 'id', 'topics'] },
)
const unregister: fc.Arbitrary<Op> = fc.record({ op: fc.constant('unregister' as const), id: ids })
const who = fc.record({ custom: ids })
/** A channel's id is in use: that shows by itself, and takes nothing from anybody. */
const usurp: Op = { op: 'register', id: '@0', topics: ['t'] }
const usurps = act(0, usurp)
const usurping: fc.Arbitrary<Program> = fc.record({
  clients: fc.tuple(fc.constant(freshClient), fc.constant(freshClient)),
  prefix: fc.array(fc.constantFrom(usurps, act(1, usurp)), { minLength: 1, maxLength: 2 }),
  phases: fc.array(fc.constant<Phase>({ lanes: [] }), { maxLength: 0 }),
})
const changes: fc.Arbitrary<Op> = fc.record({
  op: fc.constantFrom('subscribe' as const, 'unsubscribe' as const),
  topic: fc.constantFrom('t', 'u'),
  who,
}) as fc.Arbitrary<Op>
const exclude: fc.Arbitrary<null | Who> = fc.oneof({ weight: 2, arbitrary: exclusion(count) }, { weight: 4, arbitrary: who })
/** Bytes, text, and text of no length: whatever kind of message it becomes. */
const value = fc.constantFrom<Tagged>(bytes.view, 'text *', '')
const publishValue: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('publish' as const),
  topic: fc.constant('t'),
  exclude: fc.constant(null),
  value,
})
const publish: fc.Arbitrary<Op> = fc.record(
  { op: fc.constant('publish' as const), topic: fc.constantFrom('t', 'u'), exclude, mode },
  { requiredKeys: ['op', 'topic', 'exclude'] },
) as fc.Arbitrary<Op>
const host = fc.record({
  do: fc.constant('publish' as const),
  topic: fc.constantFrom('t', 'u'),
  exclude: fc.oneof(fc.constant(null), who),
}) as fc.Arbitrary<Step>

const client = clientIndex(count)
const published = (of: Tagged): Op => ({ op: 'publish', topic: 't', exclude: null, value: of })
const registers = (id: string, throws?: true | 'at once'): Op => ({
  op: 'register',
  id,
  topics: ['t'],
  ...(throws === undefined ? {} : { throws }),
})
const one = [freshClient]
const two = [freshClient, freshClient]

/** More in one handler than most have. */
const several = actOf(client, fc.oneof({ weight: 2, arbitrary: register }, unregister, publish), 12)

const registering = program({
  clients: fc.array(fc.constant(freshClient), { minLength: 1, maxLength: count }),
  prefix: fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: actOf(
          client,
          fc.oneof(
            { weight: 3, arbitrary: register },
            { weight: 2, arbitrary: subscribe },
            { weight: 1, arbitrary: unregister },
            { weight: 1, arbitrary: publish },
            { weight: 1, arbitrary: publishValue },
          ),
        ),
      },
      { weight: 1, arbitrary: host },
      { weight: 1, arbitrary: several },
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  step: fc.oneof(
    { weight: 3, arbitrary: actOf(client, publish) },
    { weight: 2, arbitrary: host },
    { weight: 2, arbitrary: actOf(client, fc.oneof(unregister, register, changes), 2) },
  ),
  lanes: 2,
})

export const subscriptionCustom: Family = {
  name: 'subscriptions/custom',
  area: 'subscriptions',
  runs: 130,
  arbitrary: fc.oneof({ weight: 15, arbitrary: registering }, { weight: 1, arbitrary: usurping }),
  examples: {
    'SUB-11 receives: whatever its id is': sequence(
      one,
      act(0, ...alike.map((id) => registers(id))),
      act(0, pub('t', { custom: 'R' })),
      act(0, { op: 'unregister', id: 'e\u0301' }, pub('t', { custom: 'rr' })),
    ),
    'SUB-11 receives: beside a channel that is excluded': sequence(
      two,
      act(0, registers('r'), sub()),
      act(1, sub()),
      act(0, pub('t', 'self'), pub('t', { client: 1 }), pub('t', { id: 'nobody' })),
    ),
    'SUB-11 ends: at once': sequence(one, act(0, registers('r'), registers('s'), { op: 'unregister', id: 'r' }, pub())),
    'SUB-11 receives: registered again': sequence(
      one,
      act(0, registers('r'), { op: 'unregister', id: 'r' }, registers('r'), pub()),
      act(0, { op: 'unregister', id: 'r' }, pub(), registers('r')),
      hosted(),
    ),
    'SUB-11 receives': sequence(one, act(0, registers('r')), hosted()),
    'SUB-11 receives: bytes': sequence(one, act(0, registers('r')), act(0, published(bytes.view))),
    'SUB-11 receives: nothing but the message': sequence(one, act(0, registers('r')), act(0, published(''))),
    'SUB-11 excluded': sequence(one, act(0, registers('r')), act(0, pub('t', { custom: 'r' }))),
    'SUB-11 ends': sequence(one, act(0, registers('r')), act(0, { op: 'unregister', id: 'r' }), hosted()),
    'SUB-11 an id in use: a channel’s': { clients: two, prefix: [usurps], phases: [] },
    'SUB-11 an id in use': sequence(one, act(0, registers('r')), act(0, registers('r'))),
    'SUB-11 harms no other': sequence(two, act(0, registers('r', 'at once')), act(1, sub()), act(0, pub())),
  },
}
