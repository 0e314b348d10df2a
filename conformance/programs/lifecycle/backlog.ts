/** Programs that close a channel while much of what was sent before has still to leave. Few of them: each is megabytes. */
import fc from 'fast-check'
import type { ClientSpec, Step } from '../../program.ts'
import { backlog, scriptWithBacklog } from '../backlog.ts'
import type { Family } from '../family.ts'
import { plainClient, program } from '../parts.ts'
import { acts, anySend, close, returned, thrown, turn } from './parts.ts'

const closing = fc.oneof(
  { weight: 2, arbitrary: scriptWithBacklog(close) },
  { weight: 1, arbitrary: scriptWithBacklog(close, returned) },
  { weight: 1, arbitrary: scriptWithBacklog(anySend, close) },
  { weight: 1, arbitrary: scriptWithBacklog(turn, close) },
)
const step: fc.Arbitrary<Step> = acts(fc.constant(0), closing)
const greeting = fc.record({
  channel: fc.constant('main'),
  connect: fc.oneof(scriptWithBacklog(close), scriptWithBacklog(thrown)),
}) as fc.Arbitrary<ClientSpec>

export const lifecycleBacklog: Family = {
  name: 'lifecycle/backlog',
  area: 'lifecycle',
  // A platform takes no message of this size, and every event may meet another process.
  capabilities: ['stateful'],
  costly: true,
  runs: 4,
  arbitrary: program({
    clients: fc.tuple(fc.oneof({ weight: 3, arbitrary: fc.constant(plainClient) }, { weight: 1, arbitrary: greeting })),
    prefix: fc.tuple(step) as fc.Arbitrary<Step[]>,
    step,
    phases: 0,
  }),
  examples: {
    'LIFE-14 sent before: a backlog': {
      clients: [plainClient],
      prefix: [{ do: 'act', client: 0, ops: [...backlog, { op: 'close' }] }],
      phases: [],
    },
    'LIFE-09 refused or closed: behind a backlog': {
      clients: [{ channel: 'main', connect: [...backlog, { op: 'throw', error: 'error' }] }],
      prefix: [{ do: 'act', client: 0, ops: [...backlog, { op: 'close' }] }],
      phases: [],
    },
  },
}
