/** What is done when an invocation returns (STATELESS-13). */
import type { HistoryEvent } from '../../history.ts'
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { replyWire } from '../../run/answers.ts'
import { deliveries, ordinaryTopic } from '../../run/deliveries.ts'
import { invocationOf, invocationsOf, platformOf } from '../../run/invocations.ts'
import type { Call, Connection, OpRun, Run } from '../../run/run.ts'
import { sameWire, showWire } from '../../wire.ts'
import { mustArrive, mustNotArrive } from '../arrival.ts'
import { advanced, faultsOf, idleAfter, mayBeRemoved, mayExpireAfter, postsTo, storeFaults } from './faults.ts'

export const stateless13 = requirement({
  id: 'STATELESS-13',
  title: 'When an invocation returns, all its effects are done, save what STATELESS-10 defers, which is durable by then',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'its handler': { promise: 'no handler runs on when its invocation has returned', needs: ['trace', 'platform'] },
    'its posts': { promise: 'no invocation posts anything once it has returned', needs: ['trace', 'platform'] },
    'its subscriptions': {
      promise: 'a subscribe or unsubscribe left unawaited is done when its invocation has returned',
      needs: ['trace', 'platform'],
    },
    'what is deferred is durable': {
      promise: 'what onConnect sent does not depend on the invocation that ran it: another one delivers it',
      needs: ['trace', 'platform', 'idle'],
    },
  },
  source: { seed: 'introduction', quote: '- Execute a task, optionally send a response, and then terminate.' },
  *judge(run) {
    yield* handlers(run)
    yield* posts(run)
    yield* subscriptions(run)
    for (const connection of run.connections) yield* deferred(run, connection)
  },
})

/** Any handler must have left before the last invocation that may have started it has returned. */
function* handlers(run: Run): Generator<Judgment<'its handler'>> {
  const returned = platformOf(run).invocations.filter(({ end }) => end !== undefined && end.outcome !== 'killed')
  if (returned.length < platformOf(run).invocations.length) return
  for (const call of run.calls) {
    const { enter, leave } = call
    // What a publish of the host's finds gone, the host removes: no invocation runs that onDisconnect.
    if (call.handler === 'onDisconnect' && postsTo(run, call.channelId).some(({ invocation }) => invocation === undefined))
      continue
    const around = returned.filter(({ begin, end }) => run.before(begin, enter) === 'yes' && run.before(end, enter) !== 'yes')
    const over = around.findLast(({ end }) => run.before(end, leave) !== 'yes')
    const known = around.length > 0 && around.every(({ end }) => run.before(enter, end) === 'yes')
    if (!known || leave === undefined) continue
    if (over !== undefined) yield kept('its handler', enter, leave, over.end)
    else
      yield broken('its handler', {
        events: [around[0]?.begin, enter, around[0]?.end, leave],
        expected: `${call.handler} of step ${call.step} over before its invocation returned`,
        observed: 'it went on when no invocation was left that can have started it',
      })
  }
}

function* posts(run: Run): Generator<Judgment<'its posts'>> {
  // What an application does when its handler has settled is no effect of the invocation (LIFE-21).
  if (run.calls.some((call) => call.ops.some((op) => op.name === 'arm'))) return
  for (const { end, posts, begin, number, event } of platformOf(run).invocations) {
    // A post that was under way when its process died is answered all the same.
    if (end?.outcome === 'killed') continue
    const late = posts.find((post) => run.before(end, post.begin) === 'yes' || run.before(end, post.answer) === 'yes')
    if (late !== undefined) {
      yield broken('its posts', {
        events: [begin, end, late.begin, late.answer],
        expected: `every post of invocation ${number} (${event}) answered before it returned`,
        observed: 'one was still to be made, or to be answered',
      })
    } else if (end?.outcome === 'ok' && posts.length > 0) yield kept('its posts', posts.at(-1)?.answer, end)
  }
}

const unawaited = (op: OpRun): boolean => op.args.mode === 'track' || op.args.mode === 'float'

const own = (op: OpRun): boolean => op.args.who === undefined || op.args.who === 'self'

/** A publish that starts when a subscribe's or unsubscribe's invocation has returned finds it done, awaited or not. */
function* subscriptions(run: Run): Generator<Judgment<'its subscriptions'>> {
  if (storeFaults(run).some(({ fault }) => fault === 'answer lost') || advanced(run) >= mayExpireAfter) return
  for (const delivery of deliveries(run)) {
    const { publish, connection, changes, excluded } = delivery
    // What the platform refuses says nothing of the subscription.
    if (faultsOf(connection).posts !== undefined) continue
    const [only] = changes
    const last = changes.at(-1)
    if (excluded || only === undefined || last === undefined || !ordinaryTopic(publish.topic) || mayBeRemoved(run, connection))
      continue
    const { op } = last
    if (!unawaited(op) || op.end?.outcome === 'rejected' || changes.some((change) => !own(change.op))) continue
    const done = invocationOf(run, op.call)?.end
    if (
      done?.outcome !== 'ok' ||
      run.before(done, publish.begin) !== 'yes' ||
      !inTurn(
        run,
        changes.map((each) => each.op),
      )
    )
      continue
    if (!openThrough(run, connection, publish.begin, publish.end) || publish.outcome !== 'ok') continue
    const why = `${last.change}d without awaiting, in an invocation that had returned`
    if (last.change === 'subscribe') yield* mustArrive('its subscriptions', { ...delivery, expected: 'must' }, why)
    else yield* mustNotArrive('its subscriptions', delivery, why)
  }
}

/** Every change but the last was over before the next was begun. */
const inTurn = (run: Run, ops: readonly OpRun[]): boolean =>
  ops.every((op, at) => at === 0 || run.before(ops[at - 1]?.end, op.begin) === 'yes')

const openThrough = (
  run: Run,
  { open, connect, ending }: Connection,
  from: HistoryEvent,
  to: HistoryEvent | undefined,
): boolean =>
  (connect === undefined || run.before(open, from) === 'yes') && (ending === undefined || run.before(to, ending) === 'yes')

/** What onConnect returned is delivered by an invocation that is not the connect's. */
function* deferred(run: Run, connection: Connection): Generator<Judgment<'what is deferred is durable'>> {
  const onConnect = connection.calls.find((call) => call.handler === 'onConnect')
  const wire = onConnect === undefined ? undefined : replyWire(onConnect)
  const connects = invocationsOf(run, connection.channelId, 'connect')
  const connect = connects.find(({ begin }) => begin.repeat !== true)
  if (onConnect === undefined || wire === undefined || connect?.end?.outcome !== 'ok' || closes(onConnect)) return
  // Who has claimed it and is killed loses what is left of it (STATELESS-10).
  if (invocationsOf(run, connection.channelId, 'deliver', 'message').some(({ end }) => end?.outcome === 'killed')) return
  if (connection.open === undefined) return
  const own = postsTo(run, connection.channelId).filter(({ data }) => data !== undefined && sameWire(wire, data))
  const other = own.find((post) => post.invocation !== undefined && connects.every(({ number }) => number !== post.invocation))
  const idle = idleAfter(run, connection.open)
  // Whatever comes once all is over, the kit's own message among it, is no deferred work.
  const late = idle !== undefined && own.every((post) => run.before(idle, post.begin) === 'yes')
  if (late && untouched(connection) && openThrough(run, connection, idle, idle))
    yield decide('what is deferred is durable', false, {
      events: [onConnect.leave, connect.end, idle],
      expected: `${showWire(wire)}, which onConnect of ${connection.name} returned, posted by an invocation after the connect's`,
      observed: 'every invocation had returned, and none had posted it',
    })
  else if (other !== undefined) yield kept('what is deferred is durable', connect.end, other.begin, other.answer)
}

const closes = (call: Call): boolean => call.ops.some((op) => op.name === 'close')

function untouched(connection: Connection): boolean {
  const { kill, deliver, posts } = faultsOf(connection)
  return kill === undefined && deliver !== 'late' && posts === undefined
}
