/** Programs about publishing: a prefix of subscribes, then lanes that mostly publish. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, plainClient, program, subscribe, unsubscribe } from '../parts.ts'
import { act, actOf, actWith, anyMode, hosted, hostPublish, mode, pub, publishOp, sequence, sub, unsub } from '../pubsub.ts'

const count = 3
const client = clientIndex(count)
const one = [plainClient]
const two = [plainClient, plainClient]

const send: fc.Arbitrary<Op> = fc.record({ op: fc.constant('send' as const), mode }, { requiredKeys: ['op'] })

export const publishing: Family = {
  name: 'publishing',
  area: 'publishing',
  runs: 110,
  arbitrary: program({
    clients: fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.constant(plainClient), fc.constant(plainClient), fc.constant(plainClient)) },
      { weight: 1, arbitrary: fc.array(fc.constant(plainClient), { minLength: 1, maxLength: count }) },
    ) as fc.Arbitrary<ClientSpec[]>,
    prefix: fc.array(
      fc.oneof(
        {
          weight: 12,
          arbitrary: actOf(client, fc.oneof({ weight: 8, arbitrary: subscribe }, publishOp(count), unsubscribe, send)),
        },
        { weight: 1, arbitrary: hostPublish(count) },
      ),
      { minLength: 0, maxLength: 5 },
    ),
    step: fc.oneof(
      {
        weight: 6,
        arbitrary: actOf(client, fc.oneof({ weight: 4, arbitrary: publishOp(count) }, { weight: 1, arbitrary: send })),
      },
      { weight: 2, arbitrary: actWith(client, fc.tuple(subscribe, publishOp(count, fc.constant(null), anyMode), send)) },
      { weight: 1, arbitrary: actOf(client, fc.oneof(subscribe, unsubscribe), 2) },
      { weight: 1, arbitrary: hostPublish(count) },
    ),
  }),
  examples: {
    'PUB-01 every subscriber': sequence(two, act(0, sub()), act(1, sub()), act(0, pub())),
    'PUB-01 the publisher': sequence(one, act(0, sub()), act(0, pub())),
    'PUB-01 one copy': sequence(two, act(0, sub()), act(1, sub()), act(0, pub())),
    'PUB-01 resolves': sequence(two, act(0, sub()), act(1, sub()), act(0, pub())),
    'PUB-02 everyone else': sequence(two, act(0, sub()), act(1, sub()), act(0, pub('t', 'self'))),
    'PUB-02 not the excluded one': sequence(two, act(0, sub()), act(1, sub()), act(1, pub('t', { client: 0 }))),
    'PUB-03 an unknown id': sequence(one, act(0, sub()), act(0, pub('t', { id: 'nobody' }))),
    'PUB-03 an unknown id: like the one of a subscriber': sequence(
      two,
      act(0, sub()),
      act(1, sub()),
      ...[['cut', 'longer'] as const, ['upper case', 'a space behind'] as const].map((ways) =>
        act(1, ...ways.map((unlike) => pub('t', { client: 0, unlike }))),
      ),
    ),
    'PUB-03 the empty string': sequence(one, act(0, sub()), act(0, pub('t', { id: '' }))),
    'PUB-03 not subscribed': sequence(two, act(0, sub()), act(1, pub('t', 'self'))),
    'PUB-03 no error': sequence(one, act(0, pub('t', { id: 'nobody' }))),
    'PUB-04 no subscriber': sequence(two, act(0, sub()), act(0, pub())),
    'PUB-04 not yet subscribed': sequence(one, act(0, pub()), act(0, sub())),
    'PUB-04 another topic': sequence(two, act(0, sub()), act(1, sub('u')), act(0, pub())),
    'PUB-05 at most once': sequence(one, act(0, sub()), act(0, pub(), { op: 'send' })),
    'PUB-05 nothing from nowhere': sequence(one, act(0, sub())),
    'PUB-06 one handler': sequence(two, act(0, sub()), act(1, pub(), pub(), pub())),
    'PUB-06 one handler after another': sequence(two, act(0, sub()), act(1, pub()), act(0, pub()), act(1, pub())),
    'PUB-07 awaited': sequence(one, act(0, sub()), act(0, pub(), { op: 'send' })),
    'PUB-07 unawaited': sequence(
      one,
      act(0, sub()),
      act(0, { op: 'publish', topic: 't', exclude: null, mode: 'float' }, { op: 'send' }),
    ),
    'PUB-09 from the host': sequence(one, act(0, sub()), hosted()),
    'PUB-09 the host resolves': sequence(one, hosted()),
    'PUB-09 without subscribing': sequence(two, act(0, sub()), act(1, pub())),
    'PUB-11 nobody ever': sequence(one, act(0, pub())),
    'PUB-11 nobody any more': sequence(one, act(0, sub()), act(0, unsub()), act(0, pub())),
  },
}
