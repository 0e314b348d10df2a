/** From when and until when a subscription holds (SUB-01, SUB-02), and what repeating either does (SUB-03, SUB-04). */
import { broken, decide, kept, requirement } from '../../requirement.ts'
import { changesOthers, type Delivery, deliveries, ordinary, ordinaryTopic } from '../../run/deliveries.ts'
import type { Run, SubscriptionChange } from '../../run/run.ts'
import { mustArrive, mustNotArrive } from '../arrival.ts'

/** The changes that were over when the publish began, in order. */
const changesBefore = (run: Run, { changes, publish }: Delivery): SubscriptionChange[] =>
  changes.filter((each) => run.before(each.op.end, publish.begin) === 'yes')

/** How many subscribes have resolved since the last unsubscribe that was over when the publish began. */
function subscribesInForce(run: Run, delivery: Delivery): number {
  const before = changesBefore(run, delivery)
  const from = before.findLastIndex((each) => each.change === 'unsubscribe') + 1
  return before.slice(from).filter((each) => each.outcome === 'ok').length
}

export const sub01 = requirement({
  id: 'SUB-01',
  title: 'From a subscribe that has resolved until an unsubscribe or the close, every publish to the topic is delivered',
  level: 'must',
  area: 'subscriptions',
  since: '1.0',
  clauses: {
    'by a message': { promise: 'what a message handler has subscribed to is delivered', needs: ['trace'] },
    'by onConnect': { promise: 'what onConnect has subscribed to is delivered once the socket is open', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'subscribe(topic, subscriberId)- Subscribe to a topic' },
  *judge(run) {
    for (const delivery of deliveries(run)) {
      if (delivery.publish.exclude !== null || !ordinary(delivery)) continue
      const connecting = delivery.changes.some((each) => each.change === 'subscribe' && each.op.call.handler === 'onConnect')
      yield* mustArrive(connecting ? 'by onConnect' : 'by a message', delivery, 'is subscribed')
    }
  },
})

export const sub02 = requirement({
  id: 'SUB-02',
  title: 'Once unsubscribe has resolved, no publish started later reaches the channel by that topic',
  level: 'must',
  area: 'subscriptions',
  since: '1.0',
  clauses: {
    'nothing more': { promise: 'a publish that starts after an unsubscribe has resolved is not delivered', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'unsubscribe(topic, subscriberId)- Unsubscribe from a topic' },
  *judge(run) {
    for (const delivery of deliveries(run)) {
      if (!ordinary(delivery) || delivery.expected !== 'must not') continue
      const before = changesBefore(run, delivery)
      const subscribes = before.filter((each) => each.change === 'subscribe' && each.outcome === 'ok')
      // Two subscribes and one unsubscribe are SUB-03's.
      if (subscribes.length === 0 || repeated(before) || changesOthers(run, delivery)) continue
      yield* mustNotArrive('nothing more', delivery, 'had unsubscribed before it was published')
    }
  },
})

/** Whether a subscribe followed another with no unsubscribe between them. */
function repeated(changes: readonly SubscriptionChange[]): boolean {
  return changes.some((each, index) => each.change === 'subscribe' && changes[index - 1]?.change === 'subscribe')
}

export const sub03 = requirement({
  id: 'SUB-03',
  title: 'Subscribing twice is subscribing once: one copy of each publish, one unsubscribe ends it',
  level: 'must',
  area: 'subscriptions',
  since: '1.0',
  clauses: {
    'one copy': { promise: 'a channel that subscribed twice is given one copy', needs: ['trace'] },
    'one unsubscribe': { promise: 'one unsubscribe ends what two subscribes began', needs: ['trace'] },
  },
  source: {
    decision: 'subscribing again, after a reconnection of the application’s own making for one, must not change what is received',
  },
  *judge(run) {
    for (const delivery of deliveries(run)) {
      if (!ordinary(delivery) || changesOthers(run, delivery)) continue
      const { publish, connection, receipts } = delivery
      if (delivery.expected === 'must not') {
        const later = delivery.changes.some(
          (each) => each.change === 'subscribe' && run.before(publish.end, each.op.begin) === 'yes',
        )
        if (!later && repeated(changesBefore(run, delivery)))
          yield* mustNotArrive('one unsubscribe', delivery, 'has unsubscribed once after it had subscribed twice')
        continue
      }
      if (subscribesInForce(run, delivery) < 2 || receipts.length === 0) continue
      if (receipts.length === 1 && delivery.proven) yield kept('one copy', publish.begin, receipts[0]?.event)
      else if (receipts.length > 1) {
        yield broken('one copy', {
          events: [...delivery.changes.map((each) => each.op.end), publish.begin, ...receipts.map((each) => each.event)],
          expected: `one copy of the publish to ${JSON.stringify(publish.topic)} on ${connection.name}, however often it subscribed`,
          observed: `${connection.name} received ${receipts.length}`,
        })
      }
    }
  },
})

export const sub04 = requirement({
  id: 'SUB-04',
  title: 'Unsubscribing what is not subscribed changes nothing and is no error',
  level: 'must',
  area: 'subscriptions',
  since: '1.0',
  clauses: {
    'no error': { promise: 'unsubscribing from a topic that the channel is not subscribed to resolves', needs: ['trace'] },
    'changes nothing': { promise: 'other subscriptions to the topic, and other topics of the channel, go on', needs: ['trace'] },
  },
  source: {
    decision: 'who leaves does not have to know whether it was there: a disconnect handler unsubscribes whatever it knows of',
  },
  *judge(run) {
    const idle = run.changes.filter((change) => needless(run, change))
    for (const change of idle) {
      yield decide('no error', change.outcome === 'ok', {
        events: [change.op.begin, change.op.end],
        expected: `unsubscribing from ${JSON.stringify(change.topic)}, which the channel is not subscribed to, resolves`,
        observed: `it rejected with ${change.op.end?.error?.name}: ${change.op.end?.error?.message}`,
      })
    }
    for (const delivery of deliveries(run)) {
      const { publish, connection } = delivery
      if (!ordinary(delivery) || publish.exclude !== null) continue
      const touched = idle.some(
        (change) =>
          (change.topic === publish.topic) !== (change.channelId === connection.channelId) &&
          run.before(change.op.end, publish.begin) === 'yes',
      )
      if (touched) yield* mustArrive('changes nothing', delivery, 'is subscribed; a needless unsubscribe does not change that')
    }
  },
})

/** An unsubscribe of a channel's own that nothing of the kind preceded, or whose subscription was already ended. */
function needless(run: Run, change: SubscriptionChange): boolean {
  const { op, topic, channelId } = change
  if (change.change !== 'unsubscribe' || op.end === undefined || !ordinaryTopic(topic) || op.call.channelId !== channelId)
    return false
  const ending = run.byChannelId.get(channelId)?.ending
  if (op.call.handler === 'onDisconnect' || (ending !== undefined && run.before(op.end, ending) !== 'yes')) return false
  const others = run.changes.filter((each) => each !== change && each.channelId === channelId && each.topic === topic)
  const over = (each: SubscriptionChange): boolean =>
    run.before(op.end, each.op.begin) === 'yes' ||
    others.some(
      (end) =>
        end.change === 'unsubscribe' &&
        end.outcome === 'ok' &&
        run.before(each.op.end, end.op.begin) === 'yes' &&
        run.before(end.op.end, op.begin) === 'yes',
    )
  return others.every((each) => each.change === 'unsubscribe' || over(each))
}
