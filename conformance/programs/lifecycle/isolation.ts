/** Programs in which one connection's handlers wait at a gate, or throw, while others are at work. */
import fc from 'fast-check'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { acts, of, openGate, script, send, thrown, turn } from './parts.ts'

const holdG = fc.record({ op: fc.constant('hold' as const), gate: fc.constant('g') })
const plain: ClientSpec = { channel: 'main' }
const late: ClientSpec = { channel: 'main', late: true }
const others = fc.constantFrom(1, 2)
const main = fc.constant('main')

const held: fc.Arbitrary<Step> = fc.record({ do: fc.constant('act' as const), client: fc.constant(0), ops: fc.tuple(holdG) })

/** Client 0 waits in onConnect, in a message handler or in onDisconnect; 1 is there, 2 comes. */
const waiting: fc.Arbitrary<Program> = fc.record({
  clients: fc.tuple(
    fc.oneof(
      { weight: 1, arbitrary: fc.record({ channel: main }) },
      { weight: 1, arbitrary: fc.record({ channel: main, connect: fc.tuple(holdG) }) },
      { weight: 3, arbitrary: fc.record({ channel: main, disconnect: fc.tuple(holdG) }) },
    ),
    fc.constant(plain),
    fc.constantFrom(plain, late),
  ) as fc.Arbitrary<ClientSpec[]>,
  prefix: fc.tuple(fc.oneof({ weight: 1, arbitrary: held }, { weight: 1, arbitrary: of('close', fc.constant(0)) })),
  phases: fc.tuple(
    fc.record({
      lanes: fc.array(
        fc.array(
          fc.oneof(
            {
              weight: 4,
              arbitrary: fc.record({ do: fc.constant('act' as const), client: others, ops: script(fc.oneof(send, turn), 2) }),
            },
            { weight: 2, arbitrary: of('connect', fc.constant(2)) },
            { weight: 1, arbitrary: of('close', others) },
            { weight: 1, arbitrary: of('vanish', others) },
            { weight: 1, arbitrary: openGate },
          ),
          { minLength: 1, maxLength: 2 },
        ),
        { minLength: 1, maxLength: 2 },
      ),
    }),
  ),
})

const crowd = 12
const holds: ClientSpec['connect'] = [{ op: 'hold', gate: 'g' }]
const crowdOf = (of: ClientSpec): ClientSpec[] => Array.from({ length: crowd }, () => of)
const inMessage: ClientSpec = { channel: 'main' }
const inConnect: ClientSpec = { channel: 'main', connect: holds }
const inDisconnect: ClientSpec = { channel: 'main', disconnect: holds }
/** The first of them that is not of the crowd, and the one that comes. */
const [beside, coming] = [crowd, crowd + 1]
const holding = Array.from({ length: crowd }, (_, client): Step => ({ do: 'act', client, ops: holds }))
const closing = Array.from({ length: crowd }, (_, client): Step => ({ do: 'close', client }))

/** Many wait, as many as some pool of workers may have. */
const manyWait = (of: ClientSpec, prefix: Step[]): Program => ({
  clients: [...crowdOf(of), plain, late],
  prefix,
  phases: [{ lanes: [works] }],
})
const works: Step[] = [
  { do: 'act', client: beside, ops: [] },
  { do: 'connect', client: coming },
  { do: 'act', client: coming, ops: [] },
  { do: 'close', client: beside },
]
const crowded: fc.Arbitrary<Program> = fc.record({
  clients: fc.array(fc.constantFrom(inMessage, inConnect, inDisconnect, plain, late), { minLength: 2, maxLength: crowd + 2 }),
  prefix: fc.array(fc.constantFrom(...holding, ...closing), {
    maxLength: crowd,
  }),
  phases: fc.tuple(fc.record({ lanes: fc.tuple(fc.array(fc.constantFrom(...works), { minLength: 1, maxLength: 4 })) })),
})

const client = clientIndex(2)
const failing = fc.oneof(fc.tuple(thrown), fc.tuple(fc.oneof(send, turn), thrown))

/** Handlers that throw: messages' on both connections, and onDisconnect on the first. */
const throwing = program({
  clients: fc.tuple(
    fc.record({ channel: main, disconnect: fc.array(thrown, { maxLength: 1 }) }, { requiredKeys: ['channel'] }),
    fc.constant(plain),
  ) as fc.Arbitrary<ClientSpec[]>,
  prefix: fc.array(fc.oneof(acts(client, failing), of('close', fc.constant(0))), { minLength: 0, maxLength: 2 }),
  step: fc.oneof(
    { weight: 3, arbitrary: acts(client, failing) },
    { weight: 2, arbitrary: acts(client, script(fc.oneof(send, turn), 2)) },
    { weight: 1, arbitrary: of('close', fc.constant(0)) },
    { weight: 1, arbitrary: of('vanish', fc.constant(0)) },
  ),
  lanes: 2,
})

export const lifecycleIsolation: Family = {
  name: 'lifecycle/isolation',
  area: 'lifecycle',
  runs: 240,
  arbitrary: fc.oneof({ weight: 12, arbitrary: waiting }, { weight: 12, arbitrary: throwing }, { weight: 1, arbitrary: crowded }),
  examples: {
    'LIFE-13 other connections': {
      clients: [{ channel: 'main', disconnect: [{ op: 'throw', error: 'error', late: true }] }, plain],
      prefix: [{ do: 'close', client: 0 }],
      phases: [],
    },
    'LIFE-13 nothing unhandled': {
      clients: [{ channel: 'main', disconnect: [{ op: 'throw', error: 'error' }] }, plain],
      prefix: [{ do: 'close', client: 0 }],
      phases: [],
    },
    'LIFE-16 a waiting message handler': {
      clients: [{ channel: 'main' }, plain, late],
      prefix: [{ do: 'act', client: 0, ops: [{ op: 'hold', gate: 'g' }] }],
      phases: [{ lanes: [[{ do: 'act', client: 1, ops: [] }]] }],
    },
    'LIFE-16 a waiting onConnect': {
      clients: [{ channel: 'main', connect: [{ op: 'hold', gate: 'g' }] }, plain, late],
      prefix: [{ do: 'act', client: 0, ops: [{ op: 'hold', gate: 'g' }] }],
      phases: [
        {
          lanes: [
            [
              { do: 'connect', client: 2 },
              { do: 'act', client: 2, ops: [] },
            ],
          ],
        },
      ],
    },
    'LIFE-16 a waiting onDisconnect': {
      clients: [{ channel: 'main', disconnect: [{ op: 'hold', gate: 'g' }] }, plain, late],
      prefix: [{ do: 'close', client: 0 }],
      phases: [{ lanes: [[{ do: 'act', client: 1, ops: [] }]] }],
    },
    'LIFE-16 a waiting message handler: a dozen of them': manyWait(inMessage, holding),
    'LIFE-16 a waiting onConnect: a dozen of them': manyWait(inConnect, []),
    'LIFE-16 a waiting onDisconnect: a dozen of them': manyWait(inDisconnect, closing),
    'LIFE-16 a waiting onDisconnect: while another goes': {
      clients: [{ channel: 'main', disconnect: [{ op: 'hold', gate: 'g' }] }, plain, plain],
      prefix: [{ do: 'close', client: 0 }],
      phases: [{ lanes: [[{ do: 'close', client: 1 }], [{ do: 'vanish', client: 2 }]] }],
    },
    'LIFE-17 thrown at once': {
      clients: [{ channel: 'main' }, plain],
      prefix: [{ do: 'act', client: 0, ops: [{ op: 'throw', error: 'error' }] }],
      phases: [],
    },
    'LIFE-17 thrown later': {
      clients: [{ channel: 'main' }, plain],
      prefix: [
        {
          do: 'act',
          client: 0,
          ops: [
            { op: 'turn', times: 1 },
            { op: 'throw', error: 'undefined', late: true },
          ],
        },
      ],
      phases: [],
    },
    'LIFE-17 other connections': {
      clients: [{ channel: 'main' }, plain],
      prefix: [{ do: 'act', client: 0, ops: [{ op: 'throw', error: 'string', late: true }] }],
      phases: [],
    },
    'LIFE-17 nothing unhandled': {
      clients: [{ channel: 'main' }, plain],
      prefix: [{ do: 'act', client: 0, ops: [{ op: 'throw', error: 'null' }] }],
      phases: [],
    },
  },
}
