/** Connections whose disconnect never came (STATELESS-09). */
import type { HistoryEvent } from '../../history.ts'
import { decide, type Judgment, requirement } from '../../requirement.ts'
import { markOf, ordinaryTopic } from '../../run/deliveries.ts'
import { invocationsOf, platformOf } from '../../run/invocations.ts'
import { advancedBetween, askedFor, idleAfter, postsTo } from '../../run/platform.ts'
import type { Connection, Run } from '../../run/run.ts'
import { handlesMessage } from '../lifecycle/attempts.ts'
import { connectCall, disconnectCalls, hasDisconnect, wasConnected } from '../lifecycle/endings.ts'
import { isOf } from './gone.ts'

/** Seconds after its connect at which every record has expired: the platform's two hours, and one more (decision 0013). */
const expiry = 3 * 3600

type Clause = 'no publish is tried' | 'no message is handled' | 'swept once' | 'nothing remains' | 'a connect that died'

export const stateless09 = requirement<Clause>({
  id: 'STATELESS-09',
  title:
    'A disconnect never delivered: an expired record counts as gone for every reader, and a sweep removes it with onDisconnect once; one whose onConnect is not known to have succeeded without',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'no publish is tried': { promise: 'a publish is not tried on a channel that has expired', needs: ['trace', 'platform'] },
    'no message is handled': {
      promise: 'a message of a channel that has expired runs no handler',
      needs: ['trace', 'platform', 'idle'],
    },
    'swept once': {
      promise: 'a sweep runs the onDisconnect of a channel that has expired, and no other sweep does so again',
      needs: ['trace', 'platform', 'idle'],
    },
    'nothing remains': {
      promise: 'behind the sweep hub and stores hold nothing of the channel',
      needs: ['trace', 'platform', 'residue', 'idle'],
    },
    'a connect that died': {
      promise: 'the sweep runs no onDisconnect where the connect died before onConnect had succeeded',
      needs: ['trace', 'platform', 'idle'],
    },
  },
  source: { decision: 'the platform tells of an end at best effort: what it forgets must neither be paid for nor stay for ever' },
  *judge(run) {
    for (const connection of run.connections) {
      const { channelId } = connection
      const connect = askedFor(run, channelId)
      if (channelId === undefined || connect === undefined) continue
      yield* publishes(run, connection, connect)
      yield* messages(run, connection, connect)
      yield* swept(run, connection, connect)
    }
  },
})

const expired = (run: Run, connect: HistoryEvent, event: HistoryEvent | undefined): boolean =>
  advancedBetween(run, connect, event) >= expiry

/** Whether a disconnect of the channel, or a sweep, may have come before `event`: what it removed has not merely expired. */
const mayBeRemoved = (run: Run, { channelId }: Connection, event: HistoryEvent): boolean =>
  [
    ...invocationsOf(run, channelId, 'disconnect').map(({ begin }) => begin),
    ...run.of('invoked').filter((each) => each.event === 'sweep'),
  ].some((each) => run.before(event, each) !== 'yes')

function* publishes(run: Run, connection: Connection, connect: HistoryEvent): Iterable<Judgment<Clause>> {
  const { channelId } = connection
  for (const publish of run.publishes) {
    const { topic, begin, end } = publish
    if (markOf(publish.value) === undefined || !ordinaryTopic(topic) || !expired(run, connect, begin)) continue
    if (run.changes.some((each) => each.channelId === channelId && each.topic === topic && each.change === 'unsubscribe'))
      continue
    const subscribe = run.changes.find(
      (each) =>
        each.channelId === channelId && each.topic === topic && each.outcome === 'ok' && run.before(each.op.end, begin) === 'yes',
    )
    if (subscribe === undefined || mayBeRemoved(run, connection, end ?? begin)) continue
    const tried = postsTo(run, channelId).find((post) => isOf(publish, post))
    if (tried === undefined && end === undefined) continue
    yield decide('no publish is tried', tried === undefined, {
      events: [connect, subscribe.op.end, begin, tried?.begin, end],
      expected: `no post to ${connection.name}, whose connection cannot have lasted until the publish ${JSON.stringify(publish.value)}`,
      observed: 'it was tried',
    })
  }
}

function* messages(run: Run, connection: Connection, connect: HistoryEvent): Iterable<Judgment<Clause>> {
  const all = invocationsOf(run, connection.channelId, 'message')
  for (const message of all) {
    const { begin, end } = message
    if (!expired(run, connect, begin) || mayBeRemoved(run, connection, begin)) continue
    const call = connection.calls.find(
      (each) =>
        handlesMessage(each) &&
        run.before(begin, each.enter) === 'yes' &&
        all.every((other) => expired(run, connect, other.begin) || run.before(other.end, each.enter) === 'yes'),
    )
    if (call === undefined && (end === undefined || idleAfter(run, end) === undefined)) continue
    yield decide('no message is handled', call === undefined, {
      events: [connect, begin, call?.enter, end],
      expected: `no handler for a message of ${connection.name}, whose connection cannot have lasted so long`,
      observed: `${call?.handler} ran (step ${call?.step})`,
    })
  }
}

/** The end of the first sweep that certainly found a connection expired, and that was not killed; undefined where there was none. */
export function sweptAt(run: Run, connection: Connection): HistoryEvent | undefined {
  const connect = askedFor(run, connection.channelId)
  if (connect === undefined) return undefined
  return platformOf(run).invocations.find(
    ({ event, begin, end }) => event === 'sweep' && end?.outcome === 'ok' && expired(run, connect, begin),
  )?.end
}

/** Whether the connect's invocation died, certainly before its onConnect had succeeded. */
export function diedInConnect(run: Run, connection: Connection): boolean {
  const connect = connectCall(connection)
  const [event] = invocationsOf(run, connection.channelId, 'connect')
  return event?.end?.outcome === 'killed' && connect !== undefined && connect.leave?.outcome !== 'ok'
}

/** Whether a killed invocation other than the connect may have taken the onDisconnect with it. */
const lostWithAnother = (run: Run, { channelId }: Connection): boolean =>
  run.of('returned').some((each) => each.outcome === 'killed' && !(each.event === 'connect' && each.channelId === channelId))

function* swept(run: Run, connection: Connection, connect: HistoryEvent): Iterable<Judgment<Clause>> {
  const sweep = sweptAt(run, connection)
  const idle = idleAfter(run, sweep)
  if (sweep === undefined || idle === undefined) return
  const calls = disconnectCalls(connection)
  const [first, second] = calls
  const died = diedInConnect(run, connection)
  const came = invocationsOf(run, connection.channelId, 'disconnect').length > 0
  if (died) {
    yield decide('a connect that died', first === undefined, {
      events: [connect, sweep, first?.enter],
      expected: `no onDisconnect of ${connection.name}, whose connect died before its onConnect had succeeded`,
      observed: 'it ran',
    })
  } else if (!came && wasConnected(connection) && hasDisconnect(connection) && !connectDied(run, connection)) {
    if (calls.length > 0 || !lostWithAnother(run, connection))
      yield decide('swept once', calls.length === 1, {
        events: [connect, sweep, first?.enter, second?.enter, idle],
        expected: `one onDisconnect of ${connection.name}, whose disconnect never came, by the end of the sweep`,
        observed: calls.length === 0 ? 'it did not run' : `it ran ${calls.length} times`,
      })
  }
  yield* remains(run, connection, sweep)
}

/** Whether the connect died with its onConnect done: whether it succeeded is then the store's to know. */
const connectDied = (run: Run, { channelId }: Connection): boolean =>
  invocationsOf(run, channelId, 'connect').some(({ end }) => end?.outcome === 'killed')

function* remains(run: Run, connection: Connection, sweep: HistoryEvent): Iterable<Judgment<Clause>> {
  const { channelId } = connection
  const residue = run.of('residue').find((each) => run.before(sweep, each) === 'yes')
  if (residue === undefined || !(wasConnected(connection) || connectDied(run, connection))) return
  // Where a disconnect was dealt with, what is left is SUB-06's.
  if (invocationsOf(run, channelId, 'disconnect').some(({ end }) => end?.outcome !== 'killed')) return
  // One that dies while it subscribes may leave what a later publish tries once (STATELESS-12).
  const excused = invocationsOf(run, channelId, 'connect', 'message').some(({ end }) => end?.outcome === 'killed')
  const left = residue.subscriptions.filter(([, id]) => id === channelId).map(([topic]) => JSON.stringify(topic))
  const known = residue.channels.includes(channelId ?? '')
  if (left.length > 0 && !known && excused) return
  yield decide('nothing remains', left.length === 0 && !known, {
    events: [sweep, residue],
    expected: `nothing of ${connection.name}'s channel in hub and stores behind the sweep`,
    observed: left.length > 0 ? `its subscriptions to ${left.join(', ')} are still there` : 'the channel itself is still there',
  })
}
