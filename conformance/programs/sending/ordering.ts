/** Programs about the order of messages and about when a handler has settled. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { plainClient, program } from '../parts.ts'
import { actOn, mode, oneClient, subscribed } from './parts.ts'

const count = 2
const clients = fc.array(fc.constant(plainClient), {
  minLength: 1,
  maxLength: count,
})
const calls: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ op: fc.constant('send' as const), mode }, { requiredKeys: ['op'] }),
  fc.record(
    {
      op: fc.constant('publish' as const),
      topic: fc.constant('t'),
      exclude: fc.constant(null),
      mode,
    },
    { requiredKeys: ['op', 'topic', 'exclude'] },
  ),
  fc.record({ op: fc.constant('return' as const) }),
)
const actions = [null, 'other']

export const sendingOrder: Family = {
  name: 'sending/order',
  area: 'sending',
  runs: 60,
  arbitrary: program({
    clients,
    prefix: fc.array(actOn(count, actions, fc.array(fc.oneof(subscribed, calls), { minLength: 1, maxLength: 4 })), {
      minLength: 0,
      maxLength: 3,
    }),
    step: actOn(count, actions, fc.array(calls, { minLength: 1, maxLength: 4 })),
    lanes: 2,
  }),
  examples: {
    'SEND-07 one handler': oneClient(
      [plainClient],
      [{ op: 'subscribe', topic: 't' }],
      [
        { op: 'send', mode: 'float' },
        { op: 'publish', topic: 't', exclude: null, mode: 'float' },
        { op: 'send', mode: 'float' },
        { op: 'return' },
      ],
    ),
    'SEND-07 different handlers': oneClient([plainClient], [{ op: 'send' }], [{ op: 'send' }]),
  },
}

/** Its onConnect registers a receiver that holds every publish to one topic until the gate is opened, and one of another that is quick. */
const gatedClient: ClientSpec = {
  channel: 'main',
  connect: [
    { op: 'register', id: 'r', topics: ['t'], gate: 'g' },
    { op: 'register', id: 'q', topics: ['u'] },
  ],
}
/** What its onConnect publishes is held as well, and its messages wait for that. */
const greeter: ClientSpec = {
  channel: 'main',
  connect: [
    { op: 'register', id: 'p', topics: ['t'], gate: 'g' },
    { op: 'publish', topic: 't', exclude: null, mode: 'track' },
  ],
}
const unawaited: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      op: fc.constant('publish' as const),
      // Nobody waits at a gate for `u`, and nobody at all is there for `v`.
      topic: fc.constantFrom('t', 't', 't', 'u', 'u', 'v'),
      exclude: fc.constant(null),
      mode: fc.constant('track' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('send' as const),
      mode: fc.constant('track' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('turn' as const),
      times: fc.constantFrom(1, 3),
    }),
  },
)
const pipelined = actOn(count, actions, fc.array(unawaited, { minLength: 0, maxLength: 3 }), false)
const openGate: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('open gate' as const),
  gate: fc.constant('g'),
})

export const sendingSettling: Family = {
  name: 'sending/settling',
  area: 'sending',
  runs: 50,
  arbitrary: program({
    clients: fc.oneof(
      { weight: 9, arbitrary: fc.array(fc.constant(gatedClient), { minLength: 1, maxLength: count }) },
      { weight: 1, arbitrary: fc.tuple(fc.constant(greeter)) },
    ) as fc.Arbitrary<ClientSpec[]>,
    prefix: fc.array(pipelined, { minLength: 2, maxLength: 4 }),
    step: fc.oneof({ weight: 5, arbitrary: pipelined }, { weight: 1, arbitrary: openGate }),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'SEND-08 the next handler waits': {
      clients: [gatedClient],
      prefix: [
        {
          do: 'act',
          client: 0,
          ops: [{ op: 'publish', topic: 't', exclude: null, mode: 'track' }],
          wait: false,
        },
        { do: 'act', client: 0, ops: [], wait: false },
      ],
      phases: [],
    },
    'LIFE-24 disposed: behind what was left unawaited': {
      clients: [gatedClient],
      prefix: [
        {
          do: 'act',
          client: 0,
          ops: [{ op: 'publish', topic: 't', exclude: null, mode: 'track' }],
          wait: false,
        },
        { do: 'act', client: 0, ops: [], wait: false },
      ],
      phases: [],
    },
    'SEND-08 the next handler waits: for onConnect’s': {
      clients: [greeter],
      prefix: [
        { do: 'act', client: 0, ops: [], wait: false },
        { do: 'act', client: 0, ops: [], wait: false },
      ],
      phases: [],
    },
    'SEND-08 the next handler waits: for the last of several': {
      clients: [gatedClient],
      prefix: [
        {
          do: 'act',
          client: 0,
          ops: [
            { op: 'publish', topic: 't', exclude: null, mode: 'track' },
            { op: 'publish', topic: 'u', exclude: null, mode: 'track' },
          ],
          wait: false,
        },
        { do: 'act', client: 0, ops: [], wait: false },
      ],
      phases: [],
    },
  },
}
