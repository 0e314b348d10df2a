/** One receiver's trouble is nobody else's (PUB-10). */
import type { HistoryEvent } from '../../history.ts'
import { decide, requirement } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import { deliveries, markOf, ordinary, ordinaryTopic } from '../../run/deliveries.ts'
import type { Connection, Publish, Run } from '../../run/run.ts'
import { sameWire } from '../../wire.ts'
import { mustArrive } from '../arrival.ts'
import { type Receiver, receiversOf } from '../subscriptions/custom.ts'

type Trouble = 'gone' | 'slow'

export const pub10 = requirement({
  id: 'PUB-10',
  title: 'One receiver that is gone, slow or failing keeps nothing from the others and fails no publish',
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    'others while one is gone': {
      promise: 'the other subscribers are given a publish that meets one whose connection is ending',
      needs: ['trace'],
    },
    'others while one is slow': {
      promise: 'the other subscribers are given a publish that meets one that does not read',
      needs: ['trace'],
    },
    'others while a receiver waits': {
      promise: 'a registered receiver that waits keeps a publish from no other receiver and no client until it goes on',
      capabilities: ['customSubscribers'],
      needs: ['trace'],
    },
    resolves: { promise: 'such a publish resolves', needs: ['trace'] },
  },
  source: { decision: 'a publisher cannot know its receivers, let alone answer for them' },
  *judge(run) {
    const met = new Map(run.publishes.map((publish) => [publish, troubled(run, publish)]))
    for (const [publish, { gone, slow }] of met) {
      const one = gone[0] ?? slow[0]
      if (one === undefined || publish.end === undefined || publish.wire === undefined || !ordinaryTopic(publish.topic)) continue
      // Somebody else must be there to be served; with nobody left it is PUB-11's.
      if (run.connections.every((each) => each === one || run.subscribed(each, publish) === 'must not')) continue
      yield decide('resolves', publish.outcome === 'ok', {
        events: [one.ending, publish.begin, publish.end],
        expected: `the publish to ${JSON.stringify(publish.topic)} resolves, whatever becomes of ${one.name}, which is ${gone[0] === undefined ? 'not reading' : 'going'}`,
        observed: 'it rejected',
      })
    }
    yield* besideReceivers(run)
    for (const delivery of deliveries(run)) {
      const { publish, connection } = delivery
      if (!ordinary(delivery) || delivery.excluded) continue
      const { gone, slow } = met.get(publish) ?? { gone: [], slow: [] }
      const [vanished] = gone.filter((each) => each !== connection)
      const [paused] = slow.filter((each) => each !== connection)
      if (vanished !== undefined)
        yield* mustArrive(
          'others while one is gone',
          delivery,
          `is subscribed, as ${vanished.name} was, which was going when it was published`,
        )
      if (paused !== undefined)
        yield* mustArrive('others while one is slow', delivery, `is subscribed, as ${paused.name} is, which did not read`)
    }
  },
})

/** Who is given a publish while a registered receiver of it waits at a gate, which the kit opens at the latest when nothing happens any more. */
function* besideReceivers(run: Run) {
  const receivers = receiversOf(run)
  if (receivers.every(({ gate }) => gate === undefined)) return
  for (const publish of run.publishes) {
    const { wire } = publish
    if (wire === undefined || !ordinaryTopic(publish.topic) || markOf(publish.value) === undefined) continue
    const copyOf = ({ received }: Receiver): HistoryEvent | undefined => received.find(({ data }) => sameWire(wire, data))
    for (const waiting of receivers) {
      const given = copyOf(waiting)
      const passed = run.of('passed').find((each) => each.id === waiting.id && run.before(given, each) === 'yes')
      if (given === undefined || passed === undefined) continue
      const stall = run.of('stall').find((each) => run.before(given, each) === 'yes' && run.before(each, passed) !== 'no')
      // One that waits itself may wait for a publish before this one.
      const others: [string, HistoryEvent | undefined][] = receivers.flatMap((each) =>
        each === waiting || each.gate !== undefined ? [] : [[`the receiver ${each.id}`, copyOf(each)]],
      )
      for (const { conn, event } of publish.receipts) if (takesIt(run, conn, given)) others.push([conn.name, event])
      for (const [name, copy] of others) {
        if (copy === undefined) continue
        // A client is given it where the kit sees that, and a receiver where it goes on from the one that waited.
        const behind = copy.at === 'client' ? stall : passed
        const late = stall !== undefined && run.before(behind, copy) === 'yes'
        if (!late && run.before(copy, passed) !== 'yes') continue
        yield decide('others while a receiver waits', !late, {
          events: [publish.begin, given, stall, passed, copy],
          expected: `${name} given the publish to ${JSON.stringify(publish.topic)} although the receiver ${waiting.id} waits`,
          observed: 'nothing came until the kit let that go on',
        })
      }
    }
  }
}

/** Whether a client can be seen to be given something by then: it reads, and its connect is over. */
function takesIt(run: Run, connection: Connection, by: HistoryEvent): boolean {
  if (run.of('invoke').some((event) => event.conn === connection.name && actionOf(event).do === 'pause')) return false
  const connect = connection.calls.find(({ handler }) => handler === 'onConnect')
  const begun = connection.connect === undefined ? [] : [connection.open, ...(connect === undefined ? [] : [connect.settled])]
  return begun.every((event) => run.before(event, by) === 'yes')
}

/** Subscribers that the publish met when they were going, or not reading. */
function troubled(run: Run, publish: Publish): Record<Trouble, Connection[]> {
  const found: Record<Trouble, Connection[]> = { gone: [], slow: [] }
  for (const connection of run.connections) {
    if (!subscribedBefore(run, connection, publish)) continue
    if (going(run, connection, publish)) found.gone.push(connection)
    else if (pausedBefore(run, connection, publish)) found.slow.push(connection)
  }
  return found
}

const subscribedBefore = (run: Run, { channelId }: Connection, publish: Publish): boolean =>
  run.changes.some(
    (each) =>
      each.channelId === channelId &&
      each.topic === publish.topic &&
      each.change === 'subscribe' &&
      each.outcome === 'ok' &&
      run.before(each.op.end, publish.begin) === 'yes',
  ) && !run.changes.some((each) => each.channelId === channelId && each.topic === publish.topic && each.change === 'unsubscribe')

/** It began to end before the publish was over, and its end was not dealt with when the publish began. */
function going(run: Run, connection: Connection, publish: Publish): boolean {
  const over = connection.calls.find((call) => call.handler === 'onDisconnect')?.settled
  return (
    connection.ending !== undefined &&
    run.before(connection.ending, publish.begin) === 'yes' &&
    run.before(over, publish.begin) === 'no'
  )
}

const pausedBefore = (run: Run, connection: Connection, publish: Publish): boolean =>
  run
    .of('invoke')
    .some((each) => each.conn === connection.name && actionOf(each).do === 'pause' && run.before(each, publish.begin) === 'yes')
