/** Stopping gracefully (LIFE-18). */
import type { HistoryEvent } from '../../history.ts'
import { broken, decide, kept, requirement, undecided } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import type { Call, Connection } from '../../run/run.ts'
import { generous, short } from '../../start-deadlines.ts'
import { sameJson } from '../../values.ts'
import { handlesMessage } from './attempts.ts'
import { absent, asLeft, closeOps, connectCall, disconnectCalls, hasDisconnect, launchedWith } from './endings.ts'
import { inTheEnd, inTime } from './stop-deadline.ts'
import { gateAcross, isTheStops, type Stop } from './stopping.ts'

export const life18 = requirement({
  id: 'LIFE-18',
  title:
    'Stopping refuses new handshakes, lets running handlers settle up to a deadline, delivers what was accepted, closes each connection with 1001 and runs each onDisconnect before it resolves',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  capabilities: ['gracefulStop'],
  clauses: {
    'new handshakes': {
      promise:
        'a handshake asked for while it stops is refused, and so is one that still waits for its schema when it has stopped',
      needs: ['trace', 'stop'],
      heavy: true,
    },
    'running handlers': { promise: 'a handler that is running may settle first', needs: ['trace', 'stop'], heavy: true },
    'no longer': {
      promise: 'a handler that outlasts the deadline holds the stop up no further',
      needs: ['trace', 'stop'],
      heavy: true,
    },
    delivery: { promise: 'what a running handler sends and returns arrives', needs: ['trace', 'stop'], heavy: true },
    'closes each': { promise: 'every connection is closed', needs: ['stop'], heavy: true },
    'code 1001': { promise: 'every client sees 1001', needs: ['stop'], capabilities: ['closeCodes'], heavy: true },
    'onDisconnect first': {
      promise: 'every onDisconnect has settled before the stop resolves',
      needs: ['trace', 'stop'],
      heavy: true,
    },
    resolves: {
      promise: 'it resolves, once its deadline has passed and nothing holds it up any more',
      needs: ['trace', 'stop'],
      heavy: true,
    },
    'cuts who does not read': { promise: 'a client that does not read is cut at the deadline', needs: ['stop'], heavy: true },
  },
  source: { decision: 'a deployment must lose neither answers nor clean-up, and must end' },
  *judge(run) {
    const asked = run.of('invoke').find((event) => actionOf(event).do === 'stop')
    if (asked === undefined) return
    const deadline = launchedWith(run).stop
    const resolved = run.of('hosted').find((event) => event.step === asked.step)
    const stop = {
      run,
      asked,
      resolved,
      patient: deadline !== undefined && deadline >= generous,
      hurried: deadline !== undefined && deadline <= short,
    }
    if (stop.hurried) yield* inTheEnd(stop)
    yield* handshakes(stop)
    yield* waiting(stop)
    for (const connection of run.connections) {
      if (stop.hurried) yield* inTime(stop, connection)
      if (stop.patient && isTheStops(stop, connection)) yield* gracefully(stop, asLeft(run, connection))
      if (stop.patient) yield* whileConnecting(stop, connection)
    }
  },
})

function* handshakes({ run, asked, resolved }: Stop) {
  const [begun] = run.of('stopping')
  for (const { connect, open, refused, name } of run.connections) {
    if (
      connect === undefined ||
      run.before(begun, connect) !== 'yes' ||
      (resolved !== undefined && run.before(connect, resolved) !== 'yes')
    )
      continue
    if (open === undefined && refused === undefined) continue
    yield decide('new handshakes', open === undefined, {
      events: [asked, begun, connect, refused ?? open],
      expected: `the handshake of ${name} refused: the system was stopping`,
      observed: 'it was accepted',
    })
  }
}

/**
 * Handshakes that waited for their schema when the stop was asked for. One that is answered while the stop lasts may be
 * taken, if it is then closed like any other; one that is answered after it cannot be: nobody would close it any more.
 */
function* waiting({ run, asked, resolved }: Stop) {
  for (const waits of run.of('waits')) {
    const connection = run.connections.find(({ name }) => name === waits.conn)
    if (connection === undefined || run.before(waits, asked) !== 'yes') continue
    const { open, refused, name, calls } = connection
    const left = absent(run, connection, 'the close')
    if (open !== undefined && left !== undefined) {
      yield broken('closes each', {
        events: [waits, asked, open, left],
        expected: `the handshake of ${name} refused, or its connection closed by the stop, which had begun before its schema answered`,
        observed: 'it was accepted, and its socket still open when everything else was over',
      })
    }
    const answered = run.of('gate').find((event) => event.name === waits.gate)
    const [ran] = calls
    if (resolved?.outcome === 'ok' && run.before(resolved, answered) === 'yes' && (open !== undefined || ran !== undefined)) {
      yield broken('new handshakes', {
        events: [waits, asked, resolved, answered, open, ran?.enter],
        expected: `the handshake of ${name} refused: its schema answered when the system had stopped`,
        observed: open !== undefined ? 'it was accepted' : `${ran?.handler} ran for it`,
      })
    } else if (open === undefined && refused !== undefined && ran === undefined)
      yield kept('new handshakes', waits, asked, refused)
    else yield undecided('new handshakes')
  }
}

/** What a connection is owed by a stop that has time. */
function* gracefully(stop: Stop, connection: Connection) {
  const { run, asked, resolved } = stop
  const { closed } = connection
  // While it has not resolved it may have reason to wait for what has not returned.
  const busy = resolved === undefined && connection.calls.some((call) => call.leave === undefined)
  const missed = busy ? undefined : absent(run, connection, 'the close')
  if (closed !== undefined || missed !== undefined) {
    yield decide('closes each', closed !== undefined, {
      events: [asked, resolved, closed ?? missed],
      expected: `${connection.name} closed by the stop`,
      observed: 'its socket was still open when everything else was over',
    })
  }
  if (closed !== undefined) {
    yield decide('code 1001', closed.code === 1001, {
      events: [asked, closed],
      expected: `${connection.name} closed with 1001`,
      observed: `it was closed with ${closed.code}`,
    })
  }
  for (const call of connection.calls) if (handlesMessage(call)) yield* running(stop, connection, call)
  const [disconnect] = disconnectCalls(connection)
  if (!hasDisconnect(connection) || disconnect?.leave === undefined) return
  const order = run.before(disconnect.leave, resolved)
  if (order === 'unknown') return
  yield decide('onDisconnect first', order === 'yes', {
    events: [asked, disconnect.enter, disconnect.leave, resolved],
    expected: `onDisconnect of ${connection.name} settled when the stop resolves`,
    observed: 'the stop resolved while it was running',
  })
}

/** An onConnect that was waiting when the stop was asked for may settle, and then its connection is the stop's like any other. */
function* whileConnecting(stop: Stop, connection: Connection) {
  const { run, asked, resolved } = stop
  const call = connectCall(connection)
  const { ending, open } = connection
  const { closed } = asLeft(run, connection)
  if (call?.leave?.outcome !== 'ok' || ending !== asked || closeOps(connection).length > 0 || connection.spec.middleware) return
  if (run.before(open, asked) !== 'yes') return
  yield* running(stop, connection, call)
  if (gateAcross(run, asked, call) === undefined) return
  const missed = closed === undefined ? absent(run, connection, 'the close') : undefined
  if (resolved?.outcome === 'ok' && run.before(resolved, missed) === 'yes') {
    yield broken('closes each', {
      events: [asked, call.leave, resolved, missed],
      expected: `${connection.name} closed by the stop, once its onConnect had settled`,
      observed: 'its socket was still open when everything else was over',
    })
  }
  const [disconnect] = disconnectCalls(connection)
  if (closed === undefined || disconnect?.leave === undefined) return
  if (run.before(disconnect.leave, resolved) !== 'yes') return
  yield decide('code 1001', closed.code === 1001, {
    events: [asked, call.leave, closed],
    expected: `${connection.name} closed with 1001 once its onConnect had settled`,
    observed: `it was closed with ${closed.code}`,
  })
}

/** A handler that was waiting when the stop was asked for, and went on while it lasted. */
function* running({ run, asked, resolved }: Stop, connection: Connection, call: Call) {
  const gate = gateAcross(run, asked, call)
  if (gate === undefined || call.leave === undefined) return
  const cut = [connection.closed, resolved].find((event) => event !== undefined && run.before(event, gate.opened) === 'yes')
  if (cut !== undefined) {
    yield broken('running handlers', {
      events: [gate.hold.begin, asked, cut, gate.opened],
      expected: `${connection.name} open until step ${call.step} has settled`,
      observed: cut === resolved ? 'the stop resolved while it was running' : 'its connection was closed while it was running',
    })
    return
  }
  const sends = call.ops.filter((op) => op.name === 'send' && op.index > gate.hold.index && op.args.mode !== 'float')
  const refused = sends.find((op) => op.end?.error?.name === 'ChannelClosedError')
  yield decide('running handlers', refused === undefined, {
    events: [gate.hold.begin, asked, gate.opened, refused?.end ?? call.leave],
    expected: `the channel of ${connection.name} usable until step ${call.step} has settled`,
    observed: 'it was closed',
  })
  const { closed } = connection
  if (refused !== undefined || closed === undefined) return
  for (const op of sends) {
    if (op.end?.outcome !== 'ok') continue
    const receipt = connection.received.find((each) => each.answers?.kind === 'send' && each.answers.op === op)
    yield arrived(connection, 'what it sent', op.begin, receipt?.event, closed)
  }
  if (call.leave.outcome !== 'ok' || call.handler === 'onMessage') return
  // Unlike an action's, which always has a reply.
  if (call.handler === 'onConnect' && sameJson(call.leave.value ?? null, { $: 'undefined' })) return
  const reply = connection.received.find((each) => each.answers?.kind === 'reply' && each.answers.call === call)
  yield arrived(connection, 'what it returned', call.leave, reply?.event, closed)
}

function arrived(
  connection: Connection,
  what: string,
  sent: HistoryEvent,
  receipt: HistoryEvent | undefined,
  closed: HistoryEvent,
) {
  if (receipt !== undefined) return kept('delivery' as const, sent, receipt, closed)
  return broken('delivery' as const, {
    events: [sent, closed],
    expected: `${what} while the server was stopping to arrive at ${connection.name}`,
    observed: 'the socket closed without it',
  })
}
