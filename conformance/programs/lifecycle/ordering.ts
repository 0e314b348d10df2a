/** Programs about the order of handlers: pipelined messages whose handlers wait, turn after turn or at a gate. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Family } from '../family.ts'
import { act, clientIndex, plainClient, program } from '../parts.ts'

const count = 2
const client = clientIndex(count)

const waiting: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ op: fc.constant('turn' as const), times: fc.constantFrom(1, 2, 5) }),
  fc.record({ op: fc.constant('hold' as const), gate: fc.constantFrom('g', 'h') }),
  fc.record({ op: fc.constant('send' as const) }),
)
const ops = fc.array(waiting, { minLength: 0, maxLength: 2 })

export const lifecycleOrdering: Family = {
  name: 'lifecycle/ordering',
  area: 'lifecycle',
  runs: 100,
  arbitrary: program({
    clients: fc.array(fc.constant(plainClient), { minLength: 1, maxLength: count }),
    prefix: fc.array(act(client, ops, fc.constant(false)), { minLength: 0, maxLength: 2 }),
    step: fc.oneof(
      { weight: 4, arbitrary: act(client, ops, fc.constant(false)) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('open gate' as const), gate: fc.constantFrom('g', 'h') }) },
    ),
    lanes: 2,
    steps: 4,
  }),
  examples: {
    'LIFE-15 in the order sent': {
      clients: [plainClient],
      prefix: [
        { do: 'act', client: 0, ops: [{ op: 'hold', gate: 'g' }], wait: false },
        { do: 'act', client: 0, ops: [], wait: false },
      ],
      phases: [],
    },
    'LIFE-15 one at a time': {
      clients: [plainClient],
      prefix: [
        { do: 'act', client: 0, ops: [{ op: 'hold', gate: 'g' }], wait: false },
        { do: 'act', client: 0, ops: [], wait: false },
        { do: 'open gate', gate: 'g' },
      ],
      phases: [],
    },
  },
}
