/** What an answer of "gone" means, and what it does not (STATELESS-06, STATELESS-08). */
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { markOf } from '../../run/deliveries.ts'
import { answeredGone, invocationsOf, type Post } from '../../run/invocations.ts'
import { anyKilled, idleAfter, knownOpen, notKnownOpen, postsTo, taken } from '../../run/platform.ts'
import type { Connection, Publish, Run } from '../../run/run.ts'
import { sameWire } from '../../wire.ts'
import { disconnectCalls, hasDisconnect, wasConnected } from '../lifecycle/endings.ts'
import { removedForNothing, stillThere } from './removal.ts'

type GoneClause = 'subscriptions ended' | 'onDisconnect once' | 'publisher none the wiser'

/** Posts that were answered with gone, behind which no other was accepted: the connection is gone for good. */
const goneFor = (run: Run, channelId: string): Post[] => {
  const posts = postsTo(run, channelId)
  return posts.filter(
    (post) => answeredGone(post) && posts.every((other) => !taken(other) || run.before(other.begin, post.begin) === 'yes'),
  )
}

/** The first post by which a channel known open was found to be gone; undefined where none was. */
export function foundGone(run: Run, { channelId }: Connection): Post | undefined {
  if (channelId === undefined) return undefined
  return goneFor(run, channelId).find((post) => knownOpen(run, channelId, post.begin))
}

export const stateless06 = requirement<GoneClause>({
  id: 'STATELESS-06',
  title:
    'A post answered gone (410) for a channel known open when the post began removes it: subscriptions ended, onDisconnect once, the publisher none the wiser',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'subscriptions ended': {
      promise: 'hub and stores hold nothing of the channel',
      needs: ['trace', 'platform', 'residue', 'idle'],
    },
    'onDisconnect once': { promise: 'its onDisconnect runs once', needs: ['trace', 'platform', 'idle'] },
    'publisher none the wiser': { promise: 'the publish that met it resolves', needs: ['trace', 'platform'] },
  },
  source: {
    decision: 'the platform may lose a disconnect: whoever finds a connection gone must do what the disconnect would have done',
  },
  *judge(run) {
    for (const connection of run.connections) {
      const gone = foundGone(run, connection)
      if (gone === undefined || !wasConnected(connection)) continue
      yield* publisher(run, connection, gone)
      yield* removal(run, connection, gone)
    }
  },
})

function* removal(run: Run, connection: Connection, gone: Post): Iterable<Judgment<GoneClause>> {
  const idle = idleAfter(run, gone.answer)
  const calls = disconnectCalls(connection)
  const others = [
    ...invocationsOf(run, connection.channelId, 'disconnect').map(({ begin }) => begin),
    ...run.of('invoked').filter(({ event }) => event === 'sweep'),
  ]
  // A killed invocation may have been what found it.
  if (idle === undefined || anyKilled(run)) return
  const [first] = calls
  if (
    hasDisconnect(connection) &&
    (first === undefined || calls.length > 1 || others.every((each) => run.before(first.enter, each) === 'yes'))
  ) {
    yield decide('onDisconnect once', calls.length === 1, {
      events: [gone.begin, gone.answer, first?.enter, calls[1]?.enter, idle],
      expected: `one onDisconnect of ${connection.name}, which was known open when a post to it began that was answered 410`,
      observed: calls.length === 0 ? 'it had not run when every invocation had returned' : `it ran ${calls.length} times`,
    })
  }
  const residue = run.of('residue').find((each) => run.before(idle, each) === 'yes')
  if (residue === undefined || others.some((each) => run.before(residue, each) !== 'yes')) return
  const left = residue.subscriptions.filter(([, id]) => id === connection.channelId)
  const known = residue.channels.includes(connection.channelId ?? '')
  yield decide('subscriptions ended', left.length === 0 && !known, {
    events: [gone.begin, gone.answer, first?.enter, residue],
    expected: `nothing of ${connection.name}'s channel in hub and stores, since it was found to be gone`,
    observed:
      left.length > 0
        ? `its subscriptions to ${left.map(([topic]) => JSON.stringify(topic)).join(', ')} are still there`
        : 'the channel itself is still there',
  })
}

function* publisher(run: Run, connection: Connection, gone: Post): Iterable<Judgment<GoneClause>> {
  for (const publish of run.publishes) {
    if (!isOf(publish, gone) || markOf(publish.value) === undefined || publish.end === undefined) continue
    yield decide('publisher none the wiser', publish.outcome === 'ok', {
      events: [publish.begin, gone.begin, gone.answer, publish.end],
      expected: `the publish to ${JSON.stringify(publish.topic)} resolves, though ${connection.name} was gone`,
      observed: 'it rejected',
    })
  }
}

/** Whether a post carries what was published. */
export const isOf = ({ wire }: Publish, { data }: Post): boolean =>
  wire !== undefined && data !== undefined && sameWire(wire, data)

type EarlyClause = 'a publish' | "onConnect's output" | 'a close'

export const stateless08 = requirement<EarlyClause>({
  id: 'STATELESS-08',
  title: 'A 410 to a post or close that began before the channel was known open never removes it, however late it is judged',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'a publish': {
      promise: 'a publish that meets a connecting channel does not remove it',
      needs: ['trace', 'platform', 'idle'],
    },
    "onConnect's output": {
      promise: 'output of onConnect that comes too early does not remove it',
      needs: ['trace', 'platform', 'idle'],
    },
    'a close': { promise: 'a close that comes too early does not count as one', needs: ['trace', 'platform', 'idle'] },
  },
  source: {
    decision:
      'until its connect has returned the platform knows nothing of a connection, and says so as it does of one that is gone',
  },
  *judge(run) {
    for (const connection of run.connections) {
      const { channelId } = connection
      const early = postsTo(run, channelId).filter(
        (post) => answeredGone(post) && channelId !== undefined && notKnownOpen(run, channelId, post.begin),
      )
      if (early.length === 0 || anyKilled(run)) continue
      const removed = removedForNothing(run, connection)
      for (const post of early) {
        const clause =
          post.data === undefined
            ? 'a close'
            : run.publishes.some((publish) => isOf(publish, post))
              ? 'a publish'
              : "onConnect's output"
        if (removed !== undefined && run.before(post.begin, removed) === 'yes') {
          yield broken(clause, {
            events: [post.begin, post.answer, removed],
            expected: `${connection.name} not to be removed: it was not known open when what was answered 410 began`,
            observed: removed.kind === 'enter' ? 'its onDisconnect ran' : 'its messages run no handler any more',
          })
          break
        }
        const sign = clause === 'a close' ? closedLater(run, connection, post) : stillThere(run, connection, post.answer)
        if (removed === undefined && sign !== undefined) yield kept(clause, post.begin, post.answer, sign)
      }
    }
  },
})

/** The close that took effect after all. */
const closedLater = (run: Run, { channelId }: Connection, early: Post) =>
  postsTo(run, channelId).find((post) => post.data === undefined && taken(post) && run.before(early.answer, post.begin) === 'yes')
    ?.answer
