/** Programs that send on closed channels. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { actOn, mode } from './parts.ts'

const count = 2
const send: fc.Arbitrary<Op> = fc.record({ op: fc.constant('send' as const), mode }, { requiredKeys: ['op'] })
const close: Op = { op: 'close' }
const later: Op = {
  op: 'arm',
  ops: [{ op: 'send' }, { op: 'send', mode: 'float' }],
  gate: 'g',
}

const plain: ClientSpec = { channel: 'main', fresh: true }
const disconnecting: ClientSpec = {
  channel: 'main',
  disconnect: [{ op: 'send' }, { op: 'send', mode: 'float' }],
}
const connecting: ClientSpec = {
  channel: 'main',
  connect: [close, { op: 'send' }, { op: 'send', mode: 'float' }],
}

const ended: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('close' as const, 'vanish' as const),
      client: clientIndex(count),
    }) as fc.Arbitrary<Step>,
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('open gate' as const),
      gate: fc.constant('g'),
    }) as fc.Arbitrary<Step>,
  },
  {
    weight: 5,
    arbitrary: actOn(
      count,
      [null, 'other'],
      fc.array(fc.oneof({ weight: 3, arbitrary: send }, { weight: 2, arbitrary: fc.constantFrom(close, later) }), {
        minLength: 1,
        maxLength: 4,
      }),
    ),
  },
)

export const sendingClosed: Family = {
  name: 'sending/closed',
  area: 'sending',
  runs: 60,
  arbitrary: program({
    clients: fc.array(fc.constantFrom(plain, disconnecting, connecting), {
      minLength: 1,
      maxLength: count,
    }),
    prefix: fc.array(ended, { minLength: 0, maxLength: 3 }),
    step: ended,
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'SEND-09 rejects': {
      clients: [plain],
      prefix: [{ do: 'act', client: 0, ops: [close, { op: 'send' }] }],
      phases: [],
    },
    'SEND-09 rejects: in onDisconnect': {
      clients: [disconnecting],
      prefix: [{ do: 'close', client: 0 }],
      phases: [],
    },
    'SEND-09 rejects: when the client has gone': {
      clients: [plain],
      prefix: [
        { do: 'act', client: 0, ops: [later] },
        { do: 'vanish', client: 0 },
        { do: 'open gate', gate: 'g' },
      ],
      phases: [],
    },
    'SEND-09 delivers nothing': {
      clients: [connecting],
      prefix: [],
      phases: [],
    },
    'SEND-09 left unawaited': {
      clients: [plain],
      prefix: [{ do: 'act', client: 0, ops: [close, { op: 'send', mode: 'float' }] }],
      phases: [],
    },
  },
}
