/** Programs about the order of handlers: pipelined messages whose handlers wait, turn after turn or at a gate. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Step } from '../../program.ts'
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

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: act(client, ops, fc.constant(false)) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('text' as const), client, text: fc.constantFrom('', 'hello $id') }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('bytes' as const), client, hex: fc.constantFrom('00ff80', '68656c6c6f') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('open gate' as const), gate: fc.constantFrom('g', 'h') }) },
)

/** Another client's, waited for: time in which a queue is worked off. */
const meanwhile = { do: 'act' as const, client: 1, ops: [{ op: 'turn' as const, times: 5 }] }
const workingOff = [meanwhile, meanwhile, meanwhile, meanwhile]
const behind: Step = { do: 'act', client: 0, ops: [], wait: false }
const text = (sent: string): Step => ({ do: 'text', client: 0, text: sent })
const bytes = (hex: string): Step => ({ do: 'bytes', client: 0, hex })
const held: Step = { do: 'act', client: 0, ops: [{ op: 'hold', gate: 'g' }], wait: false }

export const lifecycleOrdering: Family = {
  name: 'lifecycle/ordering',
  area: 'lifecycle',
  runs: 100,
  arbitrary: program({
    clients: fc.array(fc.constant(plainClient), { minLength: 1, maxLength: count }),
    prefix: fc.oneof(
      { weight: 20, arbitrary: fc.array(step, { minLength: 0, maxLength: 5 }) },
      { weight: 1, arbitrary: fc.array(fc.oneof({ weight: 9, arbitrary: step }, fc.constant(meanwhile)), { maxLength: 120 }) },
    ),
    step,
    lanes: 2,
    steps: 4,
  }),
  examples: {
    'LIFE-15 in the order sent': { clients: [plainClient], prefix: [held, behind], phases: [] },
    'LIFE-15 one at a time': { clients: [plainClient], prefix: [held, behind, { do: 'open gate', gate: 'g' }], phases: [] },
    'LIFE-15 each in its turn': { clients: [plainClient], prefix: [held, behind], phases: [] },
    'LIFE-15 each in its turn: the empty text': {
      clients: [plainClient],
      prefix: [held, text(''), text('hello $id'), { do: 'open gate', gate: 'g' }, text('hello $id')],
      phases: [],
    },
    'LIFE-15 each in its turn: bytes': {
      clients: [plainClient],
      prefix: [held, bytes('00ff80'), bytes('68656c6c6f'), behind, { do: 'open gate', gate: 'g' }],
      phases: [],
    },
    'LIFE-15 in the order sent: more than some queues take': {
      clients: [plainClient, plainClient],
      prefix: [held, ...Array.from({ length: 110 }, () => behind), { do: 'open gate', gate: 'g' }, ...workingOff],
      phases: [],
    },
    'LIFE-15 one at a time: many': { clients: [plainClient], prefix: [held, behind, behind, behind, behind], phases: [] },
  },
}
