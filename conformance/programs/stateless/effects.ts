/** Programs whose handlers leave work unawaited, throw, or answer much (STATELESS-13, STATELESS-14). */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import {
  act,
  acts,
  change,
  clients,
  host,
  hosted,
  idle,
  named,
  of,
  publish,
  script,
  sequence,
  thrown,
  turn,
  unawaited,
} from './parts.ts'

const client = clientIndex(2)
const careless = fc.oneof(
  { weight: 3, arbitrary: change('subscribe') },
  { weight: 2, arbitrary: change('unsubscribe') },
  { weight: 2, arbitrary: unawaited('send') },
  { weight: 2, arbitrary: publish },
  { weight: 1, arbitrary: named('return') },
  { weight: 1, arbitrary: turn },
  { weight: 5, arbitrary: thrown },
)
const step = fc.oneof(
  { weight: 5, arbitrary: acts(client, script(careless)) },
  { weight: 3, arbitrary: hosted() },
  { weight: 1, arbitrary: idle },
  { weight: 1, arbitrary: of('close', client) },
  { weight: 1, arbitrary: of('connect', client) },
)
const floating = (op: 'subscribe' | 'unsubscribe'): Op => ({ op, topic: 't', mode: 'float' })

export const effects: Family = {
  name: 'stateless/effects',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 80,
  arbitrary: program({
    clients: fc.tuple(
      clients({ connect: script(change('subscribe'), 1), disconnect: script(fc.oneof(publish, turn), 2) }),
      clients({ connect: script(change('subscribe'), 1) }),
    ),
    prefix: fc.array(step, { minLength: 0, maxLength: 5 }),
    step,
    lanes: 3,
    phases: 1,
  }),
  examples: {
    'STATELESS-13 its handler': sequence(
      [{ channel: 'main', disconnect: [{ op: 'turn', times: 3 }] }, { channel: 'main' }],
      act(0, { op: 'turn', times: 3 }),
      { do: 'close', client: 0 },
    ),
    'STATELESS-13 its posts': sequence(
      [{ channel: 'main' }, { channel: 'main' }],
      act(0, { op: 'send', mode: 'float' }, { op: 'return' }),
    ),
    'STATELESS-13 its subscriptions': sequence(
      [{ channel: 'main' }, { channel: 'main' }],
      act(0, floating('subscribe')),
      { do: 'idle' },
      host(),
      act(0, floating('unsubscribe')),
      host(),
    ),
    'STATELESS-14 status 200': sequence([{ channel: 'main' }, { channel: 'main' }], act(0, { op: 'send' })),
    'STATELESS-14 no body': sequence([{ channel: 'main' }, { channel: 'main' }], act(0, { op: 'return' })),
    'STATELESS-14 a handler that threw': sequence(
      [{ channel: 'main' }, { channel: 'main' }],
      act(0, { op: 'throw', error: 'error' }),
    ),
  },
}
