/** Programs that change values after they were given away, or look at them again. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Family } from '../family.ts'
import { plainClient, program } from '../parts.ts'
import { actOn, mode, oneClient, subscribed } from './parts.ts'
import { bytes, frozen, json } from './values.ts'

const count = 2
const values = [bytes.bytes, bytes.buffer, bytes.view, json.marked, json.withKey, json.nested, json.list, frozen]
const then = fc.constantFrom('mutate' as const, 'watch' as const)
const value = fc.constantFrom(...values)
const clients = fc.array(fc.constant(plainClient), {
  minLength: 1,
  maxLength: count,
})

const sends: fc.Arbitrary<Op> = fc.record(
  { op: fc.constant('send' as const), value, then, mode },
  { requiredKeys: ['op', 'value', 'then'] },
)
const returns: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('return' as const),
  value,
  then,
})
const publishes: fc.Arbitrary<Op> = fc.record(
  {
    op: fc.constant('publish' as const),
    topic: fc.constant('t'),
    exclude: fc.constant(null),
    value,
    then,
    mode,
  },
  { requiredKeys: ['op', 'topic', 'exclude', 'value', 'then'] },
)
const actions = [null, 'other']

export const sendingSnapshots: Family = {
  name: 'sending/snapshots',
  area: 'sending',
  runs: 90,
  arbitrary: program({
    clients,
    prefix: fc.array(
      actOn(
        count,
        actions,
        fc.array(fc.oneof(subscribed, sends, returns), {
          minLength: 1,
          maxLength: 2,
        }),
      ),
      { minLength: 0, maxLength: 3 },
    ),
    step: actOn(
      count,
      actions,
      fc.array(
        fc.oneof({ weight: 1, arbitrary: sends }, { weight: 2, arbitrary: returns }, { weight: 1, arbitrary: publishes }),
        { minLength: 1, maxLength: 2 },
      ),
    ),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'SEND-06 a later change of what was sent': oneClient(
      [plainClient],
      [{ op: 'send', value: json.marked, then: 'mutate' }],
      [{ op: 'send', value: bytes.buffer, then: 'mutate', mode: 'float' }],
    ),
    'SEND-06 a later change of what was returned': oneClient(
      [plainClient],
      [{ op: 'return', value: json.marked, then: 'mutate' }],
    ),
    'SEND-06 nothing is changed': oneClient(
      [plainClient],
      [{ op: 'return', value: json.withKey, then: 'watch' }],
      [{ op: 'return', value: json.marked, then: 'watch' }],
      [{ op: 'send', value: json.nested, then: 'watch' }],
    ),
  },
}
