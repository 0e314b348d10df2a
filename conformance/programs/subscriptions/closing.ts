/** Programs in which a subscribed channel closes, in every way and at every moment, and some in which its client returns. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { program } from '../parts.ts'
import {
  act,
  actWith,
  awaited,
  change,
  freshClient,
  hosted,
  hostPublish,
  mode,
  pub,
  publishOp,
  sequence,
  sub,
  unsub,
} from '../pubsub.ts'

const count = 2
const turn: fc.Arbitrary<Op> = fc.record({ op: fc.constant('turn' as const), times: fc.constantFrom(1, 3) })
const close: fc.Arbitrary<Op> = fc.record({ op: fc.constant('close' as const), mode }, { requiredKeys: ['op'] })
const arm: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('arm' as const),
  ops: fc.array(fc.oneof(change('subscribe'), publishOp(count)), { minLength: 1, maxLength: 2 }),
})
const before = fc.oneof({ weight: 3, arbitrary: change('subscribe') }, change('unsubscribe'), publishOp(count), turn, arm)
const after = fc.oneof(
  { weight: 3, arbitrary: change('subscribe') },
  { weight: 2, arbitrary: publishOp(count) },
  change('unsubscribe'),
  turn,
)

const unawaitedSubscribe: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('subscribe' as const),
  topic: fc.constantFrom('t', 'u'),
  mode: fc.constantFrom('track' as const, 'track' as const, 'float' as const),
})

/** An act that closes its own channel, with something pending before it and something more behind it. */
const closing = fc.oneof(
  { weight: 1, arbitrary: fc.tuple(close) },
  { weight: 1, arbitrary: fc.tuple(before, close) },
  { weight: 1, arbitrary: fc.tuple(close, after) },
  { weight: 1, arbitrary: fc.tuple(before, close, after) },
  { weight: 1, arbitrary: fc.tuple(before, before, close, after, after) },
  { weight: 4, arbitrary: fc.tuple(unawaitedSubscribe, close) },
  { weight: 2, arbitrary: fc.tuple(awaited('subscribe'), close, publishOp(count)) },
)
const ending: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('act' as const), client: fc.constant(0), ops: closing }) as fc.Arbitrary<Step>,
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('close' as const, 'vanish' as const),
      client: fc.constant(0),
    }) as fc.Arbitrary<Step>,
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('violate' as const),
      client: fc.constant(0),
      how: fc.constantFrom('reserved bit' as const, 'long ping' as const),
    }) as fc.Arbitrary<Step>,
  },
)
const acts = (client: number, op: fc.Arbitrary<Op>): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.constant('act' as const),
    client: fc.constant(client),
    ops: fc.array(op, { minLength: 1, maxLength: 3 }),
  }) as fc.Arbitrary<Step>

const subscribesT = (client: number): fc.Arbitrary<Step> =>
  actWith(fc.constant(client), fc.tuple(fc.record({ op: fc.constant('subscribe' as const), topic: fc.constant('t') })))

/** Its onDisconnect publishes, unsubscribes, and even subscribes. */
const parting = fc.oneof(
  { weight: 3, arbitrary: publishOp(count) },
  { weight: 2, arbitrary: awaited('unsubscribe') },
  { weight: 1, arbitrary: change('subscribe') },
  { weight: 1, arbitrary: turn },
)
const partingClient = fc.record({
  channel: fc.constant('main'),
  disconnect: fc.array(parting, { minLength: 0, maxLength: 3 }),
}) as fc.Arbitrary<ClientSpec>

const parts = (...disconnect: Op[]): ClientSpec => ({ channel: 'main', disconnect })
const ends = (spec: ClientSpec, ...ops: Op[]): Program =>
  sequence([spec, freshClient], act(0, sub()), act(1, sub()), act(0, ...ops))
const closes: Op = { op: 'close' }
const gone = (step: Step): Program => sequence([parts(), freshClient], act(0, sub()), act(1, sub()), step, hosted())

export const subscriptionClosing: Family = {
  name: 'subscriptions/closing',
  area: 'subscriptions',
  runs: 150,
  arbitrary: program({
    clients: fc.tuple(partingClient, fc.constant(freshClient)) as fc.Arbitrary<ClientSpec[]>,
    prefix: fc.oneof(
      { weight: 2, arbitrary: fc.tuple(subscribesT(0), subscribesT(1)) },
      { weight: 2, arbitrary: fc.tuple(subscribesT(0), subscribesT(1), ending) },
      { weight: 1, arbitrary: fc.tuple(subscribesT(0), subscribesT(1), ending, hostPublish(count)) },
      {
        weight: 3,
        arbitrary: fc.array(fc.oneof(subscribesT(0), subscribesT(1), ending, hostPublish(count)), { minLength: 0, maxLength: 5 }),
      },
    ),
    step: fc.oneof(
      { weight: 2, arbitrary: ending },
      { weight: 1, arbitrary: acts(1, publishOp(count)) },
      { weight: 1, arbitrary: hostPublish(count) },
      { weight: 1, arbitrary: acts(0, awaited('subscribe')) },
    ),
    lanes: 2,
    steps: 2,
    phases: 2,
  }),
  examples: {
    'SUB-06 its client closes': gone({ do: 'close', client: 0 }),
    'SUB-06 its client is cut off': gone({ do: 'vanish', client: 0 }),
    'SUB-06 it closes itself': ends(parts(), closes),
    'SUB-06 a broken protocol': gone({ do: 'violate', client: 0, how: 'reserved bit' }),
    'SUB-07 pending leaves nothing': ends(parts(), { op: 'subscribe', topic: 'u', mode: 'track' }, closes),
    'SUB-07 after leaves nothing': ends(parts(sub()), closes, sub('u')),
    'SUB-07 ChannelClosedError or nothing': ends(parts(), closes, sub('u')),
    'SUB-07 crashes nothing': ends(parts(), closes, { op: 'subscribe', topic: 'u', mode: 'float' }),
    'SUB-09 the others': ends(parts(pub()), closes),
    'SUB-09 never the closed channel': ends(parts(pub()), closes),
    'SUB-09 harmless unsubscribes': ends(parts(unsub()), closes),
    'SUB-12 after close()': ends(parts(), closes, pub()),
  },
}

const holding: Op[] = [
  { op: 'subscribe', topic: 't' },
  { op: 'hold', gate: 'g' },
]
const subscriber = fc.record({
  channel: fc.constant('main'),
  connect: fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.oneof(awaited('subscribe'), turn), { minLength: 0, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.constant(holding) },
  ),
}) as fc.Arbitrary<ClientSpec>
const connects = (...connect: Op[]): ClientSpec => ({ channel: 'main', connect })
const leaves: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('close' as const, 'vanish' as const),
    client: fc.constantFrom(0, 0, 0, 1),
  }) as fc.Arbitrary<Step>,
  fc.record({
    do: fc.constant('act' as const),
    client: fc.constantFrom(0, 0, 0, 1),
    ops: fc.tuple(fc.constant(closes)),
  }) as fc.Arbitrary<Step>,
)
const returns = fc.record({ do: fc.constant('connect' as const), client: fc.constantFrom(0, 0, 0, 1) }) as fc.Arbitrary<Step>
const back: Step = { do: 'connect', client: 0 }

export const subscriptionReturning: Family = {
  name: 'subscriptions/returning',
  area: 'subscriptions',
  runs: 70,
  arbitrary: program({
    clients: fc.array(subscriber, { minLength: 1, maxLength: 2 }),
    prefix: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(subscribesT(0), leaves, returns) },
      { weight: 3, arbitrary: fc.tuple(subscribesT(0), leaves, returns, hostPublish(2)) },
      {
        weight: 2,
        arbitrary: fc.array(fc.oneof(subscribesT(0), leaves, returns, hostPublish(2)), { minLength: 0, maxLength: 5 }),
      },
    ),
    step: fc.oneof(
      { weight: 1, arbitrary: leaves },
      { weight: 2, arbitrary: returns },
      { weight: 2, arbitrary: hostPublish(2) },
      { weight: 1, arbitrary: acts(1, publishOp(2)) },
    ),
    lanes: 2,
    steps: 2,
    phases: 1,
  }),
  examples: {
    'SUB-01 by onConnect': sequence([connects(sub())], hosted()),
    'SUB-01 by onConnect: which is still pending': sequence([{ channel: 'main', connect: holding }], hosted()),
    'SUB-08 a new channel': sequence([connects()], { do: 'close', client: 0 }, back),
    'SUB-08 no subscriptions': sequence([connects()], act(0, sub()), { do: 'close', client: 0 }, back, hosted()),
  },
}
