/** Programs whose channels belong to several APIs, each with an endpoint of its own (STATELESS-18). */
import fc from 'fast-check'
import type { ConnectionFaults } from '../../../spec/platform.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import {
  act,
  acts,
  answers,
  clients,
  host,
  hosted,
  idle,
  look,
  named,
  of,
  pub,
  script,
  sequence,
  sub,
  subscribes,
} from './parts.ts'

const client = clientIndex(3)
const subscribe: fc.Arbitrary<Op> = subscribes(fc.constant('t'))
const publish: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('publish' as const),
  topic: fc.constant('t'),
  exclude: fc.constant(null),
})
const faults: fc.Arbitrary<ConnectionFaults> = fc.record(
  {
    disconnect: fc.constantFrom('lost' as const, 'late' as const),
    posts: answers('gone', null),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<ConnectionFaults>
const step = fc.oneof(
  { weight: 4, arbitrary: acts(client, fc.tuple(publish)) },
  { weight: 2, arbitrary: hosted(fc.constant('t')) },
  { weight: 1, arbitrary: of('close', client) },
  { weight: 1, arbitrary: of('vanish', client) },
  { weight: 1, arbitrary: idle },
)
/** Channels of the probe with the action that acts perform. */
const channels = ['main', 'layered'] as const
const on = (channel: string) => ({ channel, connect: [sub()] })

export const endpoints: Family = {
  name: 'stateless/endpoints',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 90,
  arbitrary: program({
    clients: fc.tuple(
      clients({ channel: fc.constant(channels[0]), connect: script(subscribe, 1) }),
      clients({ channel: fc.constant(channels[1]), connect: script(subscribe, 1), faults }),
      clients({ channel: fc.constantFrom(...channels), connect: script(subscribe, 1), faults }),
    ),
    prefix: fc.tuple(acts(client, script(named('look'), 1)), step, step, step, step),
    step,
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'STATELESS-18 from another endpoint': sequence(
      [on('main'), on('layered'), on('main')],
      act(0, look),
      act(0, pub()),
      act(1, pub()),
      host(),
      host(),
    ),
    'STATELESS-18 from the host': sequence([on('main'), on('layered'), on('main')], act(0, look), host(), host(), host(), host()),
    'STATELESS-18 the answer of another': sequence(
      [on('main'), { ...on('layered'), faults: { disconnect: 'lost' } }, on('main')],
      act(1, look),
      act(0, pub()),
      { do: 'close', client: 1 },
      act(0, pub()),
      host(),
    ),
  },
}
