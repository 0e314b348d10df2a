/** Programs that stop the system: with all the time it wants while handlers go on, or with next to none, or before a schema has answered. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import { backlog, scriptWithBacklog } from '../backlog.ts'
import type { Family } from '../family.ts'
import { clientIndex } from '../parts.ts'
import { acts, of, returned, script, send, subscribeT, turn } from './parts.ts'

const client = clientIndex(2)
const holdG = fc.record({ op: fc.constant('hold' as const), gate: fc.constant('g') })
const stop: fc.Arbitrary<Step> = fc.record({ do: fc.constant('stop' as const) })
const gate: fc.Arbitrary<Step> = fc.record({ do: fc.constant('open gate' as const), gate: fc.constant('g') })
const late = of('connect', fc.constant(2))
const running = fc.oneof(
  { weight: 3, arbitrary: holdG },
  { weight: 2, arbitrary: send },
  { weight: 1, arbitrary: returned },
  { weight: 1, arbitrary: turn },
  { weight: 1, arbitrary: subscribeT },
)

const stays: fc.Arbitrary<ClientSpec> = fc.record(
  { channel: fc.constantFrom('main', 'main', 'open'), disconnect: script(fc.oneof(holdG, turn), 2) },
  { requiredKeys: ['channel'] },
)
/** Its onConnect is running when the stop begins. */
const connects: fc.Arbitrary<ClientSpec> = fc.record({
  channel: fc.constant('main'),
  connect: fc.oneof(fc.tuple(holdG), fc.tuple(holdG, send), fc.tuple(holdG, send, returned)),
}) as fc.Arbitrary<ClientSpec>
const comes: fc.Arbitrary<ClientSpec> = fc.record({ channel: fc.constant('main'), late: fc.constant(true) })
/** Its handshake has come when the stop begins, and waits for its schema. */
const waits: fc.Arbitrary<ClientSpec> = fc.record(
  { channel: fc.constant('opened'), gate: fc.constant('g'), query: fc.constantFrom('a=1', 'later=1') },
  { requiredKeys: ['channel', 'gate'] },
)
/** Its handshake waited for a schema, and is long over when the stop begins. */
const waited: fc.Arbitrary<ClientSpec> = fc.record({ channel: fc.constant('opened'), query: fc.constant('later=1') })
const clients = fc.tuple(
  fc.oneof({ weight: 4, arbitrary: stays }, { weight: 1, arbitrary: connects }),
  stays,
  fc.oneof({ weight: 3, arbitrary: comes }, { weight: 1, arbitrary: waits }, { weight: 1, arbitrary: waited }),
)

const overlapping: fc.Arbitrary<Op[]> = fc.oneof(fc.tuple(holdG), fc.tuple(holdG, send), fc.tuple(send, holdG, send, returned))

const patient: fc.Arbitrary<Program> = fc.record({
  clients,
  prefix: fc.array(
    fc.oneof(fc.record({ do: fc.constant('act' as const), client, ops: overlapping }), acts(client, script(running))),
    { minLength: 0, maxLength: 3 },
  ),
  phases: fc.tuple(fc.record({ lanes: fc.tuple(fc.tuple(stop), fc.oneof(fc.tuple(late, gate), fc.tuple(gate))) })),
  system: fc.record({ stop: fc.constant(120_000) }),
})

const overrun = fc.oneof(fc.record({ do: fc.constant('act' as const), client, ops: fc.tuple(holdG) }), of('pause', client))

const hurried: fc.Arbitrary<Program> = fc.record({
  clients,
  prefix: fc.oneof(fc.tuple(overrun), fc.tuple(overrun, acts(client, script(running)))) as fc.Arbitrary<Step[]>,
  phases: fc.tuple(fc.record({ lanes: fc.tuple(fc.tuple(stop)) })),
  system: fc.record({ stop: fc.constant(20) }),
})

const connected: ClientSpec = { channel: 'main' }
/** A schema that answers only when the stop is over: nothing else may hold the stop up until then. */
const unanswered: fc.Arbitrary<Program> = fc.record({
  clients: fc.tuple(fc.constant(connected), waits, waits),
  prefix: fc.array(acts(fc.constant(0), script(fc.oneof(send, returned, turn))), { minLength: 0, maxLength: 2 }),
  phases: fc.tuple(fc.record({ lanes: fc.tuple(fc.tuple(stop, gate)) })),
  system: fc.record({ stop: fc.constant(20) }),
})

/** Much of what was sent has still to leave when the stop begins. */
const laden: fc.Arbitrary<Program> = fc.record({
  clients: fc.tuple(fc.constant(connected), fc.constant(connected)),
  prefix: fc.tuple(acts(fc.constant(0), scriptWithBacklog(turn))),
  phases: fc.tuple(fc.record({ lanes: fc.tuple(fc.tuple(stop)) })),
  system: fc.record({ stop: fc.constant(120_000) }),
})

/** More connections than one or two, some of which are busy. */
const many: fc.Arbitrary<Program> = fc.record({
  clients: fc.array(stays, { minLength: 3, maxLength: 8 }),
  prefix: fc.array(fc.record({ do: fc.constant('act' as const), client: clientIndex(8), ops: overlapping }), { maxLength: 3 }),
  phases: fc.tuple(fc.record({ lanes: fc.tuple(fc.tuple(stop), fc.tuple(gate)) })),
  system: fc.record({ stop: fc.constantFrom(120_000) }),
})

const careful: ClientSpec = { channel: 'main', disconnect: [{ op: 'hold', gate: 'g' }] }
const coming: ClientSpec = { channel: 'main', late: true }
const pending: ClientSpec = { channel: 'opened', gate: 'g' }
const held: Op = { op: 'hold', gate: 'g' }

/** A stop that has time: what was begun before it, and another handshake while it lasts. */
const inPeace = (who: ClientSpec, ...ops: Op[]): Program => ({
  clients: [who, connected, coming],
  prefix: [{ do: 'act', client: 0, ops }],
  phases: [
    {
      lanes: [
        [{ do: 'stop' }],
        [
          { do: 'connect', client: 2 },
          { do: 'open gate', gate: 'g' },
        ],
      ],
    },
  ],
  system: { stop: 120_000 },
})

const inHaste = (step: Step): Program => ({
  clients: [connected, connected, coming],
  prefix: [step],
  phases: [{ lanes: [[{ do: 'stop' }]] }],
  system: { stop: 20 },
})

export const lifecycleStop: Family = {
  name: 'lifecycle/stop',
  area: 'lifecycle',
  runs: 30,
  arbitrary: fc.oneof(
    { weight: 6, arbitrary: patient },
    { weight: 6, arbitrary: hurried },
    { weight: 2, arbitrary: unanswered },
    { weight: 1, arbitrary: laden },
    { weight: 2, arbitrary: many },
  ),
  examples: {
    'LIFE-10 server stop': inPeace(connected),
    'LIFE-18 new handshakes': inPeace(connected, held),
    'LIFE-18 new handshakes: one that waits for its schema': {
      clients: [connected, pending, pending],
      prefix: [],
      phases: [{ lanes: [[{ do: 'stop' }, { do: 'open gate', gate: 'g' }]] }],
      system: { stop: 20 },
    },
    'LIFE-18 running handlers': inPeace(connected, held, { op: 'send' }),
    'LIFE-18 running handlers: an onConnect': inPeace({ channel: 'main', connect: [held, { op: 'send' }, { op: 'return' }] }),
    'LIFE-18 resolves': inHaste({ do: 'act', client: 0, ops: [held] }),
    'LIFE-18 no longer': inHaste({ do: 'act', client: 0, ops: [held] }),
    'LIFE-18 delivery': inPeace(connected, { op: 'send' }, held, { op: 'send' }, { op: 'return' }),
    'LIFE-18 delivery: a backlog': {
      clients: [connected, connected],
      prefix: [{ do: 'act', client: 0, ops: [...backlog, { op: 'turn', times: 1 }] }],
      phases: [{ lanes: [[{ do: 'stop' }]] }],
      system: { stop: 120_000 },
    },
    'LIFE-18 closes each': inPeace(connected),
    'LIFE-18 closes each: of many': {
      clients: [connected, careful, connected, connected, careful, connected],
      prefix: [{ do: 'act', client: 3, ops: [held, { op: 'send' }] }],
      phases: [{ lanes: [[{ do: 'stop' }], [{ do: 'open gate', gate: 'g' }]] }],
      system: { stop: 120_000 },
    },
    'LIFE-18 code 1001': inPeace(connected),
    'LIFE-18 code 1001: after a handshake that waited': {
      clients: [connected, connected, { channel: 'opened', query: 'later=1' }],
      prefix: [{ do: 'act', client: 0, ops: [held] }],
      phases: [{ lanes: [[{ do: 'stop' }], [{ do: 'open gate', gate: 'g' }]] }],
      system: { stop: 120_000 },
    },
    'LIFE-18 onDisconnect first': inPeace(careful),
    'LIFE-18 cuts who does not read': inHaste({ do: 'pause', client: 0 }),
  },
}
