/** Programs whose posts are throttled, refused, or answered so that nobody can tell whether they were delivered. */
import fc from 'fast-check'
import type { PostFault } from '../../../spec/platform.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { act, hosted, sequence, sub } from '../pubsub.ts'
import { faultyClient, hostPublish, plain, publish, subscribe } from './platform-parts.ts'

const client = clientIndex(2)
const send: Op = { op: 'send' }
const close: Op = { op: 'close' }
const tracked: Op = { op: 'send', mode: 'track' }
const hold: Op = { op: 'hold', gate: 'g' }
const openGate: Step = { do: 'open gate', gate: 'g' }
const anySend = fc.constantFrom(send, tracked)
const acts = (ops: fc.Arbitrary<Op[]>, who = client): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('act' as const), client: who, ops })
const sends = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(anySend, anySend) },
  { weight: 1, arbitrary: fc.tuple(fc.constant(close)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant(tracked), fc.constant(close)) },
  // What is sent while an earlier send is being repeated.
  { weight: 1, arbitrary: fc.tuple(fc.constant(tracked), fc.constant(tracked), fc.constant(hold), anySend) },
  {
    weight: 2,
    arbitrary: fc.array(fc.oneof({ weight: 4, arbitrary: anySend }, publish, subscribe), { minLength: 0, maxLength: 3 }),
  },
)
/** Subscribed from the start, so that what meets the fault is a publish, and not the reply to a subscribe. */
const connect: fc.Arbitrary<Op[]> = fc.tuple(subscribe)
const first = fc.oneof({ weight: 3, arbitrary: acts(sends, fc.constant(0)) }, { weight: 2, arbitrary: hostPublish })
const faulty = (posts: fc.Arbitrary<(PostFault | null)[]>) => fc.record({ posts })

const family = (name: string, runs: number, posts: fc.Arbitrary<(PostFault | null)[]>, examples: Family['examples']): Family => ({
  name,
  area: 'stateless',
  capabilities: ['stateless'],
  runs,
  arbitrary: program({
    clients: fc.array(faultyClient(faulty(posts), { connect }), { minLength: 1, maxLength: 2 }),
    prefix: fc.oneof(
      { weight: 4, arbitrary: fc.tuple(first, acts(sends)) },
      { weight: 3, arbitrary: fc.tuple(acts(sends, fc.constant(0)), hostPublish, acts(sends)) },
      { weight: 1, arbitrary: fc.tuple(acts(sends, fc.constant(0)), acts(sends), fc.constant(openGate)) },
      { weight: 1, arbitrary: fc.array(fc.oneof(acts(sends), hostPublish), { minLength: 0, maxLength: 3 }) },
    ),
    step: fc.oneof({ weight: 2, arbitrary: acts(sends) }, hostPublish),
    lanes: 2,
    phases: 1,
  }),
  examples,
})

const answered = (...faults: (PostFault | null)[]) => plain({ connect: [sub()], faults: { posts: faults } })
const retriable: fc.Arbitrary<PostFault | null> = fc.constantFrom('throttled', 'refused', 'slow')

/** Posts that prove that nothing was delivered. */
export const statelessRetried = family(
  'stateless/retried',
  50,
  fc.array(fc.oneof({ weight: 4, arbitrary: retriable }, { weight: 1, arbitrary: fc.constant(null) }), {
    minLength: 1,
    maxLength: 2,
  }),
  {
    'STATELESS-07 throttled is retried': sequence([answered('throttled')], hosted(), act(0)),
    'STATELESS-07 throttled is retried: a close': sequence([answered('throttled')], act(0, close)),
    'STATELESS-07 a refused connection is retried': sequence([answered('refused')], hosted(), act(0)),
    'LIFE-14 sent before: what is slow to leave': sequence([answered('slow')], act(0, tracked, close)),
    'STATELESS-07 in order': sequence([answered('throttled')], act(0, tracked, tracked), act(0)),
    'STATELESS-07 in order: behind one that was not': sequence(
      [answered(null, 'throttled'), answered(null)],
      act(0, tracked, tracked, hold, send),
      act(1),
      openGate,
    ),
  },
)

const lasting: fc.Arbitrary<PostFault | null> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('failed', 'failed late') },
  { weight: 3, arbitrary: fc.constantFrom('forbidden', 'too large') },
  { weight: 1, arbitrary: fc.constantFrom('throttled', 'refused', null) },
)

/** Posts of which it cannot be known, or that are refused for good. */
export const statelessUndelivered = family(
  'stateless/undelivered',
  50,
  fc.oneof(fc.array(lasting, { minLength: 1, maxLength: 3 }), fc.tuple(fc.constant(null), lasting)),
  {
    'STATELESS-07 unknown is not retried': sequence([answered('failed')], hosted(), act(0)),
    'STATELESS-07 unknown is logged': sequence([answered('failed late')], act(0, tracked, tracked), act(0)),
    'STATELESS-07 refused for good is logged': sequence([answered('forbidden', 'too large')], act(0, tracked, tracked), act(0)),
    // Behind a message the channel is known open: what would make of it a removal has nothing else to wait for.
    'STATELESS-07 the channel stays': sequence([answered(null, 'failed')], act(0), hosted(), act(0, tracked, tracked)),
  },
)
