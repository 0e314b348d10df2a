/**
 * Programs about middleware that does not await the rest of the chain: it is over while its handler still runs, and what
 * comes next (another message, the connection's end, the disposal of services) has to wait for the handler all the same.
 */
import fc from 'fast-check'
import type { MiddlewareScript, Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { hold, of, openGate, returned, thrown, turn } from './parts.ts'

const count = 2
const client = clientIndex(count)

/** It answers by itself or not at all, at once or when some turns have passed. */
const leaving: fc.Arbitrary<MiddlewareScript> = fc.record(
  {
    on: fc.constant('message' as const),
    next: fc.constant('unawaited' as const),
    after: fc.tuple(turn),
    instead: fc.constantFrom('instead', 7),
  },
  { requiredKeys: ['on', 'next'] },
)
const both = { outer: leaving, inner: leaving }
const middleware = fc.oneof(
  { weight: 2, arbitrary: fc.record(both, { requiredKeys: ['outer'] }) },
  { weight: 1, arbitrary: fc.record(both, { requiredKeys: ['inner'] }) },
)

const spec: fc.Arbitrary<ClientSpec> = fc.record({ channel: fc.constant('layered'), middleware })

/** Not awaited: what is sent behind it must find its handler running. */
const message: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('act' as const),
  client,
  ops: fc.array(
    fc.oneof(
      { weight: 3, arbitrary: hold },
      { weight: 2, arbitrary: turn },
      { weight: 1, arbitrary: returned },
      { weight: 1, arbitrary: thrown },
    ),
    { minLength: 0, maxLength: 2 },
  ),
  wait: fc.constant(false),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: message },
  { weight: 2, arbitrary: openGate },
  { weight: 1, arbitrary: of('close', client) },
)

const outlived: ClientSpec = { channel: 'layered', middleware: { outer: { on: 'message', next: 'unawaited' } } }
const answering: ClientSpec = {
  channel: 'layered',
  middleware: { inner: { on: 'message', next: 'unawaited', instead: 'instead' } },
}
const act = (...ops: Op[]): Step => ({ do: 'act', client: 0, ops, wait: false })
const held: Op = { op: 'hold', gate: 'g' }
const one = (who: ClientSpec, ...prefix: Step[]): Program => ({ clients: [who], prefix, phases: [] })
const opened: Step = { do: 'open gate', gate: 'g' }

export const lifecycleUnawaited: Family = {
  name: 'lifecycle/unawaited',
  area: 'lifecycle',
  runs: 60,
  arbitrary: program({
    clients: fc.array(spec, { minLength: 1, maxLength: count }),
    prefix: fc.array(step, { minLength: 0, maxLength: 5 }),
    step,
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'LIFE-15 one at a time: middleware that awaits nothing': one(outlived, act(held), act(), opened),
    'LIFE-15 one at a time: middleware that answers by itself': one(answering, act(held), act(), opened),
    'LIFE-11 after every handler: middleware that awaits nothing': one(outlived, act(held), { do: 'close', client: 0 }),
    'LIFE-24 disposed: middleware that awaits nothing': one(answering, act({ op: 'turn', times: 3 })),
    'AUTH-13 its result is sent: before the handler has returned': one(
      { channel: 'layered', middleware: { outer: { on: 'message', next: 'unawaited', instead: 'instead' } } },
      act(held),
      act({ op: 'return' }),
    ),
  },
}
