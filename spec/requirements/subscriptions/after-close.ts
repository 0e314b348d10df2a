/** What follows a close: a new channel, the last words of the old one, and no publish tried on it (SUB-08, SUB-09, SUB-12). */
import { broken, decide, kept, requirement } from '../../requirement.ts'
import { type Delivery, deliveries, ordinaryTopic } from '../../run/deliveries.ts'
import { anyKilled, postsTo } from '../../run/platform.ts'
import type { Connection, OpRun, Run } from '../../run/run.ts'
import { mustArrive, mustNotArrive } from '../arrival.ts'
import { selfClose } from '../lifecycle/endings.ts'
import { isOf } from '../stateless/gone.ts'

/** The same client's earlier connections that had closed when this one was asked for. */
const earlierLives = (run: Run, connection: Connection): Connection[] =>
  run.connections.filter((each) => each.client === connection.client && run.before(each.closed, connection.connect) === 'yes')

const subscribedTo = (run: Run, { channelId }: Connection, topic: string): boolean =>
  channelId !== undefined &&
  run.changes.some(
    (each) => each.channelId === channelId && each.topic === topic && each.change === 'subscribe' && each.outcome === 'ok',
  )

export const sub08 = requirement({
  id: 'SUB-08',
  title: 'A reconnection is a new channel with no subscriptions',
  level: 'must',
  area: 'subscriptions',
  since: '1.0',
  clauses: {
    'a new channel': { promise: 'a client that connects again has another channel id', needs: ['trace'] },
    'no subscriptions': {
      promise: 'what its earlier channel had subscribed to is not delivered to the new one',
      needs: ['trace'],
    },
  },
  source: { seed: 'guide', quote: 'This means your application needs to resubscribe when connections are reestablished.' },
  *judge(run) {
    for (const connection of run.connections) {
      for (const earlier of earlierLives(run, connection)) {
        if (connection.channelId === undefined || earlier.channelId === undefined) continue
        yield decide('a new channel', connection.channelId !== earlier.channelId, {
          events: [earlier.closed, connection.connect, connection.open],
          expected: `another channel id for ${connection.name} than ${earlier.name} had`,
          observed: `both have ${connection.channelId}`,
        })
      }
    }
    for (const delivery of deliveries(run)) {
      const { publish, connection, changes } = delivery
      if (delivery.expected !== 'must not' || changes.length > 0 || !ordinaryTopic(publish.topic)) continue
      const earlier = earlierLives(run, connection).find((each) => subscribedTo(run, each, publish.topic))
      if (earlier !== undefined)
        yield* mustNotArrive('no subscriptions', delivery, `has subscribed to nothing of the kind: that was ${earlier.name}`)
    }
  },
})

export const sub09 = requirement({
  id: 'SUB-09',
  title: 'What onDisconnect publishes reaches the others and never the closed channel; its own unsubscribes are harmless',
  level: 'must',
  area: 'subscriptions',
  since: '1.0',
  clauses: {
    'the others': { promise: 'a publish of onDisconnect reaches every other subscriber', needs: ['trace'] },
    'never the closed channel': { promise: 'it does not reach the channel that has closed', needs: ['trace'] },
    'harmless unsubscribes': { promise: 'an unsubscribe in onDisconnect resolves', needs: ['trace'] },
  },
  source: { seed: 'guide', quote: 'Clean up subscriptions when clients disconnect:' },
  *judge(run) {
    for (const change of run.changes) {
      const { op } = change
      if (
        change.change !== 'unsubscribe' ||
        op.call.handler !== 'onDisconnect' ||
        op.end === undefined ||
        !ordinaryTopic(change.topic)
      )
        continue
      if (change.channelId !== op.call.channelId) continue
      yield decide('harmless unsubscribes', change.outcome === 'ok', {
        events: [op.begin, op.end],
        expected: `onDisconnect's unsubscribe from ${JSON.stringify(change.topic)} resolves`,
        observed: `it rejected with ${op.end.error?.name}: ${op.end.error?.message}`,
      })
    }
    for (const delivery of deliveries(run)) {
      const { publish, connection } = delivery
      if (publish.op?.call.handler !== 'onDisconnect' || !ordinaryTopic(publish.topic)) continue
      if (publish.op.call.channelId !== connection.channelId) {
        if (!delivery.excluded)
          yield* mustArrive('the others', delivery, 'is subscribed to what the closing channel published to')
      } else if (subscribedTo(run, connection, publish.topic)) yield* neverReached(run, 'never the closed channel', delivery)
    }
  },
})

/** A connection that has ended has been given whatever it will ever be given. */
function* neverReached<C extends string>(run: Run, clause: C, { publish, connection, receipts }: Delivery) {
  const close = selfClose(run, connection)
  const [receipt] = receipts
  if (receipt !== undefined) {
    yield broken(clause, {
      events: [connection.ending, publish.begin, receipt.event, connection.closed],
      expected: `nothing on ${connection.name} of what was published once its channel had closed`,
      observed: `${connection.name} received ${JSON.stringify(publish.value)}`,
    })
  } else if (connection.closed !== undefined && run.before(close, publish.begin) === 'yes')
    yield kept(clause, close, publish.begin, connection.closed)
}

export const sub12 = requirement({
  id: 'SUB-12',
  title: 'From the moment a channel is known to be closed no publish started later is tried on it',
  level: 'must',
  area: 'subscriptions',
  since: '1.0',
  clauses: {
    'after close()': {
      promise: 'a publish started after close() was called is not given to that channel, whether or not its onDisconnect has run',
      capabilities: ['stateful'],
      needs: ['trace'],
    },
    'after its removal': {
      promise: 'a publish started when its onDisconnect has started is not tried on a channel',
      needs: ['trace', 'platform'],
      capabilities: ['stateless'],
      despiteCrashes: true,
    },
  },
  source: { decision: 'a closed channel that is still tried costs every publisher, and what it is given has no order any more' },
  *judge(run) {
    const closes = run.calls.flatMap((call) => call.ops.filter((op) => op.name === 'close' && takesEffect(op)))
    for (const delivery of deliveries(run)) {
      const { publish, connection } = delivery
      if (publish.op?.call.handler === 'onDisconnect' || !ordinaryTopic(publish.topic)) continue
      // Calls within one process follow one another: what begins after a close() has begun, begins after it was called.
      const close = closes.find(
        (op) => op.call.channelId === connection.channelId && run.before(op.begin, publish.begin) === 'yes',
      )
      if (close === undefined || !subscribedTo(run, connection, publish.topic)) continue
      const over = connection.calls.find((call) => call.handler === 'onDisconnect')?.settled
      if (delivery.receipts.length > 0 || run.before(publish.begin, over) === 'yes')
        yield* neverReached(run, 'after close()', delivery)
    }
    yield* afterRemoval(run)
  },
})

/** Whether no subscribe of the channel's to the topic lay beside its end: that may leave what one publish tries and repairs (STATELESS-12). */
const subscribedInTime = (run: Run, { channelId, ending }: Connection, topic: string): boolean =>
  run.changes.every(
    (each) =>
      each.channelId !== channelId ||
      each.topic !== topic ||
      each.change !== 'subscribe' ||
      run.before(each.op.end, ending) === 'yes',
  )

/** The removal has ended its subscriptions before its onDisconnect starts; a crashed one may leave some (STATELESS-12). */
function* afterRemoval(run: Run) {
  if (anyKilled(run)) return
  for (const { publish, connection } of deliveries(run)) {
    const removed = connection.calls.find((call) => call.handler === 'onDisconnect')?.enter
    if (removed === undefined || run.before(removed, publish.begin) !== 'yes' || !ordinaryTopic(publish.topic)) continue
    if (!subscribedTo(run, connection, publish.topic) || !subscribedInTime(run, connection, publish.topic)) continue
    const tried = postsTo(run, connection.channelId).find((post) => isOf(publish, post))
    if (tried === undefined && publish.end === undefined) continue
    yield decide('after its removal', tried === undefined, {
      events: [removed, publish.begin, tried?.begin, publish.end],
      expected: `no post of ${JSON.stringify(publish.value)} to ${connection.name}, whose onDisconnect had started`,
      observed: 'it was tried',
    })
  }
}

/** In onConnect a close() takes effect only later (LIFE-14). */
const takesEffect = (op: OpRun): boolean => op.call.handler !== 'onConnect' && op.call.handler !== 'middleware'
