/** Programs whose clients go while their onConnect is held at a gate, with messages sent meanwhile. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Program } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { acts, hold, look, of, openGate, script, send, subscribeT, thrown, turn } from './parts.ts'

const client = clientIndex(2)
const connect: fc.Arbitrary<Op[]> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.oneof(subscribeT, send, turn),
      hold,
      fc.oneof({ weight: 4, arbitrary: subscribeT }, { weight: 1, arbitrary: thrown }),
    ),
  },
  { weight: 1, arbitrary: script(fc.oneof(hold, subscribeT)) },
)
const ends = fc.oneof(of('close', client), of('vanish', client))
const held: Op[] = [
  { op: 'subscribe', topic: 't' },
  { op: 'hold', gate: 'g' },
  { op: 'subscribe', topic: 'u' },
]
const gone: ClientSpec = { channel: 'main', connect: held }

const left = (way: 'close' | 'vanish'): Program => ({
  clients: [gone],
  prefix: [
    { do: 'act', client: 0, ops: [], wait: false },
    { do: way, client: 0 },
    { do: 'open gate', gate: 'g' },
  ],
  phases: [],
})

export const lifecycleGone: Family = {
  name: 'lifecycle/gone',
  area: 'lifecycle',
  runs: 80,
  arbitrary: program({
    clients: fc.array(
      fc.record(
        { channel: fc.constant('main'), connect, disconnect: script(fc.oneof(look, turn), 1) },
        { requiredKeys: ['channel', 'connect'] },
      ),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
    prefix: fc.oneof(
      fc.array(fc.oneof(acts(client, script(send, 1)), ends, openGate), { minLength: 0, maxLength: 4 }),
      fc.tuple(acts(client, script(send, 1)), ends, openGate),
    ),
    step: fc.oneof(acts(client, script(send, 1)), of('close', client), of('vanish', client), openGate),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'LIFE-19 no message handler': left('close'),
    'LIFE-19 onDisconnect runs': left('vanish'),
    'LIFE-19 after onConnect': left('close'),
    'LIFE-19 nothing remains': left('close'),
  },
}
