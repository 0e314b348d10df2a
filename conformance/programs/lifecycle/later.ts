/** Programs that use a channel after the handler that was given it has settled. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { acts, clients, close, of, openGate, publishT, script, send, subscribeT, turn } from './parts.ts'

const client = clientIndex(2)
const used = fc.oneof(
  { weight: 3, arbitrary: send },
  { weight: 3, arbitrary: publishT },
  { weight: 1, arbitrary: close },
  { weight: 1, arbitrary: turn },
)
const arm: fc.Arbitrary<Op> = fc.record(
  { op: fc.constant('arm' as const), ops: fc.array(used, { minLength: 1, maxLength: 3 }), gate: fc.constantFrom('g', 'h') },
  { requiredKeys: ['op', 'ops'] },
)
const arming = fc.oneof({ weight: 3, arbitrary: arm }, { weight: 1, arbitrary: subscribeT })
const some = fc.array(arming, { minLength: 1, maxLength: 2 })
const plain: ClientSpec = { channel: 'main' }
const subscribed: ClientSpec = {
  channel: 'main',
  connect: [
    { op: 'subscribe', topic: 't' },
    { op: 'subscribe', topic: 'u' },
  ],
}

export const lifecycleLater: Family = {
  name: 'lifecycle/later',
  area: 'lifecycle',
  runs: 90,
  arbitrary: program({
    clients: fc.array(
      fc.oneof(fc.constantFrom(plain, subscribed, subscribed), clients({ connect: some, disconnect: script(turn, 1) })),
      { minLength: 1, maxLength: 2 },
    ),
    prefix: fc.array(acts(client, some), { minLength: 0, maxLength: 3 }),
    step: fc.oneof(
      { weight: 4, arbitrary: acts(client, some) },
      { weight: 1, arbitrary: openGate },
      { weight: 1, arbitrary: of('close', client) },
    ),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'LIFE-21 send': {
      clients: [plain],
      prefix: [{ do: 'act', client: 0, ops: [{ op: 'arm', ops: [{ op: 'send' }] }] }],
      phases: [],
    },
    'LIFE-14 idempotent: closed by its client, then by a timer': {
      clients: [plain],
      prefix: [{ do: 'act', client: 0, ops: [{ op: 'arm', ops: [{ op: 'close' }], gate: 'g' }] }],
      phases: [{ lanes: [[{ do: 'close', client: 0 }]] }],
    },
    'LIFE-21 publish': {
      clients: [plain],
      prefix: [
        {
          do: 'act',
          client: 0,
          ops: [
            { op: 'subscribe', topic: 't' },
            { op: 'arm', ops: [{ op: 'publish', topic: 't', exclude: null }] },
          ],
        },
      ],
      phases: [],
    },
    'LIFE-21 close': {
      clients: [plain],
      prefix: [{ do: 'act', client: 0, ops: [{ op: 'arm', ops: [{ op: 'close' }] }] }],
      phases: [],
    },
  },
}
