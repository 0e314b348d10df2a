/** Who may publish, and to how few (PUB-09, PUB-11). */
import { decide, requirement } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import { deliveries, meetsTrouble, ordinary, ordinaryTopic, publisherOf } from '../../run/deliveries.ts'
import type { Publish, Run } from '../../run/run.ts'
import { mustArrive } from '../arrival.ts'

/** The start variant whose host publishes before it listens. */
const early = 'publishes before it listens'

export const pub09 = requirement({
  id: 'PUB-09',
  title: 'Publishing works with no channel at hand and without being subscribed',
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    'from the host': { promise: 'a publish from outside any handler reaches every subscriber', needs: ['trace', 'hub'] },
    'the host resolves': { promise: 'a publish from outside any handler resolves', needs: ['hub'] },
    'without subscribing': {
      promise: 'a handler may publish to a topic that its channel is not subscribed to',
      needs: ['trace'],
    },
    'before listening': { promise: 'start-up code may publish before the first handshake', needs: ['hub', 'start'], heavy: true },
  },
  source: { decision: 'what is to be broadcast is often found out elsewhere: in an HTTP function, a job, start-up code' },
  *judge(run) {
    for (const publish of run.publishes) {
      if (publish.op !== undefined || publish.exclude !== null || publish.end === undefined) continue
      if (publish.wire === undefined || !ordinaryTopic(publish.topic) || meetsTrouble(run, publish)) continue
      yield decide('the host resolves', publish.outcome === 'ok', {
        events: [publish.begin, publish.end],
        expected: `the host's publish to ${JSON.stringify(publish.topic)} resolves`,
        observed: 'it rejected',
      })
    }
    for (const delivery of deliveries(run)) {
      const { publish, connection } = delivery
      if (publish.exclude !== null || !ordinary(delivery)) continue
      const own = publisherOf(run, publish)
      if (publish.op === undefined) yield* mustArrive('from the host', delivery, 'is subscribed')
      else if (own !== undefined && own.channel === connection.channel && run.subscribed(own, publish) === 'must not') {
        yield* mustArrive('without subscribing', delivery, `is subscribed, though ${own.name}, which published it, is not`)
      }
    }
    for (const start of run.of('invoke')) {
      if (actionOf(start).do !== 'start' || actionOf(start).variant !== early) continue
      const hosted = run.of('hosted').find((each) => each.step === start.step)
      if (hosted === undefined) continue
      yield decide('before listening', hosted.outcome === 'ok', {
        events: [start, hosted],
        expected: 'a system whose beforeListen publishes starts',
        observed: `it did not: ${hosted.error?.name ?? ''} ${hosted.error?.message ?? ''}`,
      })
    }
  },
})

/** Whether nobody, neither channel nor receiver, has ever been subscribed to its topic by the end of it. */
function toNobody(run: Run, publish: Publish): boolean {
  const later = (begin: Parameters<Run['before']>[0]): boolean => run.before(publish.end, begin) === 'yes'
  if (run.changes.some((change) => change.change === 'subscribe' && change.topic === publish.topic && !later(change.op.begin)))
    return false
  return run.calls.every((call) =>
    call.ops.every((op) => op.name !== 'register' || !(op.args.topics as string[]).includes(publish.topic) || later(op.begin)),
  )
}

/** Whether everyone who was subscribed to its topic has unsubscribed or gone by its beginning. */
function toNobodyAnyMore(run: Run, publish: Publish): boolean {
  const registered = run.calls.some((call) =>
    call.ops.some((op) => op.name === 'register' && (op.args.topics as string[]).includes(publish.topic)),
  )
  const subscribers = run.connections.filter((each) =>
    run.changes.some((change) => change.channelId === each.channelId && change.topic === publish.topic),
  )
  return !registered && subscribers.length > 0 && subscribers.every((each) => run.subscribed(each, publish) === 'must not')
}

export const pub11 = requirement({
  id: 'PUB-11',
  title: 'Publishing to nobody resolves',
  level: 'must',
  area: 'publishing',
  since: '1.0',
  clauses: {
    'nobody ever': { promise: 'a publish to a topic that nobody has subscribed to resolves', needs: ['trace'] },
    'nobody any more': { promise: 'a publish to a topic whose subscribers have all unsubscribed resolves', needs: ['trace'] },
  },
  source: { decision: 'a publisher does not know who listens, so that nobody does is no failure of its' },
  *judge(run) {
    for (const publish of run.publishes) {
      if (publish.end === undefined || publish.wire === undefined || publish.exclude !== null || !ordinaryTopic(publish.topic))
        continue
      if (meetsTrouble(run, publish)) continue
      const clause = toNobody(run, publish) ? 'nobody ever' : toNobodyAnyMore(run, publish) ? 'nobody any more' : undefined
      if (clause === undefined) continue
      yield decide(clause, publish.outcome === 'ok', {
        events: [publish.begin, publish.end],
        expected: `the publish to ${JSON.stringify(publish.topic)} resolves, though it has no subscriber`,
        observed: 'it rejected',
      })
    }
  },
})
