/** Programs whose handlers send without awaiting, or to connections that are gone (SEND-08, SEND-09). */
import fc from 'fast-check'
import type { ConnectionFaults } from '../../../spec/platform.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { act, acts, answers, change, clients, named, publish, script, sequence, sub, unawaited } from '../stateless/parts.ts'

const client = clientIndex(2)
const posts = answers('gone', 'gone', null)

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: acts(fc.constant(0), fc.array(fc.oneof(unawaited('send'), named('send')), { minLength: 1, maxLength: 3 })),
  },
  { weight: 2, arbitrary: acts(client, script(fc.oneof(unawaited('send'), publish, change('subscribe')))) },
)

export const sendingStateless: Family = {
  name: 'sending/stateless',
  area: 'sending',
  capabilities: ['stateless'],
  runs: 80,
  arbitrary: program({
    clients: fc.tuple(
      clients({ faults: fc.record({ posts }) as fc.Arbitrary<ConnectionFaults> }),
      clients({ connect: script(change('subscribe'), 1) }),
    ),
    prefix: fc.array(step, { minLength: 1, maxLength: 3 }),
    step: acts(client, script(fc.oneof(unawaited('send'), publish))),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'SEND-08 its invocation waits': sequence(
      [{ channel: 'main' }, { channel: 'main', connect: [sub()] }],
      act(0, { op: 'send', mode: 'float' }, { op: 'publish', topic: 't', exclude: null, mode: 'float' }),
    ),
    'SEND-09 answered gone': sequence(
      [{ channel: 'main', faults: { posts: ['gone'] } }, { channel: 'main' }],
      act(0, { op: 'send' }),
    ),
  },
}
