/** Stores that answer in part, in pages, or not at once (STATELESS-11). */
import type { HistoryEvent } from '../../history.ts'
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import { type Delivery, deliveries, ordinaryTopic } from '../../run/deliveries.ts'
import { lastedAfter } from '../../run/fences.ts'
import type { Post } from '../../run/invocations.ts'
import type { Connection, OpRun, Run } from '../../run/run.ts'
import { sameWire } from '../../wire.ts'
import { mustArrive } from '../arrival.ts'
import { advanced, crashed, faultsOf, idleAfter, mayBeRemoved, mayExpireAfter, postsTo, storeFaults } from './faults.ts'

/** So many failures one after another any client of a store outlasts; what becomes of more is the adapter's to document. */
const outlasted = 2

/** More items than a batch of any store in use takes, and more than a small page holds. */
const overOneBatch = 25

/** Subscribers that no adapter should read in one page here. */
const overOnePage = 200

type Fault = 'throttled' | 'in part' | 'answer lost'
const clauseOf: Readonly<Record<string, Fault>> = { throttled: 'throttled', partial: 'in part', 'answer lost': 'answer lost' }

export const stateless11 = requirement({
  id: 'STATELESS-11',
  title: 'Partial batch results, paged reads and throttling by the store lose nothing',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    throttled: {
      promise: 'requests that the store refuses for the moment are made again: nothing is lost or refused for it',
      needs: ['trace', 'platform', 'idle'],
    },
    'in part': {
      promise: 'what a batch left undone is done: no subscription is missing and none is left behind',
      needs: ['trace', 'platform', 'idle'],
    },
    'answer lost': {
      promise:
        "a request that was carried out, and is made again because its answer was lost, is known for one's own: nothing is refused or lost for it",
      needs: ['trace', 'platform', 'idle'],
    },
    'more than one batch': {
      promise: 'a channel with more subscriptions than a batch or page holds leaves none behind',
      needs: ['trace', 'residue'],
    },
    'more than one page': {
      promise: 'a topic with more subscribers than a page holds is delivered to all of them',
      needs: ['trace', 'hub'],
      heavy: true,
    },
  },
  source: {
    decision: 'stores answer so under load and by design, and an adapter that takes such an answer for the whole loses quietly',
  },
  *judge(run) {
    yield* batches(run)
    yield* pages(run)
    const faults = storeFaults(run)
    const [first] = faults
    const clause = first === undefined ? undefined : clauseOf[first.fault]
    if (first === undefined || clause === undefined || faults.some((each) => each.fault !== first.fault)) return
    if (faults.reduce((sum, { times }) => sum + times, 0) > outlasted || crashed(run)) return
    yield* connects(run, clause, first.from)
    yield* handlers(run, clause, first.from)
    yield* operations(run, clause, first.from)
    yield* publishes(run, clause, first.from)
    yield* output(run, clause, first.from)
    yield* leftovers(run, clause, first.from)
  },
})

/** What onConnect sent, by whichever event it is delivered. */
function* output(run: Run, clause: Fault, from: HistoryEvent): Generator<Judgment<Fault>> {
  for (const connection of run.connections) {
    const { calls, open, received, spec } = connection
    const onConnect = calls.find((call) => call.handler === 'onConnect')
    const faults = Object.keys(spec.faults ?? {})
    // What the platform held back is given on by the last of these.
    const given = run.of('invoke').findLast((event) => actionOf(event).what === 'release')
    const late = faults.length === 1 && faultsOf(connection).deliver === 'late'
    if ((faults.length > 0 && !(late && given !== undefined)) || open === undefined || onConnect?.leave?.outcome !== 'ok')
      continue
    const idle = idleAfter(run, late ? given : open)
    if (idle === undefined || !after(run, from, idle) || advanced(run) > 0 || mayBeRemoved(run, connection)) continue
    const fence = lastedAfter(run, connection, idle)
    for (const op of onConnect.ops) {
      if (op.name !== 'send' || op.end?.outcome !== 'ok' || typeof op.args.value !== 'object') continue
      const receipt = received.find(({ answers }) => answers?.kind === 'send' && answers.op === op)
      if (receipt === undefined && fence === undefined) continue
      yield decide(clause, receipt !== undefined, {
        events: [from, op.begin, op.end, open, idle, receipt?.event ?? fence],
        expected: `what onConnect of ${connection.name} sent, though requests to the store failed meanwhile (${clause})`,
        observed: 'it never arrived',
      })
    }
  }
}

const after = (run: Run, from: HistoryEvent, event: HistoryEvent | undefined): boolean => run.before(from, event) === 'yes'

/** Nothing but its client ends it: no expiry, and no post that was answered "gone". */
const steady = (run: Run, connection: Connection): boolean =>
  advanced(run) < mayExpireAfter && !mayBeRemoved(run, connection) && connection.spec.faults === undefined

function* connects(run: Run, clause: Fault, from: HistoryEvent): Generator<Judgment<Fault>> {
  for (const connection of run.connections) {
    const { connect, open, refused } = connection
    if (!after(run, from, connect) || !steady(run, connection)) continue
    const onConnect = connection.calls.find((call) => call.handler === 'onConnect')
    if ((onConnect !== undefined && onConnect.leave?.outcome !== 'ok') || (open === undefined && refused === undefined)) continue
    // A client that leaves before the answer sees none.
    if (refused !== undefined && connection.ending !== undefined && run.before(refused, connection.ending) !== 'yes') continue
    yield decide(clause, refused === undefined, {
      events: [from, connect, onConnect?.leave, refused],
      expected: `${connection.name} connected, though requests to the store failed meanwhile (${clause})`,
      observed: `it was refused with status ${refused?.status}`,
    })
  }
}

function* handlers(run: Run, clause: Fault, from: HistoryEvent): Generator<Judgment<Fault>> {
  for (const connection of run.connections) {
    if (!steady(run, connection) || connection.channel !== 'main') continue
    for (const message of connection.messages) {
      const idle = idleAfter(run, message.event)
      if (message.fence || message.json?.action !== 'probe' || !after(run, from, message.event)) continue
      if (message.calls.length > 0) yield kept(clause, from, message.event, message.calls[0]?.enter)
      else if (idle !== undefined && (connection.ending === undefined || after(run, idle, connection.ending)))
        yield broken(clause, {
          events: [from, message.event, idle],
          expected: `a handler run of step ${message.step}, though requests to the store failed meanwhile (${clause})`,
          observed: 'none had started when every invocation had returned',
        })
    }
  }
}

const inStores = ['subscribe', 'unsubscribe', 'publish', 'session.set', 'session.clear']

/** Operations on the stores that must succeed, since their channel is open. */
function* operations(run: Run, clause: Fault, from: HistoryEvent): Generator<Judgment<Fault>> {
  for (const connection of run.connections) {
    if (!steady(run, connection)) continue
    for (const op of connection.calls.flatMap((call) => call.ops)) {
      if (!inStores.includes(op.name) || !after(run, from, op.begin) || op.end === undefined || ofAnother(op)) continue
      if (connection.ending !== undefined && !after(run, op.end, connection.ending)) continue
      if (op.end.outcome === 'rejected' && op.end.error?.typeError === true) continue
      yield decide(clause, op.end.outcome === 'ok', {
        events: [from, op.begin, op.end],
        expected: `the ${op.name} of step ${op.call.step} resolves, though requests to the store failed meanwhile (${clause})`,
        observed: `it rejected with ${op.end.error?.name}: ${op.end.error?.message}`,
      })
    }
  }
}

const ofAnother = (op: OpRun): boolean => op.args.who !== undefined && op.args.who !== 'self'

function* publishes(run: Run, clause: Fault, from: HistoryEvent): Generator<Judgment<Fault>> {
  for (const delivery of deliveries(run)) {
    if (!ordinaryTopic(delivery.publish.topic) || delivery.excluded || !steady(run, delivery.connection)) continue
    if (!meets(run, from, delivery)) continue
    yield* mustArrive(clause, delivery, `is subscribed, though requests to the store failed meanwhile (${clause})`)
  }
}

/** The failing requests may have been the publish's own, or those of the subscribe before it. */
const meets = (run: Run, from: HistoryEvent, { publish, changes }: Delivery): boolean =>
  after(run, from, publish.begin) || changes.some((change) => after(run, from, change.op.begin))

function* leftovers(run: Run, clause: Fault, from: HistoryEvent): Generator<Judgment<Fault>> {
  for (const connection of run.connections) {
    if (!after(run, from, connection.ending) && !after(run, from, connection.closed)) continue
    yield* leavesNothing(run, clause, connection, 1)
  }
}

/** Of a channel with at least so many subscriptions nothing is left once its onDisconnect has settled. */
function* leavesNothing<C extends string>(run: Run, clause: C, connection: Connection, least: number): Generator<Judgment<C>> {
  const { channelId, calls } = connection
  const settled = calls.find((call) => call.handler === 'onDisconnect')?.settled
  const residue = run.of('residue').find((each) => run.before(settled, each) === 'yes')
  const subscribes = run.changes.filter((each) => each.change === 'subscribe' && each.channelId === channelId)
  if (
    settled === undefined ||
    residue === undefined ||
    subscribes.some((each) => !after(run, settled, each.op.begin) && each.op.end === undefined)
  )
    return
  const topics = new Set(subscribes.filter((each) => each.outcome === 'ok').map((each) => each.topic))
  if (topics.size < least || channelId === undefined) return
  const left = residue.subscriptions.filter(([topic, id]) => id === channelId && topics.has(topic)).length
  const tried = triedAfter(run, connection, settled)
  yield decide(clause, left === 0 && tried === undefined, {
    events: [connection.ending, settled, tried?.begin, tried?.answer, residue],
    expected: `none of the ${topics.size} subscriptions of ${connection.name}'s channel, which has closed`,
    observed: tried === undefined ? `${left} are still there` : 'a publish that began later found one of them',
  })
}

/** A post of a publish that began when the channel had closed: whoever finds a subscription so takes it away. */
function triedAfter(run: Run, connection: Connection, settled: HistoryEvent): Post | undefined {
  const later = deliveries(run).filter(
    (each) => each.connection === connection && run.before(settled, each.publish.begin) === 'yes',
  )
  return postsTo(run, connection.channelId).find(
    ({ data }) => data !== undefined && later.some(({ publish }) => publish.wire !== undefined && sameWire(publish.wire, data)),
  )
}

function* batches(run: Run): Generator<Judgment<'more than one batch'>> {
  if (storeFaults(run).length > 0 || crashed(run)) return
  for (const connection of run.connections) yield* leavesNothing(run, 'more than one batch', connection, overOneBatch + 1)
}

function* pages(run: Run): Generator<Judgment<'more than one page'>> {
  for (const crowd of run.of('crowd')) {
    if (crowd.size < overOnePage || crowd.proven < crowd.open || crowd.open < crowd.size) continue
    for (const publish of run.publishes) {
      const { wire, topic, exclude, outcome } = publish
      const assembled = run.of('ack').find((each) => each.step === crowd.step)
      if (topic !== crowd.topic || exclude !== null || outcome !== 'ok' || wire === undefined || !('text' in wire)) continue
      if (run.before(assembled, publish.begin) !== 'yes') continue
      const reached = crowd.received.find((each) => each.text === wire.text)?.connections ?? 0
      yield decide('more than one page', reached === crowd.size, {
        events: [publish.begin, publish.end, crowd],
        expected: `the publish to ${JSON.stringify(topic)} on all ${crowd.size} of its subscribers`,
        observed: `${reached} of them received it`,
      })
    }
  }
}
