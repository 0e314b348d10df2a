/** Programs about several channels side by side, and about wirings that cannot stand side by side. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { act, clientIndex, program } from '../parts.ts'

const count = 3
const channels = ['main', 'bare', 'open', 'opened', 'mute'] as const

const noOps: fc.Arbitrary<Op[]> = fc.array(fc.record({ op: fc.constant('look' as const) }), { minLength: 0, maxLength: 1 })

/** Actions that some of the channels have and others lack. */
const acting: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('act' as const),
  client: clientIndex(count),
  ops: noOps,
  action: fc.constantFrom('probe', 'plain', 'other', 'protected', 'toString'),
})

const starting: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('start' as const),
  variant: fc.constantFrom('duplicate name', 'duplicate route', 'own names and routes'),
})

const spec: fc.Arbitrary<ClientSpec> = fc.record({ channel: fc.constantFrom(...channels) })
const start = (variant: string): Program => ({ clients: [{ channel: 'main' }], prefix: [{ do: 'start', variant }], phases: [] })

export const lifecycleApart: Family = {
  name: 'lifecycle/apart',
  area: 'lifecycle',
  runs: 70,
  arbitrary: program({
    clients: fc.array(spec, { minLength: 1, maxLength: count }),
    prefix: fc.array(
      fc.oneof(
        { weight: 1, arbitrary: starting },
        { weight: 2, arbitrary: acting },
        { weight: 2, arbitrary: act(clientIndex(count), noOps) },
      ),
      {
        minLength: 0,
        maxLength: 3,
      },
    ),
    step: acting,
    phases: 1,
    steps: 2,
  }),
  examples: {
    'LIFE-20 own handlers': {
      clients: [{ channel: 'main' }, { channel: 'open' }, { channel: 'bare' }],
      prefix: [
        { do: 'act', client: 0, ops: [], action: 'plain' },
        { do: 'act', client: 1, ops: [], action: 'probe' },
        { do: 'act', client: 2, ops: [], action: 'other' },
      ],
      phases: [],
    },
    'LIFE-20 name wired twice': start('duplicate name'),
    'LIFE-20 route wired twice': start('duplicate route'),
    'LIFE-20 both wired': start('own names and routes'),
  },
}
