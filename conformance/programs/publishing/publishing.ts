/** Programs about publishing: a prefix of subscribes, then lanes that mostly publish. */
import fc from 'fast-check'
import type { Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { act, clientIndex, exclusion, plainClient, program, publish, subscribe, topicName, unsubscribe } from '../parts.ts'

const count = 3
const client = clientIndex(count)

const hostPublish: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('publish' as const),
  topic: topicName,
  exclude: exclusion(count).filter((who) => who !== 'self'),
}) as fc.Arbitrary<Step>

export const publishing: Family = {
  name: 'publishing',
  area: 'publishing',
  runs: 150,
  arbitrary: program({
    clients: fc.array(fc.constant(plainClient), { minLength: 1, maxLength: count }),
    prefix: fc.array(act(client, fc.array(subscribe, { minLength: 1, maxLength: 2 })), { minLength: 0, maxLength: 4 }),
    step: fc.oneof(
      { weight: 5, arbitrary: act(client, fc.array(publish(count), { minLength: 1, maxLength: 2 })) },
      { weight: 1, arbitrary: act(client, fc.array(fc.oneof(subscribe, unsubscribe), { minLength: 1, maxLength: 2 })) },
      { weight: 1, arbitrary: hostPublish },
    ),
  }),
  examples: {
    'PUB-02 everyone else': {
      clients: [plainClient, plainClient],
      prefix: [
        { do: 'act', client: 0, ops: [{ op: 'subscribe', topic: 't' }] },
        { do: 'act', client: 1, ops: [{ op: 'subscribe', topic: 't' }] },
        { do: 'act', client: 0, ops: [{ op: 'publish', topic: 't', exclude: 'self' }] },
      ],
      phases: [],
    },
    'PUB-02 not the excluded one': {
      clients: [plainClient],
      prefix: [
        { do: 'act', client: 0, ops: [{ op: 'subscribe', topic: 't' }] },
        { do: 'publish', topic: 't', exclude: { client: 0 } },
      ],
      phases: [],
    },
  },
}
