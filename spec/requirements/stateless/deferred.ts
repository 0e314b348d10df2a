/** What onConnect left to be delivered once its connection is open (STATELESS-10). */
import type { HistoryEvent, Wire } from '../../history.ts'
import { broken, decide, type Judgment, kept, requirement } from '../../requirement.ts'
import { replyWire, sendWire } from '../../run/answers.ts'
import { accepted, answeredGone, type Invocation, invocationsOf, type Post } from '../../run/invocations.ts'
import type { Call, Connection, Receipt, Run } from '../../run/run.ts'
import type { Tagged } from '../../values.ts'
import { sameWire, showWire } from '../../wire.ts'
import { markOf } from '../sending/marks.ts'
import { faultsOf, idleAfter, leaves, mayBeRemoved, postsTo } from './faults.ts'

/** One message that onConnect left, with what became of it. */
interface Output {
  wire: Wire
  posts: Post[]
  receipts: Receipt[]
}

/** One connection whose onConnect succeeded. */
interface Deferred {
  connection: Connection
  onConnect: Call
  connect: Invocation
  /** In the order in which they must arrive. */
  outputs: Output[]
  /** onConnect called close(). */
  closes: boolean
  /** Message handlers of the connection. */
  handlers: Call[]
}

export const stateless10 = requirement({
  id: 'STATELESS-10',
  title:
    'What onConnect sent and returned is delivered at most once, after the connect, in order and before any message handler; what a dead claimer left is lost and logged, a close() never',
  level: 'must',
  area: 'stateless',
  since: '1.0',
  capabilities: ['stateless'],
  clauses: {
    'at most once': { promise: 'no output of onConnect is delivered twice', needs: ['trace', 'platform'] },
    'after the connect': {
      promise: 'it is posted to a connection that is open, and not lost by having been posted before',
      needs: ['trace', 'platform', 'idle'],
    },
    'in order': { promise: 'it arrives in the order of the calls, what was returned last', needs: ['trace'] },
    'before any message handler': {
      promise: 'no message handler of the connection starts before the last of it is posted or lost',
      needs: ['trace', 'platform'],
    },
    'lost and logged': {
      promise: 'what is lost with the invocation that had claimed it is told in the log, with the channel',
      needs: ['trace', 'platform', 'idle'],
    },
    'close() is not lost': {
      promise: 'a close() in onConnect takes effect, whatever became of the invocations that were to see to it',
      needs: ['trace', 'platform', 'idle'],
    },
  },
  source: {
    decision:
      'a platform opens a connection only when its connect has been answered, so what onConnect says has to wait; whoever delivers it may die, and then a gap that is told is better than a second copy or a message out of turn',
  },
  *judge(run) {
    for (const deferred of deferredIn(run)) {
      for (const output of deferred.outputs) {
        yield* once(run, deferred, output)
        yield* afterConnect(run, deferred, output)
        yield* logged(run, deferred, output)
      }
      yield* inOrder(deferred)
      yield* beforeHandlers(run, deferred)
      if (deferred.closes) yield* closed(run, deferred)
    }
  },
})

function deferredIn(run: Run): Deferred[] {
  return run.connections.flatMap((connection) => {
    const onConnect = connection.calls.find((call) => call.handler === 'onConnect')
    const connect = invocationsOf(run, connection.channelId, 'connect').find(({ begin }) => begin.repeat !== true)
    if (onConnect?.leave?.outcome !== 'ok' || connect === undefined) return []
    // Whoever opens its connection only now has not had this invocation's answer.
    if (connect.end?.outcome !== 'ok') return []
    const handlers = connection.calls.filter((call) => call.message !== undefined && call.handler !== 'middleware')
    const closes = onConnect.ops.some((op) => op.name === 'close')
    return [{ connection, onConnect, connect, outputs: outputsOf(run, connection, onConnect), closes, handlers }]
  })
}

/** Outputs that can be told from everything else in the run, and that nothing forbids to send. */
function outputsOf(run: Run, connection: Connection, call: Call): Output[] {
  const close = call.ops.find((op) => op.name === 'close')?.index ?? Number.POSITIVE_INFINITY
  const sends = call.ops
    .filter((op) => op.name === 'send' && op.index < close && op.end?.outcome !== 'rejected')
    .map((op) => sent(call, op.args.value ?? null))
  const reply = close === Number.POSITIVE_INFINITY ? replyWire(call) : undefined
  const wires = [...sends, reply].filter((wire) => wire !== undefined && named(wire))
  const posts = postsTo(run, connection.channelId)
  return wires.flatMap((wire) => {
    if (wire === undefined || wires.filter((other) => other !== undefined && sameWire(other, wire)).length > 1) return []
    return [
      {
        wire,
        posts: posts.filter(({ data }) => data !== undefined && sameWire(wire, data)),
        receipts: connection.received.filter((each) => sameWire(wire, each.wire)),
      },
    ]
  })
}

function sent(call: Call, value: Tagged): Wire | undefined {
  const encoded = sendWire(call, value)
  return 'wire' in encoded ? encoded.wire : undefined
}

/** Whether the kit gave it a name, which no other value of the run has. */
function named(wire: Wire): boolean {
  const json = 'text' in wire && wire.text.startsWith('{') ? JSON.parse(wire.text) : undefined
  return json !== undefined && markOf(json) !== undefined
}

/** Whether a post that was answered "gone" may have reached the client all the same: then a second copy is nobody's. */
const doubtful = ({ posts }: Output): boolean => posts.some((post) => answeredGone(post) && post.answer?.delivered === true)

function* once(run: Run, { connection, connect }: Deferred, output: Output): Generator<Judgment<'at most once'>> {
  const { receipts, posts, wire } = output
  if (doubtful(output)) return
  const delivered = posts.filter((post) => post.answer?.delivered === true)
  if (receipts.length > 1 || delivered.length > 1) {
    yield broken('at most once', {
      events: [connect.end, ...delivered.flatMap(({ begin, answer }) => [begin, answer]), ...receipts.map(({ event }) => event)],
      expected: `${showWire(wire)}, which onConnect of ${connection.name} sent, at most once`,
      observed: `it was delivered ${Math.max(receipts.length, delivered.length)} times`,
    })
  } else if (receipts.length === 1 && idleAfter(run, receipts[0]?.event) !== undefined && triedAgain(run, connection))
    yield kept('at most once', connect.end, receipts[0]?.event)
}

/** Whether more than one invocation met the output: a delivery and a message, or an event that came twice. */
const triedAgain = (run: Run, { channelId }: Connection): boolean =>
  invocationsOf(run, channelId, 'deliver', 'message').length > 1

function* afterConnect(
  run: Run,
  { connection, connect }: Deferred,
  { wire, posts }: Output,
): Generator<Judgment<'after the connect'>> {
  const good = posts.find(accepted)
  if (good !== undefined) {
    yield kept('after the connect', connect.end, good.begin, good.answer)
    return
  }
  const early = posts.filter((post) => answeredGone(post) && run.before(post.begin, connect.end) === 'yes')
  const idle = idleAfter(run, connect.end)
  if (early.length === 0 || early.length < posts.length || idle === undefined || !untouched(run, connection, idle)) return
  yield broken('after the connect', {
    events: [...early.flatMap(({ begin, answer }) => [begin, answer]), connect.end, idle],
    expected: `${showWire(wire)}, which onConnect of ${connection.name} sent, posted once its connect had completed`,
    observed: 'it was posted only before, when no connection was open yet, and was lost',
  })
}

/** Nothing that the program asked for keeps anything from this connection, which is open at `event`. */
function untouched(run: Run, connection: Connection, event: HistoryEvent): boolean {
  const { kill, posts, deliver } = faultsOf(connection)
  if (kill !== undefined || posts !== undefined || deliver === 'late') return false
  return connection.open !== undefined && (connection.ending === undefined || run.before(event, connection.ending) === 'yes')
}

function* inOrder({ connection, onConnect, outputs }: Deferred): Generator<Judgment<'in order'>> {
  const arrived = outputs.filter(({ receipts }) => receipts.length > 0)
  for (const [at, later] of arrived.entries()) {
    const earlier = arrived[at - 1]
    if (earlier === undefined) continue
    const [first, second] = [earlier.receipts[0]?.event, later.receipts[0]?.event]
    yield decide('in order', (first?.seq ?? 0) < (second?.seq ?? 0), {
      events: [onConnect.leave, second, first],
      expected: `${showWire(earlier.wire)} before ${showWire(later.wire)} on ${connection.name}, as its onConnect made them`,
      observed: 'they arrived the other way round',
    })
  }
}

function* beforeHandlers(
  run: Run,
  { connection, outputs, handlers }: Deferred,
): Generator<Judgment<'before any message handler'>> {
  for (const { wire, posts } of outputs) {
    const good = posts.filter((post) => post.answer?.delivered === true)
    const overtaking = handlers.find((call) => good.some((post) => run.before(call.enter, post.begin) === 'yes'))
    if (overtaking !== undefined) {
      const late = good.find((post) => run.before(overtaking.enter, post.begin) === 'yes')
      yield broken('before any message handler', {
        events: [overtaking.enter, late?.begin, late?.answer],
        expected: `${showWire(wire)}, which onConnect of ${connection.name} sent, posted before any message handler started, or never`,
        observed: `the handler of step ${overtaking.step} had started when it was posted`,
      })
    } else if (
      good.length > 0 &&
      handlers.length > 0 &&
      handlers.every((call) => run.before(good[0]?.begin, call.enter) === 'yes')
    )
      yield kept('before any message handler', good[0]?.begin, handlers[0]?.enter)
  }
}

/** An output that never came, though a message handler has started behind it, is lost; the log has to say so. */
function* logged(
  run: Run,
  { connection, connect, handlers }: Deferred,
  { wire, posts }: Output,
): Generator<Judgment<'lost and logged'>> {
  const first = handlers[0]?.enter
  const idle = idleAfter(run, first)
  if (first === undefined || idle === undefined || posts.some((post) => !answeredGone(post))) return
  const log = run
    .of('log')
    .find(
      ({ level, message, details }) =>
        level !== 'debug' && `${message} ${JSON.stringify(details)}`.includes(connection.channelId ?? '\0'),
    )
  yield decide('lost and logged', log !== undefined, {
    events: [connect.end, first, log, idle],
    expected: `a line in the log with the channel of ${connection.name}, whose onConnect sent ${showWire(wire)}, which was not delivered`,
    observed: 'none',
  })
}

function* closed(run: Run, { connection, connect, handlers }: Deferred): Generator<Judgment<'close() is not lost'>> {
  const closes = postsTo(run, connection.channelId).filter(({ data }) => data === undefined)
  const done = closes.find(accepted)?.answer ?? closedByServer(run, connection)
  const [handler] = handlers
  if (handler !== undefined) {
    yield broken('close() is not lost', {
      events: [connect.end, handler.enter],
      expected: `no message handler of ${connection.name}, whose onConnect called close()`,
      observed: `the handler of step ${handler.step} ran`,
    })
  } else if (done !== undefined && (connection.spec.faults !== undefined || connection.messages.length > 0)) {
    yield kept('close() is not lost', connect.end, done)
  } else if (done === undefined && !mayBeRemoved(run, connection)) {
    const met = obliged(run, connection, connect)
    const idle = idleAfter(run, met?.end)
    if (connection.open === undefined || met === undefined || idle === undefined || leaves(run, connection, idle)) return
    // A disconnect ends it as well.
    const disconnects = invocationsOf(run, connection.channelId, 'disconnect')
    if (disconnects.some(({ begin }) => run.before(idle, begin) !== 'yes')) return
    yield broken('close() is not lost', {
      events: [connect.end, met.begin, met.end, idle],
      expected: `${connection.name}, whose onConnect called close(), closed once a ${met.event} of it had been dealt with`,
      observed: 'it was still open when every invocation had returned',
    })
  }
}

/** An invocation that had to see to the close: a message's, or the deferred one where none of either died or is held back. */
function obliged(run: Run, connection: Connection, connect: Invocation): Invocation | undefined {
  const all = invocationsOf(run, connection.channelId, 'message', 'deliver')
  const alone = faultsOf(connection).deliver !== 'late' && all.every(({ end }) => end?.outcome === 'ok')
  return all.find(
    ({ event, begin, end }) => end?.outcome === 'ok' && (event === 'message' ? run.before(connect.end, begin) === 'yes' : alone),
  )
}

/** What the client saw of the close, where it had not left by itself. */
const closedByServer = (run: Run, connection: Connection): HistoryEvent | undefined =>
  connection.closed === undefined || leaves(run, connection, connection.closed) ? undefined : connection.closed
