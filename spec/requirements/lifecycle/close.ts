/** `channel.close()` (LIFE-14). */
import type { HistoryEvent } from '../../history.ts'
import { broken, decide, kept, requirement, undecided } from '../../requirement.ts'
import { faultsOf } from '../../run/platform.ts'
import type { Call, Connection, OpRun, Run } from '../../run/run.ts'
import { encode } from '../../wire.ts'
import { handlesMessage } from './attempts.ts'
import {
  absent,
  actedOnly,
  asLeft,
  closeOps,
  disconnectCalls,
  endedBy,
  endedFromOutside,
  hasDisconnect,
  mayBeCutOff,
  wasConnected,
} from './endings.ts'

export const life14 = requirement({
  id: 'LIFE-14',
  title:
    'channel.close() is idempotent, waits for no handler, delivers what was sent before it and nothing after it, and ends the socket',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    idempotent: { promise: 'a second close() resolves', needs: ['trace'] },
    'waits for no handler': {
      promise: 'the promise of a close() made in a handler resolves while that handler is running',
      needs: ['trace'],
    },
    state: { promise: 'state is closed when the call returns', needs: ['trace'] },
    'sent before': { promise: 'what was sent before the call arrives', needs: ['trace'] },
    'returned value': { promise: 'what the closing handler returns is not sent', needs: ['trace'] },
    'socket closes': { promise: 'the client sees its socket close', needs: ['trace'] },
    'code 1000': { promise: 'the client sees it close with 1000', needs: ['trace'], capabilities: ['closeCodes'] },
    'onConnect’s output': {
      promise: 'after a close() in onConnect the connect completes and what onConnect had sent arrives',
      needs: ['trace'],
    },
    'onDisconnect follows': { promise: 'after a close() in onConnect onDisconnect runs', needs: ['trace'] },
    'queued messages': {
      promise: 'messages queued behind the close run no handler',
      needs: ['trace'],
      capabilities: ['ordered'],
    },
  },
  source: { seed: 'guide', quote: 'channel.close() // Close this connection' },
  *judge(run) {
    for (const connection of run.connections) {
      const ops = closeOps(connection)
      const [first] = ops
      if (first === undefined) continue
      for (const op of ops) yield* promised(run, connection, op, first)
      yield* handlersAfter(run, connection, first)
      // What a client sees is the close's doing only where nothing else ended the connection.
      if (!endedBy(connection, first) || !actedOnly(run, connection)) continue
      const left = asLeft(run, connection)
      if (
        endedFromOutside(run, connection).some(
          (event) => run.before(left.closed ?? absent(run, connection, 'the close'), event) !== 'yes',
        )
      )
        continue
      if (mayBeCutOff(run, left)) yield undecided('code 1000')
      else if (first.call.handler === 'onConnect') yield* inConnect(run, left, first)
      else if (wasConnected(connection)) yield* seen(run, left, first)
    }
  },
})

/** From here on nobody can doubt that the channel is closed. */
const onceDisconnecting = ({ calls }: Connection): HistoryEvent | undefined =>
  calls.find(({ handler }) => handler === 'onDisconnect')?.enter

/** What the caller is promised. */
function* promised(run: Run, connection: Connection, op: OpRun, first: OpRun) {
  const state = (op.end?.value as { state?: string } | undefined)?.state
  const where = `close() in ${op.call.handler} of ${op.call.conn}`
  if (state !== undefined) {
    yield decide('state', state === 'closed', {
      events: [op.begin, op.end],
      expected: `state closed when ${where} returns`,
      observed: `state ${state}`,
    })
  }
  // What its client or a stop has ended is closed already, as it is once the first close() was called.
  const over = op !== first ? first.begin : onceDisconnecting(connection)
  if (over !== undefined) {
    if (op.end !== undefined && run.before(over, op.begin) === 'yes') {
      yield decide('idempotent', op.end.outcome === 'ok', {
        events: [over, op.begin, op.end],
        expected: `a further ${where} to resolve`,
        observed: `it rejected with ${op.end.error?.name}: ${op.end.error?.message}`,
      })
    }
    if (op !== first) return
  }
  if (!handlesMessage(op.call) && op.call.handler !== 'onConnect') return
  const stall = run.of('stall').find((event) => run.before(op.begin, event) === 'yes')
  const waits = stall !== undefined && run.before(op.end, stall) !== 'yes' && op.args.mode !== 'float'
  if (op.end === undefined && !waits) return
  yield decide('waits for no handler', op.end?.outcome === 'ok' && !waits, {
    events: [op.begin, stall, op.end],
    expected: `the promise of ${where} to resolve by itself`,
    observed:
      op.end?.outcome === 'rejected'
        ? `it rejected with ${op.end.error?.name}: ${op.end.error?.message}`
        : 'it was pending for as long as its handler',
  })
}

/** What the client is promised, for a close in a message handler or after one. */
function* seen(run: Run, connection: Connection, first: OpRun) {
  const { closed } = connection
  if (closed === undefined) {
    // A channel that is closed by a timer is LIFE-21's.
    if (first.call.handler !== 'armed') yield* notClosed(run, connection, first)
    return
  }
  yield kept('socket closes', first.begin, closed)
  yield decide('code 1000', closed.code === 1000, {
    events: [first.begin, closed],
    expected: `${connection.name} closed with 1000`,
    observed: `it was closed with ${closed.code}`,
  })
  for (const call of connection.calls) yield* sentBefore(run, connection, call, first, 'sent before')
  const returned = handlesMessage(first.call) && first.call.leave?.outcome === 'ok'
  if (!returned) return
  const reply = connection.received.find((each) => each.answers?.kind === 'reply' && each.answers.call === first.call)
  yield decide('returned value', reply === undefined, {
    events: [first.begin, first.call.leave, reply?.event, closed],
    expected: `nothing of what step ${first.call.step} returned after it had closed ${connection.name}`,
    observed: `${connection.name} received it`,
  })
}

function* notClosed(run: Run, connection: Connection, first: OpRun) {
  const missed = absent(run, connection, 'the close')
  if (missed === undefined) yield undecided('socket closes')
  else {
    yield broken('socket closes', {
      events: [first.begin, first.end, missed],
      expected: `the socket of ${connection.name} closed by close()`,
      observed: `it was still open ${missed.patience} ms after everything else was over`,
    })
  }
}

/** What a call sent before the close and was accepted has arrived by the time the socket closed. */
function* sentBefore(run: Run, connection: Connection, call: Call, first: OpRun, clause: 'sent before' | 'onConnect’s output') {
  for (const op of call.ops) {
    // What cannot be sent at all is another requirement's.
    if (
      op.name !== 'send' ||
      !('wire' in encode(op.args.value ?? null)) ||
      (op.end?.outcome !== 'ok' && !closedUnder(run, connection, op)) ||
      run.before(op.begin, first.begin) !== 'yes'
    )
      continue
    const receipt = connection.received.find((each) => each.answers?.kind === 'send' && each.answers.op === op)
    yield decide(clause, receipt !== undefined, {
      events: [op.begin, first.begin, receipt?.event, connection.closed ?? connection.refused],
      expected: `what ${call.handler} sent before close() to arrive at ${connection.name}`,
      observed: `${connection.closed === undefined ? 'the handshake was refused' : 'the socket closed'} without it`,
    })
  }
}

/**
 * Refused because its channel was closed in the meantime, though it was made before any close(): unless a platform had
 * called it gone, or another event's handler closed it meanwhile, which waits for nothing of this one.
 */
function closedUnder(run: Run, connection: Connection, { begin, end, call }: OpRun): boolean {
  const { posts = [] } = faultsOf(connection)
  return (
    end?.error?.name === 'ChannelClosedError' &&
    posts.every((fault) => fault === null || fault === 'slow') &&
    closeOps(connection).every(
      (close) => run.before(begin, close.begin) === 'yes' && (close.call === call || run.capabilities.has('ordered')),
    )
  )
}

function* inConnect(run: Run, connection: Connection, first: OpRun) {
  const { call } = first
  if (!wasConnected(connection)) return
  const over = connection.closed ?? connection.refused
  if (over !== undefined) yield* sentBefore(run, connection, call, first, 'onConnect’s output')
  else yield* notClosed(run, connection, first)
  if (connection.closed !== undefined) {
    yield decide('code 1000', connection.closed.code === 1000, {
      events: [first.begin, call.leave, connection.closed],
      expected: `${connection.name} closed with 1000`,
      observed: `it was closed with ${connection.closed.code}`,
    })
  }
  if (!hasDisconnect(connection)) return
  const ran = disconnectCalls(connection)[0]
  const missed = absent(run, connection, 'onDisconnect')
  if (ran === undefined && missed === undefined) yield undecided('onDisconnect follows')
  else {
    yield decide('onDisconnect follows', ran !== undefined, {
      events: [first.begin, call.leave, ran?.enter ?? missed],
      expected: `onDisconnect of ${connection.name}, whose onConnect succeeded`,
      observed: 'it had not run when everything else was over',
    })
  }
}

/** One handler at a time: what starts after a handler has called close() was queued behind it. */
function* handlersAfter(run: Run, connection: Connection, first: OpRun) {
  if (!handlesMessage(first.call) && first.call.handler !== 'onConnect') return
  const late = connection.calls.find(
    (call) => handlesMessage(call) && call !== first.call && run.before(first.begin, call.enter) === 'yes',
  )
  const queued = connection.messages.find(
    (message) => message.calls.length === 0 && run.before(message.event, first.begin) === 'yes',
  )
  if (late !== undefined) {
    yield broken('queued messages', {
      events: [late.message?.event, first.begin, late.enter],
      expected: `no handler of ${connection.name} after step ${first.call.step} has closed it`,
      observed: `the handler of step ${late.step} started`,
    })
  } else if (queued !== undefined && run.complete && connection.closed !== undefined)
    yield kept('queued messages', queued.event, first.begin, connection.closed)
}
