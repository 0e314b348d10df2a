/** Two small families over `main` alone, for the engine's own tests on the minimal system. */
import fc from 'fast-check'
import type { Op } from '../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../program.ts'
import type { Family } from '../programs/family.ts'

const main: ClientSpec = { channel: 'main' }
const client = fc.constantFrom(0, 1)
const topic = fc.constantFrom('t', 'u')

const acts = (ops: fc.Arbitrary<Op[]>, wait: fc.Arbitrary<boolean>): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('act' as const), client, ops, wait })

const programs = (step: fc.Arbitrary<Step>): fc.Arbitrary<Program> =>
  fc.record({
    clients: fc.array(fc.constant(main), { minLength: 1, maxLength: 2 }),
    prefix: fc.array(step, { maxLength: 4 }),
    phases: fc.array(
      fc.record({ lanes: fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }) }),
      {
        maxLength: 1,
      },
    ),
  })

const subscribe: fc.Arbitrary<Op> = fc.record({ op: fc.constant('subscribe' as const), topic })
const publish: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('publish' as const),
  topic,
  exclude: fc.constantFrom(null, 'self' as const),
})
const waiting: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ op: fc.constant('turn' as const), times: fc.constantFrom(1, 3) }),
  fc.record({ op: fc.constant('hold' as const), gate: fc.constantFrom('g', 'h') }),
)

const act = (index: number, ops: Op[], wait = true): Step => ({ do: 'act', client: index, ops, wait })

/** Programs that exercise PUB-02 and LIFE-15. */
export const plainFamilies: readonly Family[] = [
  {
    name: 'plain/publishing',
    area: 'publishing',
    runs: 60,
    arbitrary: programs(acts(fc.array(fc.oneof(subscribe, publish), { minLength: 1, maxLength: 2 }), fc.constant(true))),
    examples: {
      'PUB-02 everyone else': {
        clients: [main, main],
        prefix: [
          act(0, [{ op: 'subscribe', topic: 't' }]),
          act(1, [{ op: 'subscribe', topic: 't' }]),
          act(0, [{ op: 'publish', topic: 't', exclude: 'self' }]),
        ],
        phases: [],
      },
    },
  },
  {
    name: 'plain/ordering',
    area: 'lifecycle',
    runs: 60,
    arbitrary: programs(acts(fc.array(waiting, { maxLength: 2 }), fc.constant(false))),
    examples: {
      'LIFE-15 one at a time': {
        clients: [main],
        prefix: [act(0, [{ op: 'hold', gate: 'g' }], false), act(0, [], false)],
        phases: [],
      },
    },
  },
]
