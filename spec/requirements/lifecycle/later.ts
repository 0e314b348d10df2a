/** Using a channel after the handler that was given it has settled (LIFE-21). */
import { decide, requirement, undecided } from '../../requirement.ts'
import { fenceAfter } from '../../run/fences.ts'
import type { Call, Connection, OpRun, Run } from '../../run/run.ts'
import { encode } from '../../wire.ts'
import { absent, actedOnly, asLeft, closeOps, endedBy, endedFromOutside } from './endings.ts'

export const life21 = requirement({
  id: 'LIFE-21',
  title:
    'A channel may be used after the handler that was given it has settled: sends, publishes and close work while it is open',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  capabilities: ['stateful'],
  clauses: {
    send: { promise: 'what it sends arrives', needs: ['trace'] },
    publish: { promise: 'what it publishes reaches the subscribers', needs: ['trace'] },
    close: { promise: 'closing it closes the socket', needs: ['trace'] },
  },
  source: {
    seed: 'introduction',
    quote: 'Can maintain persistent resources like timers or subscriptions directly within the function.',
  },
  *judge(run) {
    for (const connection of run.connections) {
      for (const call of connection.calls) if (call.handler === 'armed') yield* used(run, connection, call)
    }
    for (const publish of run.publishes) if (publish.op?.call.handler === 'armed') yield* published(run, publish)
  },
})

/** Whether the connection was certainly open, and known to be, when the operation ended. */
function openFor(run: Run, connection: Connection, op: OpRun): boolean {
  if (!actedOnly(run, connection)) return false
  return connection.ending === undefined || run.before(op.end, connection.ending) === 'yes'
}

/** Whether it was what was asked for that could not be done, whenever it was asked. */
const refusedForItself = (op: OpRun): boolean =>
  op.end?.error?.typeError === true || op.end?.error?.name === 'PayloadTooLargeError'

function* used(run: Run, connection: Connection, call: Call) {
  for (const op of call.ops) {
    if (op.name === 'send' && op.args.mode !== 'float' && op.end !== undefined && 'wire' in encode(op.args.value ?? null))
      yield* sent(run, connection, op, op.end.outcome)
    if (op.name === 'close' && closeOps(connection)[0] === op && endedBy(connection, op)) yield* closed(run, connection, op)
  }
}

function* sent(run: Run, connection: Connection, op: OpRun, outcome: 'ok' | 'rejected') {
  if (refusedForItself(op)) return
  if (!openFor(run, connection, op)) {
    yield undecided('send')
    return
  }
  const receipt = connection.received.find((each) => each.answers?.kind === 'send' && each.answers.op === op)
  if (outcome === 'ok' && receipt === undefined && fenceAfter(run, connection, op.end) === undefined) return
  yield decide('send', outcome === 'ok' && receipt !== undefined, {
    events: [op.begin, op.end, receipt?.event ?? connection.fenced],
    expected: `what was sent to ${connection.name} after its handler had settled to arrive`,
    observed:
      outcome === 'ok'
        ? 'it had not arrived when everything sent before had'
        : `the send rejected with ${op.end?.error?.name}: ${op.end?.error?.message}`,
  })
}

function* closed(run: Run, connection: Connection, op: OpRun) {
  const left = asLeft(run, connection).closed
  const missed = absent(run, connection, 'the close')
  const over = left ?? missed
  if (over === undefined || endedFromOutside(run, connection).some((event) => run.before(over, event) === 'no')) return
  yield decide('close', left !== undefined && op.end?.outcome !== 'rejected', {
    events: [op.begin, op.end, over],
    expected: `the socket of ${connection.name} closed by a close() after its handler had settled`,
    observed: left === undefined ? 'it stayed open' : `close() rejected with ${op.end?.error?.name}: ${op.end?.error?.message}`,
  })
}

function* published(run: Run, publish: Run['publishes'][number]) {
  const { op } = publish
  const own = op === undefined ? undefined : run.byChannelId.get(op.call.channelId)
  if (op?.end === undefined || own === undefined || publish.wire === undefined || refusedForItself(op) || !openFor(run, own, op))
    return
  if (publish.outcome === 'rejected') {
    yield decide('publish', false, {
      events: [op.begin, op.end],
      expected: `a publish made after the handler of ${own.name} had settled to resolve`,
      observed: `it rejected with ${op.end.error?.name}: ${op.end.error?.message}`,
    })
    return
  }
  for (const connection of run.connections) {
    if (connection.channelId === publish.exclude || run.subscribed(connection, publish) !== 'must') continue
    const receipt = publish.receipts.find((each) => each.conn === connection)
    if (receipt === undefined && fenceAfter(run, connection, op.end) === undefined) continue
    yield decide('publish', receipt !== undefined, {
      events: [op.begin, op.end, receipt?.event ?? connection.fenced],
      expected: `a publish made after the handler of ${own.name} had settled to reach ${connection.name}`,
      observed: 'it had not arrived when everything sent before had',
    })
  }
}
