/** Subscriptions of closed channels, and of live ones (STATELESS-12). */
import type { HistoryEvent } from '../../history.ts'
import { broken, type Judgment, kept, requirement } from '../../requirement.ts'
import { type Delivery, deliveries, ordinary, ordinaryTopic } from '../../run/deliveries.ts'
import { answeredGone, invocationsOf, type Post, platformOf } from '../../run/invocations.ts'
import type { Connection, Publish, Run } from '../../run/run.ts'
import { sameWire } from '../../wire.ts'
import { mustArrive } from '../arrival.ts'
import { advanced, crashed, knownOpen, mayBeRemoved, mayExpireAfter, postsTo, storeFaults } from './faults.ts'

export const stateless12 = requirement({
  id: 'STATELESS-12',
  title:
    'No interleaving leaves a subscription of a closed channel that a later publish would try more than once, or loses a live one',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'closed channels': {
      promise: 'of a channel that has closed no subscription is left that publishes would try again and again',
      needs: ['trace', 'platform', 'hub'],
    },
    'after a crash': {
      promise: 'what an invocation left that died in the middle is tried by one publish at most',
      needs: ['trace', 'platform', 'hub'],
    },
    'live channels': {
      promise:
        'no subscription of an open channel is lost to the end of another, to an event that came twice, or to an early "gone"',
      needs: ['trace', 'platform'],
    },
  },
  source: {
    seed: 'guide',
    quote:
      'In stateless environments, it offloads subscription management to a shared service, allowing messages to route correctly even when connections are handled by different function instances.',
  },
  *judge(run) {
    for (const connection of run.connections) yield* tries(run, connection)
    if (storeFaults(run).length > 0 || advanced(run) >= mayExpireAfter) return
    for (const delivery of deliveries(run)) {
      if (delivery.excluded || !ordinary(delivery) || !interleaved(run, delivery)) continue
      if (mayBeRemoved(run, delivery.connection) || refusedTo(run, delivery)) continue
      yield* mustArrive('live channels', delivery, 'is subscribed and open, whatever happened beside it')
    }
  },
})

/** One publish to a topic of a closed channel, with the posts by which it tried that channel. */
interface Try {
  publish: Publish
  posts: Post[]
}

function* tries(run: Run, connection: Connection): Generator<Judgment<'closed channels' | 'after a crash'>> {
  const end = knownClosed(run, connection)
  if (end === undefined) return
  const clause = crashed(run) ? 'after a crash' : 'closed channels'
  const remover = removedBy(run, connection)
  for (const [topic, later] of triesAfter(run, connection, end)) {
    const found = remover?.publish.topic === topic ? [remover, ...later] : later
    const first = found.find(({ posts }) => posts.length > 0 && posts.every(answeredGone))
    const again = later.find(
      ({ publish, posts }) => first !== undefined && posts.length > 0 && run.before(first.publish.end, publish.begin) === 'yes',
    )
    if (first !== undefined && again !== undefined) {
      const posts = [...first.posts, ...again.posts].flatMap(({ begin, answer }) => [begin, answer])
      yield broken(clause, {
        events: [end, first.publish.begin, ...posts.slice(0, 2), again.publish.begin, ...posts.slice(2)],
        expected: `${connection.name}'s channel, which has closed, tried by one publish to ${JSON.stringify(topic)} at most`,
        observed: 'the next publish to it, which began when that one was over, tried it too',
      })
    } else if (isSequence(run, found)) yield kept(clause, end, found[0]?.publish.begin, found.at(-1)?.publish.begin)
  }
}

/**
 * From when on a channel is certainly known to be closed, or would be to the first publish that tries it: its onDisconnect
 * has begun, or its client has gone and it had been known open before.
 */
function knownClosed(run: Run, connection: Connection): HistoryEvent | undefined {
  const { closed, calls } = connection
  const entered = calls.find((call) => call.handler === 'onDisconnect')?.enter
  return entered ?? (closed !== undefined && knownOpen(run, connection, closed) ? closed : undefined)
}

/**
 * The publish that removed a channel, where nobody else can have: from its first post to the channel until onDisconnect
 * began nothing else was under way that might. It has met the channel, and leaves nothing in its topic for a later one.
 */
function removedBy(run: Run, connection: Connection): Try | undefined {
  const { channelId, calls } = connection
  const removed = calls.find((call) => call.handler === 'onDisconnect')?.enter
  if (removed === undefined) return undefined
  const posts = postsTo(run, channelId).filter(({ data }) => data !== undefined)
  for (const publish of run.publishes) {
    const { wire } = publish
    const own = posts.filter(({ data }) => data !== undefined && wire !== undefined && sameWire(wire, data))
    const [first] = own
    if (first === undefined || publish.op?.call.channelId === channelId || run.before(first.begin, removed) !== 'yes') continue
    const apart = ({ begin, end }: { begin: HistoryEvent; end?: HistoryEvent | undefined }): boolean =>
      run.before(end, first.begin) === 'yes' || run.before(removed, begin) === 'yes'
    const others = [
      ...run.publishes.filter((each) => each !== publish),
      ...platformOf(run).invocations.filter((each) => each.channelId === channelId || each.event === 'sweep'),
    ]
    if (others.every(apart)) return { publish, posts: own }
  }
  return undefined
}

/** Publishes that began after `end`, to topics that the channel was subscribed to until then. */
function triesAfter(run: Run, connection: Connection, end: HistoryEvent): Map<string, Try[]> {
  const found = new Map<string, Try[]>()
  const posts = postsTo(run, connection.channelId).filter(({ data }) => data !== undefined)
  for (const { publish, changes } of deliveriesTo(run, connection)) {
    const { wire, topic } = publish
    if (wire === undefined || !ordinaryTopic(topic) || run.before(end, publish.begin) !== 'yes') continue
    const last = changes.findLast((change) => run.before(change.op.begin, end) !== 'no')
    if (last === undefined || last.change === 'unsubscribe') continue
    const own = posts.filter(({ data }) => data !== undefined && sameWire(wire, data))
    found.set(topic, [...(found.get(topic) ?? []), { publish, posts: own }])
  }
  return found
}

const deliveriesTo = (run: Run, connection: Connection): Delivery[] =>
  deliveries(run).filter((each) => each.connection === connection && !each.excluded)

/** Whether at least two of these publishes followed one another: else nothing shows what the second would have tried. */
const isSequence = (run: Run, found: readonly Try[]): boolean =>
  found.some((one) => found.some((other) => run.before(one.publish.end, other.publish.begin) === 'yes'))

/** Whether something happened before the publish that a careless adapter would take for the end of this subscription. */
function interleaved(run: Run, { publish, connection }: Delivery): boolean {
  const early = postsTo(run, connection.channelId).some((post) => answeredGone(post))
  const repeated = invocationsOf(run, connection.channelId).some(({ begin }) => begin.repeat === true)
  return early || repeated || run.connections.some((other) => other !== connection && endedBeside(run, other, publish))
}

/** Whether another subscriber of the topic was ending by the time of the publish. */
const endedBeside = (run: Run, { channelId, ending }: Connection, { topic, end }: Publish): boolean =>
  ending !== undefined &&
  run.before(ending, end) === 'yes' &&
  run.changes.some((change) => change.channelId === channelId && change.topic === topic)

/** Whether the platform refused this very message, or was made to. */
function refusedTo(run: Run, { publish, connection }: Delivery): boolean {
  const { wire } = publish
  const own = postsTo(run, connection.channelId).filter(
    ({ data }) => data !== undefined && wire !== undefined && sameWire(wire, data),
  )
  return own.length > 0 && own.at(-1)?.answer?.status !== 200
}
