/** What events cost, counted in requests to the stores and posts (STATELESS-16). */
import type { StoreRequests } from '../../platform.ts'
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import { answeredGone, type Invocation, invocationOf, invocationsOf, type Post, platformOf } from '../../run/invocations.ts'
import type { Call, Run } from '../../run/run.ts'
import { sameWire } from '../../wire.ts'
import { crashed, storeFaults } from './faults.ts'

/**
 * The most that is allowed. Generous, since adapters differ in their protocols: what grows with anything but the work
 * passes every constant.
 */
const most = {
  /** Requests for a message whose handler asks nothing of stores or hub. */
  message: 10,
  /** Reads for a message whose handler publishes, beside those for its subscribers; shards of a topic are read one by one. */
  publish: 24,
  /** Further requests for each operation of a handler's on stores or hub. */
  operation: 8,
  /** Reads for each subscriber of a topic. */
  subscriber: 3,
  /** Posts of one invocation at a time (documented: 50). */
  atOnce: 100,
  /** Single records that a sweep reads beside those that have expired, and for each of them. */
  sweep: 4,
} as const

/** From so many subscriptions, messages and other connections on, a cost that grows with them passes `most`. */
const enough = 12

const reads = ({ get, query, scan }: StoreRequests): number => get + query + scan
const all = (requests: StoreRequests): number => reads(requests) + requests.write
const show = ({ get, query, write, scan }: StoreRequests): string =>
  `${get} single reads, ${query} queries, ${write} items written, ${scan} scans`

export const stateless16 = requirement({
  id: 'STATELESS-16',
  title: 'Costs grow with the work: no scan, reads of a publish by its subscribers, bounded posts, a fixed cost of a message',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'no scan': { promise: 'nothing handled for a client scans a table', needs: ['trace', 'platform'] },
    'a publish': {
      promise: 'a publish costs reads in proportion to its subscribers, whatever else there is',
      needs: ['trace', 'platform'],
    },
    'bounded posts': {
      promise: 'a publish to many has only so many posts under way at once',
      needs: ['trace', 'platform', 'hub'],
      heavy: true,
    },
    'one post at a time': {
      promise: 'one invocation posts to one connection one message after another',
      needs: ['trace', 'platform'],
    },
    'a message': {
      promise: 'a message costs a fixed number of requests, whatever its channel has done before',
      needs: ['trace', 'platform'],
    },
    'a sweep': {
      promise: 'a sweep reads what has expired and not what lives',
      needs: ['trace', 'platform'],
      heavy: true,
    },
  },
  source: {
    decision: 'stores are paid for by the request, and a cost that grows with the users online is found out by the bill',
  },
  *judge(run) {
    yield* posts(run)
    if (storeFaults(run).length > 0 || crashed(run)) return
    for (const invocation of platformOf(run).invocations) yield* scans(invocation)
    for (const call of run.calls) yield* message(run, call)
    yield* sweeps(run)
  },
})

function* scans({ begin, end, event, number }: Invocation): Generator<Judgment<'no scan'>> {
  if (event === 'sweep' || end?.requests === undefined) return
  yield decide('no scan', end.requests.scan === 0, {
    events: [begin, end],
    expected: `no scan for invocation ${number} (${event})`,
    observed: show(end.requests),
  })
}

const asking = ['subscribe', 'unsubscribe', 'publish', 'session.set', 'session.clear', 'session.get', 'look', 'close']

function* message(run: Run, call: Call): Generator<Judgment<'a message' | 'a publish'>> {
  if (call.message === undefined || call.handler === 'middleware') return
  const invocation = invocationOf(run, call)
  const requests = invocation?.end?.outcome === 'ok' ? invocation.end.requests : undefined
  if (invocation === undefined || requests === undefined) return
  const publishes = call.ops.filter((op) => op.name === 'publish')
  const operations = call.ops.filter((op) => asking.includes(op.name)).length
  const surroundings = grown(run, call)
  if (publishes.length === 0) {
    // Removing a channel costs what it was subscribed to.
    const removes = call.ops.some((op) => op.name === 'close') || invocation.posts.some(answeredGone)
    if (removes || surroundings < enough + operations * most.operation) return
    const limit = most.message + operations * most.operation
    yield decide('a message', all(requests) <= limit, {
      events: [call.enter, invocation.end],
      expected: `at most ${limit} requests for step ${call.step}, whatever the ${surroundings} subscriptions, messages and connections beside it`,
      observed: show(requests),
    })
    return
  }
  const subscribers = publishes.reduce((sum, op) => sum + subscribersOf(run, op.args.topic as string), 0)
  const limit = (most.publish + most.subscriber * subscribers) * publishes.length + operations * most.operation
  yield decide('a publish', reads(requests) <= limit, {
    events: [call.enter, invocation.end],
    expected: `at most ${limit} reads for step ${call.step}, which published to at most ${subscribers} subscribers`,
    observed: show(requests),
  })
}

/** What there is by the time of a call that its cost must not grow with. */
function grown(run: Run, call: Call): number {
  const earlier = run.changes.filter((change) => run.before(change.op.end, call.enter) === 'yes').length
  const messages = invocationsOf(run, call.channelId, 'message').filter(({ end }) => run.before(end, call.enter) === 'yes').length
  return earlier + messages + run.connections.length - 1
}

/** Everyone who may ever have been subscribed to a topic. */
function subscribersOf(run: Run, topic: string): number {
  const channels = new Set(run.changes.filter((change) => change.topic === topic).map((change) => change.channelId))
  const crowds = run.of('invoke').map((event) => actionOf(event))
  return crowds.reduce(
    (sum, { do: what, topic: of, size }) => (what === 'crowd' && of === topic ? sum + (size as number) : sum),
    channels.size,
  )
}

function* posts(run: Run): Generator<Judgment<'one post at a time' | 'bounded posts'>> {
  // Where the platform answers every post at once there is nothing to see.
  const overlapping = peakOf(run) > 1
  for (const { posts, end } of overlapping ? platformOf(run).invocations : []) {
    // Whoever removes a channel may run its onDisconnect beside what it does itself: two handlers, each with its own posts.
    if (posts.some((post) => answeredGone(post) || post.data === undefined)) continue
    const byChannel = new Map<string, Post[]>()
    for (const post of posts) byChannel.set(post.channelId, [...(byChannel.get(post.channelId) ?? []), post])
    for (const [channelId, own] of byChannel) yield* oneByOne(run, channelId, own, end)
  }
  for (const { topic, size } of run.of('crowd')) yield* bounded(run, topic, size)
}

function* oneByOne(
  run: Run,
  channelId: string,
  own: readonly Post[],
  end: Invocation['end'],
): Generator<Judgment<'one post at a time'>> {
  for (const [at, post] of own.entries()) {
    const earlier = own[at - 1]
    if (earlier?.answer === undefined) continue
    const waited = run.before(earlier.answer, post.begin)
    if (waited === 'unknown') continue
    yield decide('one post at a time', waited === 'yes', {
      events: [earlier.begin, post.begin, earlier.answer, end],
      expected: `a post to ${channelId} answered before the same invocation made the next`,
      observed: 'both were under way at once',
    })
  }
}

/** The most posts, of all or of these texts alone, that were under way at once in one process. */
function peakOf(run: Run, only: (post: Post) => boolean = () => true): number {
  const counted = new Set(
    platformOf(run)
      .posts.filter(only)
      .map(({ number }) => number),
  )
  let peak = 0
  const under = new Map<string, number>()
  for (const event of run.events) {
    if ((event.kind !== 'post' && event.kind !== 'posted') || !counted.has(event.post)) continue
    const now = Math.max(0, (under.get(event.process) ?? 0) + (event.kind === 'post' ? 1 : -1))
    under.set(event.process, now)
    peak = Math.max(peak, now)
  }
  return peak
}

function* bounded(run: Run, topic: string, size: number): Generator<Judgment<'bounded posts'>> {
  if (size < 2 * most.atOnce) return
  for (const { begin, end, wire } of run.publishes.filter((publish) => publish.topic === topic && !publish.sentinel)) {
    if (wire === undefined || end === undefined) continue
    const peak = peakOf(run, ({ data }) => data !== undefined && sameWire(wire, data))
    if (peak > most.atOnce) {
      yield broken('bounded posts', {
        events: [begin, end],
        expected: `at most ${most.atOnce} posts under way at once in the publish to ${size} subscribers`,
        observed: `${peak} were`,
      })
    } else if (peak > 1) yield kept('bounded posts', begin, end)
  }
}

function* sweeps(run: Run): Generator<Judgment<'a sweep'>> {
  for (const { begin, end, event } of platformOf(run).invocations) {
    if (event !== 'sweep' || end?.outcome !== 'ok' || end.requests === undefined) continue
    const asked = run.of('invoke').filter((each) => actionOf(each).do === 'advance')
    const turned = asked.findLast((each) => run.before(each, begin) === 'yes')
    const connects = platformOf(run).invocations.filter(
      (each) => each.event === 'connect' && run.before(begin, each.begin) === 'no',
    )
    const living = connects.filter((each) => turned === undefined || run.before(turned, each.begin) === 'yes').length
    const limit = most.sweep * (1 + connects.length - living)
    if (living <= limit) continue
    yield decide('a sweep', end.requests.get <= limit && end.requests.scan === 0, {
      events: [turned, begin, end],
      expected: `at most ${limit} single reads and no scan of a sweep, with ${connects.length - living} channels that may have expired and ${living} that live`,
      observed: show(end.requests),
    })
  }
}
