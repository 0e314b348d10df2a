/** Programs whose receivers of the application's own are slow: one waits until another, or a client, has been given the publish too. */
import fc from 'fast-check'
import type { Op, Who } from '../../../spec/probe/ops.ts'
import type { Phase, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { act, freshClient, mode, pub, sub } from '../pubsub.ts'

const clients = [freshClient, freshClient]
const waiting: Op = { op: 'register', id: 'r', topics: ['t'], gate: 'g' }
const letting: Op = { op: 'register', id: 's', topics: ['t'], opens: 'g' }
const throwing: Op = { op: 'register', id: 's', topics: ['t'], opens: 'g', throws: true }
const plain: Op = { op: 'register', id: 's', topics: ['t'] }

const waits = act(0, waiting)
const waitsAndLets = act(0, waiting, letting)
const joins = act(1, sub())
const nobody: Who = { id: 'nobody' }
const publishing = (exclude: fc.Arbitrary<null | Who>, how = mode): fc.Arbitrary<Step> =>
  fc.oneof(
    fc.record({
      do: fc.constant('act' as const),
      client: fc.constantFrom(0, 1),
      ops: fc.array(
        fc.record(
          { op: fc.constant('publish' as const), topic: fc.constant('t'), exclude, mode: how },
          { requiredKeys: ['op', 'topic', 'exclude'] },
        ),
        { minLength: 1, maxLength: 2 },
      ),
    }),
    fc.record({ do: fc.constant('publish' as const), topic: fc.constant('t'), exclude }) as fc.Arbitrary<Step>,
  ) as fc.Arbitrary<Step>
const published = publishing(fc.constantFrom(null, nobody))

/** The last receiver of all lets the first go on. */
const amongReceivers: fc.Arbitrary<Program> = fc.record({
  clients: fc.tuple(fc.constant(freshClient), fc.constant(freshClient)),
  prefix: fc.oneof(
    fc.tuple(fc.constantFrom(waitsAndLets, act(0, waiting, throwing)), published),
    fc.tuple(fc.constant(joins), fc.constantFrom(waitsAndLets, act(0, letting, waiting)), published),
    fc.tuple(fc.constant(waits), fc.constant(act(1, letting)), published, published),
  ) as fc.Arbitrary<Step[]>,
  phases: fc.array(fc.constant<Phase>({ lanes: [[act(0, pub())]] }), { maxLength: 1 }),
})

const whenGiven: Step = { do: 'open gate', gate: 'g', after: 1 }

/** A client that is given the publish lets them go on. */
const besideClients: fc.Arbitrary<Program> = fc.record({
  clients: fc.tuple(fc.constant(freshClient), fc.constant(freshClient)),
  prefix: fc.tuple(fc.constantFrom(waits, act(0, waiting, plain), act(0, plain, waiting)), fc.constant(joins)),
  phases: fc.tuple(
    fc.record({
      lanes: fc.tuple(fc.tuple(published), fc.tuple(fc.constant(whenGiven))),
    }),
  ),
})

export const publishingReceivers: Family = {
  name: 'publishing/receivers',
  area: 'publishing',
  capabilities: ['customSubscribers'],
  runs: 30,
  arbitrary: fc.oneof(amongReceivers, besideClients),
  examples: {
    'PUB-10 others while a receiver waits': {
      clients,
      prefix: [waitsAndLets, { do: 'publish', topic: 't', exclude: null }],
      phases: [],
    },
    'PUB-10 others while a receiver waits: a client': {
      clients,
      prefix: [waits, joins],
      phases: [{ lanes: [[act(0, pub())], [whenGiven]] }],
    },
  },
}
