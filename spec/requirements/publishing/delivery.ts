/** Whom a publish reaches: every subscriber, whatever route it came by, and nobody else (PUB-01, PUB-04, PUB-13). */
import { broken, decide, kept, requirement } from '../../requirement.ts'
import { type Delivery, deliveries, meetsTrouble, ordinary, ordinaryTopic, publisherOf } from '../../run/deliveries.ts'
import type { Run } from '../../run/run.ts'
import { mustArrive, mustNotArrive } from '../arrival.ts'

/** A publish of a handler that excludes nobody. */
const toEveryone = (delivery: Delivery): boolean =>
  ordinary(delivery) && delivery.publish.op !== undefined && delivery.publish.exclude === null

/** Whether publisher and receiver are connected through the same route. */
const sameRoute = (run: Run, { publish, connection }: Delivery): boolean =>
  publisherOf(run, publish)?.channel === connection.channel

/** Whether the connection has subscribed to the topic once, so that no second subscription explains a second copy. */
const subscribedOnce = ({ changes }: Delivery): boolean => changes.filter((each) => each.change === 'subscribe').length === 1

export const pub01 = requirement({
  id: 'PUB-01',
  title: 'With null, every subscriber of the topic is delivered exactly one copy, the publisher included if subscribed',
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    'every subscriber': {
      promise: 'a publish that excludes nobody reaches every other subscriber of its topic',
      needs: ['trace'],
    },
    'the publisher': { promise: 'it reaches the channel that published it too, if that is subscribed', needs: ['trace'] },
    'one copy': { promise: 'each is given one copy', needs: ['trace'] },
    resolves: { promise: 'it resolves where there are subscribers', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'null, // null = broadcast to all subscribers' },
  *judge(run) {
    const judged = new Set<unknown>()
    for (const delivery of deliveries(run)) {
      if (!toEveryone(delivery)) continue
      const { publish, connection, receipts } = delivery
      const own = publisherOf(run, publish)
      if (own === connection) yield* mustArrive('the publisher', delivery, 'published it and is subscribed')
      else if (sameRoute(run, delivery) && own !== undefined && run.subscribed(own, publish) !== 'must not') {
        yield* mustArrive('every subscriber', delivery, 'is subscribed')
      }
      if (receipts.length > 0 && subscribedOnce(delivery)) {
        if (receipts.length === 1 && delivery.proven) yield kept('one copy', publish.begin, receipts[0]?.event)
        else if (receipts.length > 1) {
          yield broken('one copy', {
            events: [publish.begin, ...receipts.map((each) => each.event)],
            expected: `one copy of the publish to ${JSON.stringify(publish.topic)} on ${connection.name}, which subscribed once`,
            observed: `${connection.name} received ${receipts.length}`,
          })
        }
      }
      if (judged.has(publish) || publish.end === undefined || receipts.length === 0 || meetsTrouble(run, publish)) continue
      judged.add(publish)
      yield decide('resolves', publish.outcome === 'ok', {
        events: [publish.begin, publish.end],
        expected: `the publish to ${JSON.stringify(publish.topic)} resolves, as ${connection.name} has received it`,
        observed: 'it rejected',
      })
    }
  },
})

export const pub04 = requirement({
  id: 'PUB-04',
  title: 'Nobody who is not a subscriber of that very topic gets a publish',
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    'no subscriber': { promise: 'a connection that has subscribed to nothing is given no publish', needs: ['trace'] },
    'not yet subscribed': {
      promise: 'a connection that subscribes later is given nothing that was published before',
      needs: ['trace'],
    },
    'another topic': {
      promise: 'a connection that has subscribed to other topics is given no publish to this one',
      needs: ['trace'],
    },
  },
  source: { decision: 'the guide says who receives a publish; that nobody else does is what makes a topic a topic' },
  *judge(run) {
    for (const delivery of deliveries(run)) {
      const { publish, connection, changes } = delivery
      if (!ordinaryTopic(publish.topic) || delivery.expected !== 'must not') continue
      if (publish.op?.call.handler === 'onDisconnect' || anotherLife(run, delivery)) continue
      if (changes.length > 0) {
        const later = changes.every((each) => run.before(publish.end, each.op.begin) === 'yes')
        if (later && changes.some((each) => each.change === 'subscribe'))
          yield* mustNotArrive('not yet subscribed', delivery, 'subscribed only when it was over')
        continue
      }
      const others = run.changes.filter((each) => each.channelId === connection.channelId && each.change === 'subscribe')
      if (
        others.some(
          (each) => ordinaryTopic(each.topic) && each.outcome === 'ok' && run.before(each.op.end, publish.begin) === 'yes',
        )
      ) {
        yield* mustNotArrive('another topic', delivery, 'has subscribed to other topics only')
      } else if (others.length === 0) yield* mustNotArrive('no subscriber', delivery, 'has subscribed to nothing')
    }
  },
})

/** Whether an earlier connection of the same client was subscribed (SUB-08). */
function anotherLife(run: Run, { connection, publish }: Delivery): boolean {
  return run.connections.some(
    (each) =>
      each !== connection &&
      each.client === connection.client &&
      run.changes.some((change) => change.channelId === each.channelId && change.topic === publish.topic),
  )
}

export const pub13 = requirement({
  id: 'PUB-13',
  title: 'A topic spans channels: subscribers connected through different routes of one system all get it',
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    'other routes': {
      promise: 'a subscriber connected through another route than the publisher is given the publish',
      needs: ['trace'],
    },
  },
  source: {
    seed: 'guide',
    quote: 'The eventHub service provides transport-agnostic pub/sub, allowing you to broadcast messages to multiple channels',
  },
  *judge(run) {
    for (const delivery of deliveries(run)) {
      const own = publisherOf(run, delivery.publish)
      if (own === undefined || !toEveryone(delivery) || sameRoute(run, delivery)) continue
      yield* mustArrive(
        'other routes',
        delivery,
        `is subscribed through the channel ${delivery.connection.channel}, while ${own.name} published through ${own.channel}`,
      )
    }
  },
})
