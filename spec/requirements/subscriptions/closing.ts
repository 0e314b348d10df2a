/** What a channel leaves behind when it closes: nothing (SUB-06, SUB-07). */

import type { ClientEventOf, HistoryEvent, ServerEventOf } from '../../history.ts'
import { decide, requirement } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import { invocationsOf, type Post } from '../../run/invocations.ts'
import { postsTo } from '../../run/platform.ts'
import type { Connection, Run, SubscriptionChange } from '../../run/run.ts'
import { sameWire } from '../../wire.ts'
import { selfClose } from '../lifecycle/endings.ts'

type Way = 'its client closes' | 'its client is cut off' | 'it closes itself' | 'a broken protocol'

/** What began the connection's end; undefined where the server ended it for a reason of its own. */
function wayOf(run: Run, connection: Connection): Way | undefined {
  if (selfClose(run, connection) !== undefined) return 'it closes itself'
  const { ending } = connection
  if (ending?.kind !== 'invoke') return undefined
  const ways: Record<string, Way> = { close: 'its client closes', vanish: 'its client is cut off', violate: 'a broken protocol' }
  return ways[actionOf(ending).do as string]
}

/** From when on a connection is ending: its close(), where that is what ends it. */
const endOf = (run: Run, connection: Connection): HistoryEvent | undefined => selfClose(run, connection) ?? connection.ending

/** When the connection's onDisconnect had settled; undefined where it has none or did not run. */
const settledOf = (connection: Connection): ServerEventOf<'settled'> | undefined =>
  connection.calls.find((call) => call.handler === 'onDisconnect')?.settled

const ownSubscribes = (run: Run, { channelId }: Connection): SubscriptionChange[] =>
  channelId === undefined ? [] : run.changes.filter((each) => each.change === 'subscribe' && each.channelId === channelId)

/** Whether the subscribe was over before the connection began to end. */
const inTime = (run: Run, connection: Connection, change: SubscriptionChange): boolean =>
  run.before(change.op.end, endOf(run, connection)) === 'yes'

export const sub06 = requirement({
  id: 'SUB-06',
  title:
    'However a channel closes, all its subscriptions end: hub and stores hold nothing of it once its onDisconnect has settled',
  level: 'must',
  area: 'subscriptions',
  since: '1.0',
  clauses: {
    'its client closes': { promise: 'nothing is left of a channel whose client closed', needs: ['trace', 'residue'] },
    'its client is cut off': { promise: 'nothing is left of a channel whose client vanished', needs: ['trace', 'residue'] },
    'it closes itself': { promise: 'nothing is left of a channel that called close()', needs: ['trace', 'residue'] },
    'a broken protocol': { promise: 'nothing is left of a channel whose client broke the protocol', needs: ['trace', 'residue'] },
    'nothing but its mark': {
      promise: 'what is written for a channel that has closed already leaves nothing but the mark that its id is closed',
      needs: ['trace', 'platform', 'residue'],
      capabilities: ['stateless'],
      despiteCrashes: true,
    },
  },
  source: {
    seed: 'guide',
    quote: 'Pikku automatically unsubscribes all topics when a channel disconnects (since a new channel would have a new ID).',
  },
  *judge(run) {
    for (const residue of run.of('residue')) {
      for (const connection of run.connections) {
        const { channelId } = connection
        const way = wayOf(run, connection)
        yield* onlyItsMark(run, connection, residue)
        if (way === undefined || channelId === undefined || run.before(settledOf(connection), residue) !== 'yes') continue
        const subscribes = ownSubscribes(run, connection)
        const held = subscribes.filter((each) => each.outcome === 'ok' && inTime(run, connection, each))
        const late = new Set(subscribes.filter((each) => !inTime(run, connection, each)).map((each) => each.topic))
        const left = residue.subscriptions
          .filter(([topic, id]) => id === channelId && !late.has(topic))
          .map(([topic]) => JSON.stringify(topic))
        const known = residue.channels.includes(channelId)
        if (held.length === 0 && left.length === 0 && !known) continue
        yield decide(way, left.length === 0 && !known, {
          events: [held.at(-1)?.op.end, connection.ending, settledOf(connection), residue],
          expected: `nothing of ${connection.name}'s channel in hub and stores once its onDisconnect has settled`,
          observed:
            left.length > 0 ? `its subscriptions to ${left.join(', ')} are still there` : 'the channel itself is still there',
        })
      }
    }
  },
})

/** What may be written for a closed channel: a session, and what a connect writes that comes too late. Events that come again are STATELESS-05's. */
function* onlyItsMark(run: Run, connection: Connection, residue: ClientEventOf<'residue'>) {
  const { channelId, calls } = connection
  if (channelId === undefined) return
  const settled = settledOf(connection)
  const events = invocationsOf(run, channelId)
  // A disconnect that came before its connect: it is refused, and no handler ever runs (STATELESS-17).
  const refused = connection.refused !== undefined && calls.length === 0 && events.some(({ event }) => event === 'disconnect')
  if (settled === undefined ? !refused : run.before(settled, residue) !== 'yes') return
  if (events.some(({ end }) => run.before(end, residue) !== 'yes' || end?.outcome === 'killed')) return
  const ending = endOf(run, connection)
  const late = (event: HistoryEvent | undefined): boolean =>
    run.before(ending, event) === 'yes' || run.before(settled, event) === 'yes'
  const writes = calls.flatMap(({ ops }) => ops.filter((op) => op.name === 'session.set' && late(op.end)))
  if (writes.length === 0 && !refused) return
  if (events.some(({ begin }) => run.before(settled, begin) === 'yes')) return
  yield decide('nothing but its mark', !residue.channels.includes(channelId), {
    events: [ending, settled, ...writes.map((op) => op.end), residue],
    expected: `nothing of ${connection.name}'s channel in the stores but the mark that its id is closed`,
    observed: 'there is more',
  })
}

export const sub07 = requirement({
  id: 'SUB-07',
  title: 'A subscribe pending when its channel closes, or called after, leaves nothing behind and crashes nothing',
  level: 'must',
  area: 'subscriptions',
  since: '1.0',
  clauses: {
    'pending leaves nothing': {
      promise: 'a subscribe that was pending when its channel closed leaves no subscription',
      needs: ['trace', 'residue'],
    },
    'after leaves nothing': {
      promise: 'a subscribe that was called after its channel closed leaves no subscription',
      needs: ['trace', 'residue'],
    },
    'ChannelClosedError or nothing': { promise: 'where it rejects, it rejects with ChannelClosedError', needs: ['trace'] },
    'crashes nothing': { promise: 'left unawaited, it brings up no unhandled rejection', needs: ['trace'] },
  },
  source: {
    decision:
      'a handler cannot know that its client leaves while it subscribes, so neither may a subscription of nobody remain nor the process suffer',
  },
  *judge(run) {
    for (const connection of run.connections) {
      if (connection.ending === undefined || connection.channelId === undefined) continue
      const late = ownSubscribes(run, connection).filter((each) => !inTime(run, connection, each))
      for (const change of late) {
        yield* leavesNothing(run, connection, change)
        if (
          change.op.end !== undefined &&
          change.op.call.channelId === change.channelId &&
          change.op.end.error?.typeError !== true
        ) {
          const name = change.op.end.error?.name
          yield decide('ChannelClosedError or nothing', change.outcome === 'ok' || name === 'ChannelClosedError', {
            events: [connection.ending, change.op.begin, change.op.end],
            expected: `subscribing ${connection.name}'s closed channel resolves, or rejects with ChannelClosedError`,
            observed: `it rejected with ${name}: ${change.op.end.error?.message}`,
          })
        }
      }
      yield* crashesNothing(run, connection, late)
    }
  },
})

function* leavesNothing(run: Run, connection: Connection, change: SubscriptionChange) {
  const { begin, end } = change.op
  const settled = settledOf(connection)
  const ending = endOf(run, connection)
  const clause =
    run.before(ending, begin) === 'yes'
      ? 'after leaves nothing'
      : run.before(begin, ending) === 'yes' && run.before(ending, end) === 'yes'
        ? 'pending leaves nothing'
        : undefined
  if (clause === undefined || change.op.end?.error?.typeError === true) return
  const over = (event: HistoryEvent): boolean => run.before(settled, event) === 'yes' && run.before(end, event) === 'yes'
  const residue = run.of('residue').find(over)
  if (residue === undefined) return
  // A publish that meets one takes it away as it goes (STATELESS-12).
  const met = metBy(run, change, over)
  const left = residue.subscriptions.some(([topic, id]) => topic === change.topic && id === change.channelId)
  yield decide(clause, !left && met === undefined, {
    events: [ending, begin, end, settled, met?.begin, met?.answer, residue],
    expected: `no subscription of ${connection.name}'s channel to ${JSON.stringify(change.topic)}, which was subscribed as it closed or later`,
    observed: left ? 'the subscription is still there' : 'a publish that began when both were over still met it',
  })
}

/** A post to the channel of a publish to the topic that began late enough. */
function metBy(run: Run, { topic, channelId }: SubscriptionChange, over: (event: HistoryEvent) => boolean): Post | undefined {
  const later = run.publishes.filter((each) => each.topic === topic && over(each.begin))
  return postsTo(run, channelId).find(({ data }) =>
    later.some(({ wire }) => wire !== undefined && data !== undefined && sameWire(wire, data)),
  )
}

/** A fault is blamed on an unawaited subscribe only where nothing else was left unawaited. */
function* crashesNothing(run: Run, connection: Connection, late: readonly SubscriptionChange[]) {
  const floating = late.filter((each) => each.op.args.mode === 'float')
  const [first] = floating
  if (first === undefined || settledOf(connection) === undefined) return
  const others = run.calls.some((call) =>
    call.ops.some((op) => op.args.mode === 'float' && !floating.some((each) => each.op === op)),
  )
  const fault = run.of('fault').find((each) => run.before(first.op.begin, each) === 'yes')
  if (fault !== undefined && others) return
  yield decide('crashes nothing', fault === undefined, {
    events: [connection.ending, first.op.begin, fault],
    expected: `no unhandled rejection of the subscribe that ${connection.name}'s handler left unawaited`,
    observed: `${fault?.what}: ${fault?.message}`,
  })
}
