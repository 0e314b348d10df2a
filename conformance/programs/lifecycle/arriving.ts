/** Programs whose clients send the moment their handshake has completed: nobody waits for onConnect first. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { acts, of, returned, script, send, subscribeT, turn } from './parts.ts'

const first = fc.constant(0)
/** Steps that only pass time: when they are over the handshake has been asked for, and whoever sends waits for it alone. */
const meanwhile: Step = { do: 'open gate', gate: 'h' }
const passing = [meanwhile, meanwhile, meanwhile, meanwhile, meanwhile, meanwhile]
const at: fc.Arbitrary<Step> = fc.constant(meanwhile)

const quiet = fc.oneof({ weight: 3, arbitrary: turn }, { weight: 2, arbitrary: send }, { weight: 1, arbitrary: subscribeT })
const greeting = fc.oneof({ weight: 3, arbitrary: quiet }, { weight: 1, arbitrary: returned })
const comes: fc.Arbitrary<ClientSpec> = fc.record({
  channel: fc.constant('main'),
  connect: script(greeting),
  late: fc.constant(true),
})
const said = acts(first, script(quiet, 2))
const lane = fc.oneof(fc.tuple(at, at, at, at, at, at, said), fc.tuple(at, at, at, at, at, at, said, said)) as fc.Arbitrary<
  Step[]
>

const arriving = (connect: Op[], ...steps: Step[]): Program => ({
  clients: [{ channel: 'main', connect, late: true }],
  prefix: [],
  phases: [{ lanes: [[{ do: 'connect', client: 0 }], [...passing, ...steps]] }],
})
const message = (...ops: Op[]): Step => ({ do: 'act', client: 0, ops, wait: false })

export const lifecycleArriving: Family = {
  name: 'lifecycle/arriving',
  area: 'lifecycle',
  runs: 30,
  arbitrary: fc.record({
    clients: fc.tuple(comes),
    prefix: fc.array(said, { maxLength: 0 }),
    phases: fc.tuple(fc.record({ lanes: fc.tuple(fc.tuple(of('connect', first)), lane) })),
  }),
  examples: {
    'LIFE-06 before any message handler: of a client that sends at once': arriving([{ op: 'turn', times: 3 }], message()),
    'LIFE-07 waits for onConnect: with messages sent at once': arriving(
      [{ op: 'turn', times: 3 }, { op: 'send' }],
      message({ op: 'send' }),
      message(),
    ),
  },
}
