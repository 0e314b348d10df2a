/** Programs about onConnect: what it sends, returns, waits for and throws, while its client sends already. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { act, clientIndex, program, subscribe } from '../parts.ts'

const count = 2
const client = clientIndex(count)
const gate = fc.constantFrom('g', 'h')

const turn = fc.record({ op: fc.constant('turn' as const), times: fc.constantFrom(1, 2, 5) })
const send = fc.record(
  { op: fc.constant('send' as const), mode: fc.constantFrom('track' as const, 'float' as const) },
  { requiredKeys: ['op'] },
)
const failure = fc.record(
  {
    op: fc.constant('throw' as const),
    error: fc.constantFrom('error' as const, 'unauthorised' as const, 'public' as const, 'string' as const, 'undefined' as const),
    late: fc.constant(true),
  },
  { requiredKeys: ['op', 'error'] },
)

const hold = fc.record({ op: fc.constant('hold' as const), gate })
const onConnectOp: fc.Arbitrary<Op> = fc.oneof(
  { weight: 4, arbitrary: send },
  { weight: 4, arbitrary: fc.record({ op: fc.constant('return' as const) }) },
  { weight: 6, arbitrary: hold },
  { weight: 2, arbitrary: turn },
  { weight: 3, arbitrary: subscribe },
  { weight: 1, arbitrary: failure },
) as fc.Arbitrary<Op>
const onConnectOps = fc.array(onConnectOp, { minLength: 0, maxLength: 4 })
const failing = fc.oneof(
  fc.tuple(failure),
  fc.tuple(subscribe, failure),
  fc.tuple(fc.record({ op: fc.constant('close' as const) }), failure),
  fc.tuple(onConnectOp, onConnectOp, failure),
) as fc.Arbitrary<Op[]>

const spec: fc.Arbitrary<ClientSpec> = fc.record({
  channel: fc.constantFrom('main', 'main', 'opened'),
  connect: fc.oneof({ weight: 4, arbitrary: onConnectOps }, { weight: 1, arbitrary: failing }),
})

const messageOps: fc.Arbitrary<Op[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ op: fc.constant('send' as const) }) },
    { weight: 2, arbitrary: turn },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('close' as const) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('look' as const) }) },
  ) as fc.Arbitrary<Op>,
  { minLength: 0, maxLength: 2 },
)

// A waited act would wait for the gate that onConnect holds at.
const pipelined = act(client, messageOps, fc.constant(false))

const one = (connect: Op[], ...steps: Step[]): Program => ({ clients: [{ channel: 'main', connect }], prefix: steps, phases: [] })
const two = (connect: Op[]): Program => ({ clients: [1, 2].map(() => ({ channel: 'main', connect })), prefix: [], phases: [] })
const message = (...ops: Op[]): Step => ({ do: 'act', client: 0, ops, wait: false })

export const lifecycleConnecting: Family = {
  name: 'lifecycle/connecting',
  area: 'lifecycle',
  runs: 280,
  arbitrary: program({
    clients: fc.array(spec, { minLength: 1, maxLength: count }),
    prefix: fc.array(
      fc.oneof(
        { weight: 4, arbitrary: pipelined },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('open gate' as const), gate }) },
      ),
      {
        minLength: 0,
        maxLength: 6,
      },
    ),
    step: pipelined,
    phases: 1,
    lanes: 2,
    steps: 2,
  }),
  examples: {
    'LIFE-03 a non-empty string': one([{ op: 'turn', times: 1 }]),
    'LIFE-03 same in every handler': one([], message()),
    'LIFE-03 never shared': two([]),
    'LIFE-03 hard to guess': two([{ op: 'turn', times: 1 }]),
    'LIFE-05 in onConnect': one([{ op: 'turn', times: 5 }]),
    'LIFE-05 in a message handler': one([{ op: 'turn', times: 5 }], message({ op: 'look' })),
    'LIFE-05 in onDisconnect': one([{ op: 'turn', times: 2 }]),
    'LIFE-05 never back': one([], message({ op: 'look' }), message({ op: 'turn', times: 1 })),
    'LIFE-05 after close()': one([], message({ op: 'close' }, { op: 'look' })),
    'LIFE-06 exactly once': one([{ op: 'send' }], message({ op: 'send' })),
    'LIFE-06 before any message handler': one([{ op: 'turn', times: 2 }], message()),
    'LIFE-07 waits for onConnect': one([{ op: 'hold', gate: 'g' }], message(), { do: 'open gate', gate: 'g' }),
    'LIFE-07 held in order': one([{ op: 'hold', gate: 'g' }], message({ op: 'send' }), message(), message(), {
      do: 'open gate',
      gate: 'g',
    }),
    'LIFE-07 none lost': one([{ op: 'hold', gate: 'g' }], message(), { do: 'open gate', gate: 'g' }, message()),
    'LIFE-08 sent': one([{ op: 'return' }]),
    'LIFE-08 after what it sent itself': one([{ op: 'send' }, { op: 'send', mode: 'track' }, { op: 'return' }]),
    'LIFE-08 before any reply': one([{ op: 'hold', gate: 'g' }, { op: 'return' }], message(), { do: 'open gate', gate: 'g' }),
    'LIFE-09 refused or closed': one([{ op: 'throw', error: 'error' }]),
    'LIFE-09 refused or closed: having closed itself': one([{ op: 'close' }, { op: 'throw', error: 'error' }]),
    'LIFE-09 no error reply': one([{ op: 'send' }, { op: 'throw', error: 'public', late: true }]),
    'LIFE-09 no other handler': one(
      [
        { op: 'hold', gate: 'g' },
        { op: 'throw', error: 'error' },
      ],
      message(),
      { do: 'open gate', gate: 'g' },
    ),
    'LIFE-09 subscriptions gone': one([
      { op: 'subscribe', topic: 't' },
      { op: 'throw', error: 'error' },
    ]),
  },
}
