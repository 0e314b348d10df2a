/** Programs with messages at and over the platform's limit (STATELESS-15). The values are written small: inbound messages stay so. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Tagged } from '../../../spec/values.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { act, acts, clients, hosted, idle, named, publish, sequence, sub, subscribes } from './parts.ts'

const limit = 128 * 1024
const repeat = (text: string, times: number): Tagged => ({ $: 'repeat', of: [text, times] })

/** By characters, by bytes of UTF-8, and as JSON: over the limit by little. */
const over: Tagged[] = [
  repeat('x', limit + 1),
  repeat('é', limit / 2 + 1),
  repeat('😀', limit / 4 + 1),
  { text: repeat('x', limit) },
  repeat('x', 2 * limit),
]
/** Just within it. */
const within: Tagged[] = [repeat('x', limit), repeat('é', limit / 2), repeat('😀', limit / 4), { text: repeat('x', limit - 11) }]

const client = clientIndex(2)
const value = fc.constantFrom(...over)
const either = fc.oneof(value, fc.constantFrom(...within))
const sends: fc.Arbitrary<Op> = fc.record({ op: fc.constant('send' as const), value: either })
const replies: fc.Arbitrary<Op> = fc.record({ op: fc.constant('return' as const), value })
const publishes: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('publish' as const),
  topic: fc.constant('t'),
  exclude: fc.constant(null),
  value,
})
const ops = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(sends) },
  { weight: 2, arbitrary: fc.tuple(replies) },
  { weight: 4, arbitrary: fc.tuple(publishes) },
  { weight: 1, arbitrary: fc.tuple(sends, named('send')) },
)
const step = fc.oneof(
  { weight: 4, arbitrary: acts(client, ops) },
  { weight: 1, arbitrary: acts(client, fc.tuple(publish)) },
  { weight: 1, arbitrary: hosted(fc.constant('t')) },
)

const two = [{ channel: 'main' }, { channel: 'main', connect: [sub()] }]
const big = over[0] ?? null
/** More bytes than the platform takes, in fewer characters. */
const greeted = [
  { channel: 'main', connect: [{ op: 'send' as const, value: over[1] ?? null }] },
  { channel: 'main', connect: [sub()] },
]

export const oversize: Family = {
  name: 'stateless/oversize',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 125,
  arbitrary: program({
    clients: fc.tuple(clients({ connect: fc.tuple(sends) }), clients({ connect: fc.tuple(subscribes(fc.constant('t'))) })),
    prefix: fc.oneof(fc.tuple(step), fc.tuple(step, step), fc.tuple(step, idle, step)),
    step,
    lanes: 1,
    steps: 1,
    phases: 1,
  }),
  examples: {
    'STATELESS-15 a send rejects': sequence(two, act(0, { op: 'send', value: big })),
    'STATELESS-15 a send rejects: in onConnect': sequence(greeted, act(0, { op: 'publish', topic: 't', exclude: null })),
    'STATELESS-15 a reply becomes the error': sequence(two, act(0, { op: 'return', value: big })),
    'STATELESS-15 a publish resolves': sequence(two, act(0, { op: 'publish', topic: 't', exclude: null, value: big })),
    'STATELESS-15 a publish is logged': sequence(
      two,
      act(0, { op: 'publish', topic: 't', exclude: null, value: big }),
      { do: 'idle' },
      act(0, { op: 'publish', topic: 't', exclude: null }),
    ),
    'STATELESS-15 its sender alone': sequence(
      two,
      act(0, { op: 'send', value: big }),
      act(1, { op: 'publish', topic: 't', exclude: null }),
    ),
    'STATELESS-15 up to the limit': sequence(two, act(0, { op: 'send', value: within[0] ?? null })),
  },
}
