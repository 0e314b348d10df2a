/** Clients that go while onConnect is pending (LIFE-19). */
import { broken, decide, kept, requirement, undecided } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { handlesMessage } from './attempts.ts'
import { absent, connectCall, disconnectCalls, endedFromOutside, hasDisconnect, wasConnected } from './endings.ts'

export const life19 = requirement({
  id: 'LIFE-19',
  title:
    'A client gone while onConnect is pending: no message handler runs; if onConnect succeeds onDisconnect runs once, after it has settled, and nothing it subscribed remains',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    // A platform gives no message to a system before its connect has been answered, so that there is none to be held.
    'no message handler': { promise: 'messages held for it are dropped', capabilities: ['stateful'], needs: ['trace'] },
    'onDisconnect runs': { promise: 'onDisconnect runs once, if onConnect succeeds', needs: ['trace'] },
    'after onConnect': { promise: 'onDisconnect starts after onConnect has settled', needs: ['trace'] },
    'nothing remains': { promise: 'nothing that onConnect subscribed remains', needs: ['trace', 'residue'] },
  },
  source: { decision: 'nobody is left to answer, and what onConnect began must be undone like any other' },
  *judge(run) {
    for (const connection of run.connections) {
      const connect = connectCall(connection)
      if (connect?.leave === undefined || connection.spec.middleware !== undefined) continue
      const left = endedFromOutside(run, connection).find(
        (event) => actionOf(event).do !== 'stop' && run.before(event, connect.leave) === 'yes',
      )
      if (left === undefined) continue
      yield* held(run, connection, connect)
      if (wasConnected(connection)) yield* disconnected(run, connection, connect)
    }
  },
})

function* held(run: Run, connection: Connection, connect: Call) {
  if (connection.messages.length === 0) return
  const handled = connection.calls.find(handlesMessage)
  if (handled === undefined) {
    if (run.complete) yield kept('no message handler', connection.messages[0]?.event, connection.ending, connect.leave)
    return
  }
  // A clean close was answered by the server, which then knows of it; of a socket that is cut it may not know yet.
  const known =
    connection.closed !== undefined && connection.closed.code !== 1006 && run.before(connection.closed, connect.leave) === 'yes'
  if (!known) yield undecided('no message handler')
  else {
    yield broken('no message handler', {
      events: [connection.ending, connection.closed, connect.leave, handled.enter],
      expected: `no message handler of ${connection.name}, which had gone before its onConnect settled`,
      observed: `${handled.handler} of step ${handled.step} ran`,
    })
  }
}

function* disconnected(run: Run, connection: Connection, connect: Call) {
  if (!hasDisconnect(connection)) return
  const calls = disconnectCalls(connection)
  const [first] = calls
  const missed = absent(run, connection, 'onDisconnect')
  if (first === undefined && missed === undefined) {
    yield undecided('onDisconnect runs')
    return
  }
  yield decide('onDisconnect runs', calls.length === 1, {
    events: [connection.ending, connect.leave, ...calls.map((call) => call.enter), missed],
    expected: `one onDisconnect of ${connection.name}, whose onConnect succeeded`,
    observed: first === undefined ? 'it had not run when everything else was over' : `it ran ${calls.length} times`,
  })
  if (first === undefined) return
  const order = run.before(connect.leave, first.enter)
  if (order !== 'unknown') {
    yield decide('after onConnect', order === 'yes', {
      events: [connection.ending, first.enter, connect.leave],
      expected: `onDisconnect of ${connection.name} after its onConnect has settled`,
      observed: 'it started while onConnect was pending',
    })
  }
  const residue = run.of('residue').at(-1)
  const subscribes = connect.ops.some((op) => op.name === 'subscribe' && (op.args.who ?? 'self') === 'self')
  if (residue === undefined || !subscribes || !run.complete) return
  const left = residue.subscriptions.filter(([, id]) => id === connect.channelId)
  yield decide('nothing remains', left.length === 0, {
    events: [connection.ending, connect.leave, residue],
    expected: `no subscription of ${connection.name}'s channel left`,
    observed: `still subscribed to ${left.map(([topic]) => JSON.stringify(topic)).join(', ')}`,
  })
}
