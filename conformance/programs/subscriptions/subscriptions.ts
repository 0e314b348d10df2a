/** Programs that subscribe and unsubscribe, themselves and others, once, again and needlessly, while others publish. */
import fc from 'fast-check'
import type { ClientSpec, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, plainClient, program } from '../parts.ts'
import {
  act,
  actOf,
  actWith,
  awaited,
  change,
  foreignChange,
  freshClient,
  hosted,
  hostPublish,
  pub,
  publishOp,
  sequence,
  sub,
  unsub,
} from '../pubsub.ts'

const count = 3
const client = clientIndex(count)
const two = [plainClient, plainClient]
const foreign = (of: 'subscribe' | 'unsubscribe', index: number) => ({ op: of, topic: 't', who: { client: index } })

const someClient = fc.constantFrom(plainClient, plainClient, freshClient)
const changes = fc.oneof({ weight: 4, arbitrary: change('subscribe') }, { weight: 3, arbitrary: change('unsubscribe') })
const others = fc.oneof(
  { weight: 2, arbitrary: foreignChange('subscribe', count) },
  { weight: 1, arbitrary: foreignChange('unsubscribe', count) },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: actOf(
      client,
      fc.oneof({ weight: 5, arbitrary: changes }, { weight: 2, arbitrary: publishOp(count, fc.constant(null)) }),
    ),
  },
  { weight: 3, arbitrary: actOf(client, others, 2) },
  { weight: 3, arbitrary: actWith(client, fc.tuple(foreignChange('subscribe', count), foreignChange('unsubscribe', count))) },
  { weight: 4, arbitrary: actWith(client, fc.tuple(awaited('subscribe'), awaited('subscribe'), awaited('unsubscribe'))) },
  { weight: 1, arbitrary: actWith(client, fc.tuple(awaited('subscribe'), awaited('unsubscribe'))) },
  { weight: 3, arbitrary: hostPublish(count) },
)

export const subscribing: Family = {
  name: 'subscriptions',
  area: 'subscriptions',
  runs: 120,
  arbitrary: program({
    clients: fc.oneof(
      { weight: 4, arbitrary: fc.tuple(someClient, someClient, someClient) },
      { weight: 1, arbitrary: fc.array(someClient, { minLength: 1, maxLength: count }) },
    ) as fc.Arbitrary<ClientSpec[]>,
    prefix: fc.array(step, { minLength: 0, maxLength: 6 }),
    step,
  }),
  examples: {
    'SUB-01 by a message': sequence([plainClient], act(0, sub()), hosted()),
    'SUB-02 nothing more': sequence([plainClient], act(0, sub()), act(0, unsub()), hosted()),
    'SUB-03 one copy': sequence([plainClient], act(0, sub()), act(0, sub()), hosted()),
    'SUB-03 one unsubscribe': sequence([plainClient], act(0, sub(), sub()), act(0, unsub()), hosted()),
    'SUB-04 no error': sequence([plainClient], act(0, unsub())),
    'SUB-04 changes nothing': sequence(two, act(0, sub()), act(1, unsub()), hosted()),
    'SUB-10 subscribes another': sequence(two, act(0, foreign('subscribe', 1) as never), act(0, pub())),
    'SUB-10 unsubscribes another': sequence(two, act(1, sub()), act(0, foreign('unsubscribe', 1) as never), hosted()),
    'SUB-10 an unknown id: like the one of a channel': sequence(
      two,
      ...(['cut', 'longer', 'upper case', 'a space behind'] as const).map((unlike) =>
        act(0, { op: 'subscribe', topic: 't', who: { client: 1, unlike } }),
      ),
      hosted(),
    ),
    'SUB-10 an unknown id': sequence([freshClient], act(0, { op: 'subscribe', topic: 't', who: { id: 'nobody' } })),
  },
}
