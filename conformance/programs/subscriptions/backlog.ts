/**
 * Programs that close a subscribed channel while much of what was sent before has still to leave: its socket is open for as
 * long as that takes, so that what is published meanwhile could still arrive. Few of them: each is megabytes.
 */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Step } from '../../program.ts'
import { backlog, scriptWithBacklog } from '../backlog.ts'
import type { Family } from '../family.ts'
import { plainClient, program } from '../parts.ts'
import { act, actWith, freshClient, hostPublish, pub, sequence, sub } from '../pubsub.ts'

const count = 2
const subscribe: fc.Arbitrary<Op> = fc.record({ op: fc.constant('subscribe' as const), topic: fc.constant('t') })
const close: fc.Arbitrary<Op> = fc.record({ op: fc.constant('close' as const) })
const hold: fc.Arbitrary<Op> = fc.record({ op: fc.constant('hold' as const), gate: fc.constant('g') })
const publish: fc.Arbitrary<Op> = fc.record(
  {
    op: fc.constant('publish' as const),
    topic: fc.constant('t'),
    exclude: fc.constant(null),
    mode: fc.constant('track' as const),
  },
  { requiredKeys: ['op', 'topic', 'exclude'] },
)

/** What follows the close within the handler begins while its socket is certain to be open: nothing was read meanwhile. */
const closing = fc.oneof(
  { weight: 3, arbitrary: scriptWithBacklog(close, publish) },
  { weight: 1, arbitrary: scriptWithBacklog(publish, close, publish) },
  { weight: 1, arbitrary: scriptWithBacklog(close, hold) },
)
const joining = (client: number): fc.Arbitrary<Step> => actWith(fc.constant(client), fc.tuple(subscribe))
const others = fc.oneof(actWith(fc.constant(1), fc.tuple(publish)), hostPublish(count))

export const subscriptionBacklog: Family = {
  name: 'subscriptions/backlog',
  area: 'subscriptions',
  // A platform takes no message of this size, and every event may meet another process.
  capabilities: ['stateful'],
  costly: true,
  runs: 4,
  arbitrary: program({
    clients: fc.tuple(fc.constant(freshClient), fc.constant(plainClient)),
    prefix: fc.oneof(
      fc.tuple(actWith(fc.constant(0), fc.tuple(subscribe)), actWith(fc.constant(0), closing)),
      // The topic is then somebody's still.
      fc.tuple(joining(0), joining(1), actWith(fc.constant(0), closing)),
    ) as fc.Arbitrary<Step[]>,
    step: others,
    lanes: 2,
    steps: 2,
    phases: 1,
  }),
  examples: {
    'SUB-12 after close(): behind a backlog': sequence(
      [freshClient, plainClient],
      act(0, sub()),
      act(1, sub()),
      act(0, ...backlog, { op: 'close' }, pub()),
    ),
  },
}
