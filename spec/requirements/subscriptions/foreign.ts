/** Subscribing others by their ids (SUB-10). */
import { decide, requirement } from '../../requirement.ts'
import { changedByOthers, deliveries, ordinaryTopic } from '../../run/deliveries.ts'
import type { Run, SubscriptionChange } from '../../run/run.ts'
import { mustArrive, mustNotArrive } from '../arrival.ts'

export const sub10 = requirement({
  id: 'SUB-10',
  title: 'A handler may subscribe or unsubscribe another open channel by its id; an id nobody has leaves nothing behind',
  level: 'must',
  area: 'subscriptions',
  since: '1.0',
  clauses: {
    'subscribes another': {
      promise: 'a channel that another handler has subscribed is given the publishes to the topic',
      needs: ['trace'],
    },
    'unsubscribes another': {
      promise: 'a channel that another handler has unsubscribed is not given them any more',
      needs: ['trace'],
    },
    'an unknown id': { promise: 'subscribing an id nobody has leaves no subscription', needs: ['trace', 'residue'] },
  },
  source: { seed: 'guide', quote: 'subscribe(topic, subscriberId)- Subscribe to a topic' },
  *judge(run) {
    for (const delivery of deliveries(run)) {
      const { publish, connection, changes } = delivery
      if (
        !ordinaryTopic(publish.topic) ||
        !changedByOthers(delivery) ||
        publish.exclude !== null ||
        publish.op?.call.handler === 'onDisconnect'
      )
        continue
      const last = changes.findLast((each) => run.before(each.op.end, publish.begin) === 'yes')
      if (last === undefined || last.op.call.channelId === connection.channelId) continue
      if (last.change === 'subscribe')
        yield* mustArrive('subscribes another', delivery, `was subscribed by the handler of step ${last.op.call.step}`)
      else if (delivery.expected === 'must not' && changes.some((each) => each.change === 'subscribe' && each.outcome === 'ok')) {
        yield* mustNotArrive('unsubscribes another', delivery, `was unsubscribed by the handler of step ${last.op.call.step}`)
      }
    }
    for (const change of run.changes) {
      if (change.change !== 'subscribe' || change.op.end === undefined || known(run, change.channelId)) continue
      const residue = run.of('residue').find((each) => run.before(change.op.end, each) === 'yes')
      if (residue === undefined) continue
      yield decide(
        'an unknown id',
        !residue.subscriptions.some(([topic, id]) => id === change.channelId && topic === change.topic),
        {
          events: [change.op.begin, change.op.end, residue],
          expected: `no subscription of ${JSON.stringify(change.channelId)} to ${JSON.stringify(change.topic)}: nobody has that id`,
          observed: 'there is one',
        },
      )
    }
  },
})

/** Whether somebody has the id, or has had it. */
function known(run: Run, id: SubscriptionChange['channelId']): boolean {
  if (run.byChannelId.has(id) || run.ledger.channelIds.has(id)) return true
  return run.calls.some((call) => call.channelId === id || call.ops.some((op) => op.name === 'register' && op.args.id === id))
}
