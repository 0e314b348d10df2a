/** Programs that publish values of every kind, through routes of every kind. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, plainClient, program } from '../parts.ts'
import { act, actOf, mode, pub, sequence, sub } from '../pubsub.ts'
import { bytes, frozen, json, valuesOf } from '../sending/values.ts'

const count = 2
const subscribeT: fc.Arbitrary<Op> = fc.record({ op: fc.constant('subscribe' as const), topic: fc.constant('t') })
const falsy = [0, '', false, null] as const
const values = [
  ...falsy,
  ...falsy,
  ...falsy,
  'text',
  '"quoted"',
  '{"m":1}',
  'ÿ€\u{1f600}\u2028\u0000',
  frozen,
  ...valuesOf(json),
  ...valuesOf(bytes),
  ...valuesOf(bytes),
  ...valuesOf(bytes),
  ...valuesOf(bytes),
]
const then = fc.constantFrom('mutate' as const, 'watch' as const)
const publishValue: fc.Arbitrary<Op> = fc.record(
  {
    op: fc.constant('publish' as const),
    topic: fc.constant('t'),
    // An exclusion may take another way to the sockets.
    exclude: fc.constantFrom(null, null, 'self' as const),
    value: fc.constantFrom(...values),
    then,
    mode,
  },
  { requiredKeys: ['op', 'topic', 'exclude'] },
)
const hostValue = fc.record({
  do: fc.constant('publish' as const),
  topic: fc.constant('t'),
  exclude: fc.constant(null),
  value: fc.constantFrom(...values),
})
const value = (of: (typeof values)[number], after?: 'mutate' | 'watch'): Op => ({
  op: 'publish',
  topic: 't',
  exclude: null,
  value: of,
  ...(after === undefined ? {} : { then: after }),
})
const one = [plainClient]

export const publishingPayloads: Family = {
  name: 'publishing/payloads',
  area: 'publishing',
  runs: 140,
  arbitrary: program({
    clients: fc.array(fc.constant(plainClient), { minLength: 1, maxLength: count }),
    prefix: fc.array(
      actOf(clientIndex(count), fc.oneof({ weight: 3, arbitrary: subscribeT }, { weight: 2, arbitrary: publishValue })),
      { minLength: 1, maxLength: 4 },
    ),
    step: fc.oneof(
      { weight: 4, arbitrary: actOf(clientIndex(count), publishValue) },
      { weight: 1, arbitrary: hostValue as fc.Arbitrary<Step> },
    ),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'PUB-08 values': sequence(one, act(0, sub()), act(0, value(json.nested), value('"quoted"'))),
    'PUB-08 falsy values': sequence(one, act(0, sub()), act(0, value(0), value('')), act(0, value(false), value(null))),
    'PUB-08 bytes': sequence(one, act(0, sub()), act(0, value(bytes.view))),
    'PUB-08 bytes: but for the publisher': sequence(
      [plainClient, plainClient],
      act(0, sub()),
      act(1, sub()),
      act(0, { op: 'publish', topic: 't', exclude: 'self', value: bytes.view }),
    ),
    'PUB-08 encoded when called': sequence(one, act(0, sub()), act(0, value(json.marked, 'mutate'))),
    'PUB-08 left alone': sequence(one, act(0, sub()), act(0, value(json.nested, 'watch'))),
  },
}

const routes = ['main', 'open', 'bare', 'shaped'] as const
const everyRoute = routes.map((channel) => ({ channel }))
/** What each route's clients send: its own action, and on `shaped` one with an output schema that strips. */
const actions = { main: 'probe', open: 'plain', bare: 'probe', shaped: 'strip' } as const
const surplus = { m: '*', surplus: true }
const publishes = fc.record(
  { op: fc.constant('publish' as const), topic: fc.constant('t'), exclude: fc.constant(null), value: fc.constant(surplus) },
  { requiredKeys: ['op', 'topic', 'exclude'] },
)
const routed = (op: fc.Arbitrary<Op>): fc.Arbitrary<Step> =>
  fc.oneof(
    ...routes.map((channel, client) =>
      fc.record({
        do: fc.constant('act' as const),
        client: fc.constant(client),
        action: fc.constant(actions[channel]),
        ops: fc.array(op, { minLength: 1, maxLength: 2 }),
      }),
    ),
  ) as fc.Arbitrary<Step>
const through = (client: number, ...ops: Op[]): Step => ({ do: 'act', client, action: actions[routes[client] ?? 'main'], ops })

export const publishingRoutes: Family = {
  name: 'publishing/routes',
  area: 'publishing',
  runs: 80,
  arbitrary: program({
    clients: fc.tuple(...everyRoute.map((spec) => fc.constant(spec))),
    prefix: fc.array(fc.oneof({ weight: 4, arbitrary: routed(subscribeT) }, { weight: 2, arbitrary: routed(publishes) }), {
      minLength: 2,
      maxLength: 6,
    }),
    step: fc.oneof({ weight: 3, arbitrary: routed(publishes) }, { weight: 1, arbitrary: routed(subscribeT) }),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'PUB-13 other routes': sequence(everyRoute, through(0, sub()), through(1, sub()), through(2, pub())),
    'PUB-08 no output schema': sequence(
      everyRoute,
      through(0, sub()),
      through(3, { op: 'publish', topic: 't', exclude: null, value: surplus }),
    ),
  },
}
