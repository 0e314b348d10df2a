/** Programs whose posts are throttled, refused, or answered so that nobody can tell whether they were delivered. */
import fc from 'fast-check'
import type { PostFault } from '../../../spec/platform.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { act, hosted, sequence, sub } from '../pubsub.ts'
import { faults, faultyClient, hostPublish, plain, publish, subscribe } from './platform-parts.ts'

const answer: fc.Arbitrary<PostFault | null> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('throttled', 'refused') },
  { weight: 3, arbitrary: fc.constantFrom('failed', 'failed late') },
  { weight: 2, arbitrary: fc.constantFrom('forbidden', 'too large') },
  { weight: 1, arbitrary: fc.constant(null) },
)
const posts = fc.array(answer, { minLength: 1, maxLength: 3 })
const client = clientIndex(2)
const send: fc.Arbitrary<Op> = fc.record(
  { op: fc.constant('send' as const), mode: fc.constant('track' as const) },
  { requiredKeys: ['op'] },
)
const acts: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('act' as const),
  client,
  ops: fc.array(fc.oneof({ weight: 4, arbitrary: send }, publish, subscribe), { minLength: 0, maxLength: 3 }),
})
const subscribes: fc.Arbitrary<Step> = fc.record({ do: fc.constant('act' as const), client, ops: fc.tuple(subscribe) })
const sends: Op[] = [
  { op: 'send', mode: 'track' },
  { op: 'send', mode: 'track' },
]

const answered = (...faults: PostFault[]) => plain({ faults: { posts: faults } })

export const statelessUndelivered: Family = {
  name: 'stateless/undelivered',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 140,
  arbitrary: program({
    clients: fc.array(faultyClient(faults({ posts }), { connect: fc.array(send, { minLength: 0, maxLength: 1 }) }), {
      minLength: 1,
      maxLength: 2,
    }),
    prefix: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(subscribes, fc.oneof(acts, hostPublish), acts) },
      fc.array(fc.oneof(acts, subscribes, hostPublish), { minLength: 0, maxLength: 4 }),
    ),
    step: fc.oneof({ weight: 2, arbitrary: acts }, hostPublish),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'STATELESS-07 throttled is retried': sequence([answered('throttled')], act(0, sub()), hosted()),
    'STATELESS-07 a refused connection is retried': sequence([answered('refused')], act(0, sub()), hosted()),
    'STATELESS-07 in order': sequence([answered('throttled')], act(0, ...sends)),
    'STATELESS-07 unknown is not retried': sequence([answered('failed')], act(0, sub()), hosted()),
    'STATELESS-07 unknown is logged': sequence([answered('failed late')], act(0, ...sends)),
    'STATELESS-07 refused for good is logged': sequence([answered('forbidden', 'too large')], act(0, ...sends)),
    'STATELESS-07 the channel stays': sequence([answered('failed', 'forbidden')], act(0, ...sends), act(0)),
  },
}
