/** Programs whose handlers outlast their connection by more than the handler deadline, which is short here. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'

const held = (gate: string): Op[] => [{ op: 'hold', gate }]
const holding = (gate: string): fc.Arbitrary<Op[]> =>
  fc.tuple(fc.record({ op: fc.constant('hold' as const), gate: fc.constant(gate) })) as fc.Arbitrary<Op[]>
const end = (client: number): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constantFrom('close' as const, 'vanish' as const), client: fc.constant(client) })

/**
 * The first client goes while its onConnect is held, then the second while a handler of its own is. When onDisconnect of
 * the second begins, its deadline has passed, and that of the first, which went before it, has too.
 */
export const lifecycleOutlasting: Family = {
  name: 'lifecycle/outlasting',
  area: 'lifecycle',
  runs: 10,
  arbitrary: fc.record({
    clients: fc.tuple(
      fc.record({ channel: fc.constant('main'), connect: holding('g') }),
      fc.record({ channel: fc.constantFrom('main', 'open') }),
    ) as fc.Arbitrary<ClientSpec[]>,
    prefix: fc.tuple(
      end(0),
      fc.record({
        do: fc.constant('act' as const),
        client: fc.constant(1),
        ops: holding('h'),
        wait: fc.constant(false),
      }),
      end(1),
      fc.record({ do: fc.constant('open gate' as const), gate: fc.constantFrom('g', 'h') }),
    ) as fc.Arbitrary<Step[]>,
    phases: fc.array(fc.record({ lanes: fc.array(fc.array(end(0))) }), { maxLength: 0 }),
    system: fc.record({ handler: fc.constant(20) }),
  }) as fc.Arbitrary<Program>,
  examples: {
    'LIFE-11 no longer than the deadline': {
      clients: [{ channel: 'main', connect: held('g') }, { channel: 'open' }],
      prefix: [
        { do: 'vanish', client: 0 },
        { do: 'act', client: 1, ops: held('h'), wait: false },
        { do: 'vanish', client: 1 },
        { do: 'open gate', gate: 'h' },
      ],
      phases: [],
      system: { handler: 20 },
    },
    'LIFE-19 onDisconnect runs: past the handler deadline': {
      clients: [{ channel: 'main', connect: held('g') }, { channel: 'main' }],
      prefix: [
        { do: 'close', client: 0 },
        { do: 'act', client: 1, ops: held('h'), wait: false },
        { do: 'close', client: 1 },
        { do: 'open gate', gate: 'g' },
      ],
      phases: [],
      system: { handler: 20 },
    },
  },
}
