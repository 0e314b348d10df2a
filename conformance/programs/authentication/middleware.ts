/** Programs about middleware: two of them around every kind of event, each doing something of its own or nothing. */
import fc from 'fast-check'
import type { MiddlewareScript, Op } from '../../../spec/probe/ops.ts'
import type { Tagged } from '../../../spec/values.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { program } from '../parts.ts'
import { goodOrBad, handlerOps } from './parts.ts'

const count = 2

/** What stands in for a result and is no object, and none to a careless test. */
const likeNothing = ['instead', 7, null, 0, '', false] as const

/** Short: the scripts of a connection share a kilobyte of its address. */
const aside: fc.Arbitrary<Op[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ op: fc.constant('session.set' as const) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('session.clear' as const, 'session.get' as const) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('turn' as const), times: fc.constantFrom(1, 3) }) },
  ),
  { minLength: 1, maxLength: 1 },
)

const script: fc.Arbitrary<MiddlewareScript> = fc.record(
  {
    on: fc.constantFrom('connect' as const, 'message' as const, 'message' as const, 'disconnect' as const),
    before: aside,
    next: fc.constantFrom(0 as const, 1 as const, 2 as const),
    after: aside,
    instead: fc.oneof<fc.Arbitrary<Tagged>[]>(fc.record({ instead: fc.constant('of it') }), fc.constantFrom(...likeNothing)),
  },
  { requiredKeys: [] },
)

const own: fc.Arbitrary<Op[]> = fc.oneof(
  handlerOps,
  fc.array(fc.record({ op: fc.constant('return' as const) }), { minLength: 1, maxLength: 1 }),
  fc.array(
    fc.record({
      op: fc.constant('throw' as const),
      error: fc.constantFrom('forbidden' as const, 'error' as const, 'string' as const),
    }),
    { minLength: 1, maxLength: 1 },
  ),
)

const client: fc.Arbitrary<ClientSpec> = fc.record(
  {
    channel: fc.constant('layered'),
    middleware: fc.record({ outer: script, inner: script }, { requiredKeys: [] }),
    connect: fc.array(fc.record({ op: fc.constant('return' as const) }), { maxLength: 1 }),
  },
  { requiredKeys: ['channel'] },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      {
        do: fc.constant('act' as const),
        client: fc.constantFrom(0, 1),
        ops: own,
        action: fc.constantFrom('probe', 'protected', 'protected', 'protected', 'protected', 'strict', 'strict', 'strict', null),
        extra: goodOrBad,
        wait: fc.constant(false),
      },
      { requiredKeys: ['do', 'client', 'ops'] },
    ) as fc.Arbitrary<Step>,
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('close' as const, 'connect' as const), client: fc.constantFrom(0, 1) }),
  },
)

const one = (middleware: ClientSpec['middleware'], ...prefix: Step[]): Program => ({
  clients: [middleware === undefined ? { channel: 'layered' } : { channel: 'layered', middleware }],
  prefix,
  phases: [],
})
const askAs = (client: number, action: string, ...ops: Op[]): Step => ({ do: 'act', client, ops, action })
const ask = (action: string, ...ops: Op[]): Step => askAs(0, action, ...ops)
/** Its outer middleware answers messages so, whatever the handler returns. */
const answering = (instead: Tagged): ClientSpec => ({ channel: 'layered', middleware: { outer: { on: 'message', instead } } })

export const authenticationMiddleware: Family = {
  name: 'authentication/middleware',
  area: 'authentication',
  runs: 205,
  arbitrary: program({
    clients: fc.array(client, { minLength: 1, maxLength: count }),
    prefix: fc.array(step, { minLength: 0, maxLength: 5 }),
    step,
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'AUTH-13 outermost first': one(undefined, ask('probe')),
    'AUTH-13 once': one(undefined, ask('probe'), ask('protected')),
    'AUTH-13 around onConnect': one(undefined),
    'AUTH-13 around messages': one(undefined, ask('probe')),
    'AUTH-13 around onDisconnect': one(undefined, { do: 'close', client: 0 }),
    'AUTH-13 before authorisation': one(undefined, ask('protected')),
    'AUTH-13 sets the session': one({ inner: { on: 'message', before: [{ op: 'session.set' }] } }, ask('protected')),
    'AUTH-13 before validation': one(undefined, { do: 'act', client: 0, ops: [], action: 'strict', extra: { bad: true } }),
    'AUTH-13 sees the result': one(undefined, ask('probe', { op: 'return' })),
    'AUTH-13 sees the error': one(undefined, ask('probe', { op: 'throw', error: 'forbidden' })),
    'AUTH-13 its result is sent': one({ outer: { on: 'message', instead: { instead: 'of it' } } }, ask('probe')),
    'AUTH-13 its result is sent: like nothing': {
      clients: [answering(likeNothing[2]), answering(likeNothing[4])],
      prefix: [ask('probe', { op: 'return' }), askAs(1, 'probe', { op: 'return' })],
      phases: [],
    },
    'AUTH-13 no next, no handler': one({ inner: { on: 'message', next: 0 } }, ask('probe')),
    'AUTH-13 told of the event': {
      clients: [{ channel: 'layered', connect: [] }],
      prefix: [ask('probe'), { do: 'act', client: 0, ops: [], action: null, extra: { good: true } }, { do: 'close', client: 0 }],
      phases: [],
    },
    'AUTH-14 rejects': one({ inner: { on: 'message', next: 2 } }, ask('probe')),
    'AUTH-14 runs nothing': one({ outer: { on: 'message', next: 2 } }, ask('probe')),
  },
}
