/** Programs whose disconnects are lost for good, and whose clock goes on until every record has expired. Each needs a clock of its own. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { act, hosted, pub, sequence, sub } from '../pubsub.ts'
import {
  advance,
  ask,
  asks,
  faultyClient,
  hostPublish,
  later,
  plain,
  publish,
  subscribe,
  sweep,
  swept,
  threeHours,
} from './platform-parts.ts'

const client = clientIndex(2)
const lost = fc.constant('lost' as const)
const script: fc.Arbitrary<Op[]> = fc.array(subscribe, { minLength: 0, maxLength: 2 })
const subscribes: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('act' as const),
  client,
  ops: fc.array(fc.oneof({ weight: 3, arbitrary: subscribe }, publish), { minLength: 1, maxLength: 2 }),
})
const after = fc.oneof(
  { weight: 4, arbitrary: hostPublish },
  { weight: 2, arbitrary: asks(client, 'repeat message') },
  { weight: 4, arbitrary: sweep },
)

/** What finds an expired channel before a sweep does. */
const met = fc.oneof({ weight: 1, arbitrary: hostPublish }, { weight: 2, arbitrary: asks(client, 'repeat message') })

export const statelessExpiry: Family = {
  name: 'stateless/expiry',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 120,
  arbitrary: program({
    clients: fc.array(
      faultyClient(fc.record({ disconnect: lost }), {
        connect: script,
        disconnect: fc.array(publish, { minLength: 0, maxLength: 1 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    prefix: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(subscribes, advance(threeHours, 4 * 3600), after, sweep) },
      { weight: 4, arbitrary: fc.tuple(subscribes, subscribes, advance(threeHours), met, met, sweep) },
      fc.array(fc.oneof(subscribes, after, advance(40, threeHours)), { minLength: 0, maxLength: 4 }),
    ),
    step: fc.oneof(sweep, hostPublish),
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'STATELESS-09 no publish is tried': sequence([lostClient()], act(0, sub()), later(threeHours), hosted(), swept),
    'STATELESS-09 no message is handled': sequence(
      [lostClient()],
      act(0, sub()),
      later(threeHours),
      ask('repeat message'),
      swept,
    ),
    'STATELESS-09 swept once': sequence([lostClient()], act(0, sub(), pub()), later(threeHours), swept, swept),
    'STATELESS-09 nothing remains': sequence([lostClient()], act(0, sub()), later(threeHours), swept, swept),
  },
}

function lostClient() {
  return plain({ faults: { disconnect: 'lost' } })
}

const subscribing: fc.Arbitrary<Op[]> = fc.tuple(subscribe, subscribe)

const dies = (event: 'connect' | 'disconnect', ...requests: number[]) =>
  fc.record({
    kill: fc.record({
      event: fc.constant(event),
      request: fc.constantFrom(...requests),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  })

/** Connects and disconnects whose process dies at one of its requests, and a sweep when all has expired. */
export const statelessDied: Family = {
  name: 'stateless/died',
  area: 'stateless',
  capabilities: ['stateless'],
  runs: 90,
  arbitrary: program({
    clients: fc.oneof(
      { weight: 3, arbitrary: fc.tuple(faultyClient(dies('connect', 2, 3, 4, 5, 6), { connect: subscribing })) },
      { weight: 1, arbitrary: fc.tuple(faultyClient(dies('connect', 1, 2, 3, 4, 5), { connect: script })) },
      { weight: 2, arbitrary: fc.tuple(faultyClient(dies('disconnect', 1, 2, 3, 4, 5, 6), { connect: script })) },
    ),
    prefix: fc.oneof(
      { weight: 2, arbitrary: fc.tuple(advance(threeHours), sweep) },
      {
        weight: 2,
        arbitrary: fc.tuple(fc.record({ do: fc.constant('close' as const), client: fc.constant(0) }), advance(threeHours), sweep),
      },
      { weight: 1, arbitrary: fc.tuple(advance(threeHours), sweep, fc.oneof(hostPublish, sweep)) },
    ),
    step: fc.oneof(sweep, hostPublish),
    lanes: 1,
    phases: 1,
  }),
  examples: {
    'STATELESS-09 nothing remains: of a remover that died': sequence(
      [plain({ connect: [sub(), sub('u')], faults: { kill: { event: 'disconnect', request: 4, when: 'before' } } })],
      { do: 'close', client: 0 },
      later(threeHours),
      swept,
    ),
    'STATELESS-09 nothing remains: of a connect that died at once': sequence(
      [plain({ connect: [], faults: { kill: { event: 'connect', request: 1, when: 'after' } } })],
      later(threeHours),
      swept,
    ),
    'STATELESS-09 a connect that died': sequence(
      [plain({ connect: [sub(), sub('u')], faults: { kill: { event: 'connect', request: 4, when: 'before' } } })],
      later(threeHours),
      swept,
    ),
  },
}
