/** onDisconnect is a connection's last handler (LIFE-11), and may fail (LIFE-13). */
import { broken, decide, kept, requirement, undecided } from '../../requirement.ts'
import { fenceAfter } from '../../run/fences.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { handlesMessage } from './attempts.ts'
import { closedForNothing, disconnectCalls, launchedWith, leftWhileConnecting } from './endings.ts'
import { pastTheDeadline } from './handler-deadline.ts'

/** Whether a deadline may have passed that allows what is otherwise forbidden. */
function deadlinesMayPass(run: Run): boolean {
  return launchedWith(run).handler !== undefined || launchedWith(run).stop !== undefined
}

export const life11 = requirement({
  id: 'LIFE-11',
  title:
    'onDisconnect starts after every started handler of the connection has settled; after it starts no handler of that connection starts',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  capabilities: ['ordered'],
  clauses: {
    'after every handler': {
      promise: 'onDisconnect starts only when every handler that had started has settled',
      needs: ['trace'],
    },
    'no handler after it': { promise: 'after onDisconnect has started no handler of the connection starts', needs: ['trace'] },
    'no longer than the deadline': {
      promise: 'a message handler that outlasts the handler deadline does not keep onDisconnect from starting',
      needs: ['trace'],
      heavy: true,
    },
  },
  source: { decision: 'what a handler subscribed or stored must be there for onDisconnect to undo' },
  *judge(run) {
    for (const connection of run.connections) {
      yield* pastTheDeadline(run, connection)
      const [disconnect] = disconnectCalls(connection)
      if (disconnect === undefined) continue
      const handlers = connection.calls.filter(
        (call) => handlesMessage(call) || (call.handler === 'onConnect' && !leftWhileConnecting(run, connection)),
      )
      if (!deadlinesMayPass(run)) for (const call of handlers) yield* afterHandler(run, connection, call, disconnect)
      yield* nothingAfter(run, connection, handlers, disconnect)
    }
  },
})

function* afterHandler(run: Run, connection: Connection, call: Call, disconnect: Call) {
  // That it returned is what the trace can place exactly: what it left pending may be noted a moment late.
  const order = run.before(call.leave, disconnect.enter)
  const closedWithin = call.ops.some((op) => op.name === 'close') || run.before(connection.closed, call.leave) === 'yes'
  if (order === 'yes') {
    if (closedWithin) yield kept('after every handler', connection.closed, call.leave, disconnect.enter)
  } else if (order === 'no' || (call.leave === undefined && run.complete && run.before(call.enter, disconnect.enter) === 'yes')) {
    yield broken('after every handler', {
      events: [call.enter, disconnect.enter, call.leave],
      expected: `onDisconnect of ${connection.name} after its ${call.handler} has settled`,
      observed: `onDisconnect started while ${call.handler}${call.step === undefined ? '' : ` (step ${call.step})`} was running`,
    })
  } else yield undecided('after every handler')
}

function* nothingAfter(run: Run, connection: Connection, handlers: Call[], disconnect: Call) {
  const late = handlers.find((call) => run.before(disconnect.enter, call.enter) === 'yes')
  // A message that came to nothing is one whose handler could have started late.
  const dropped = connection.messages.find(
    (message) => message.calls.length === 0 && run.before(message.event, connection.closed) === 'yes',
  )
  if (late === undefined && (dropped === undefined || !run.complete)) return
  yield decide('no handler after it', late === undefined, {
    events: [dropped?.event, disconnect.enter, late?.enter],
    expected: `no handler of ${connection.name} after its onDisconnect has started`,
    observed: `${late?.handler} started after it`,
  })
}

export const life13 = requirement({
  id: 'LIFE-13',
  title: 'onDisconnect throws: the clean-up still completes and no other connection notices',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  clauses: {
    'clean-up completes': { promise: 'hub and stores hold nothing of the connection', needs: ['trace', 'residue'] },
    'other connections': { promise: 'every other connection stays open and is answered', needs: ['trace'] },
    'nothing unhandled': {
      promise: 'the error stays within the system: no unhandled rejection, no uncaught exception',
      needs: ['trace'],
    },
  },
  source: { decision: 'a bug in one onDisconnect must not leak memory or end the server' },
  *judge(run) {
    for (const connection of run.connections) {
      for (const call of disconnectCalls(connection)) if (call.leave?.outcome === 'rejected') yield* failed(run, connection, call)
    }
  },
})

function* failed(run: Run, connection: Connection, call: Call) {
  const residue = run.of('residue').at(-1)
  if (residue !== undefined && run.complete && run.of('absent').every((event) => event.conn !== connection.name)) {
    const held = residue.channels.includes(call.channelId) || residue.subscriptions.some(([, id]) => id === call.channelId)
    yield decide('clean-up completes', !held, {
      events: [call.leave, residue],
      expected: `nothing of ${connection.name}'s channel ${call.channelId} left`,
      observed: 'hub or stores still hold it',
    })
  }
  yield* othersUntouched(run, call, 'other connections')
  const fault = run.of('fault').find((event) => causedBy(event.message, call))
  if (fault !== undefined || run.complete) {
    yield decide('nothing unhandled', fault === undefined, {
      events: [call.leave, fault],
      expected: `what the onDisconnect of ${connection.name} threw caught by the system`,
      observed: `${fault?.what}: ${fault?.message}`,
    })
  }
}

/** Whether an unhandled error is the one that a call threw: its message names the step, or is the script's own. */
export function causedBy(message: string, call: Call): boolean {
  const thrown = call.leave?.error?.message
  return thrown !== undefined && (message === thrown || message.endsWith(`: ${thrown}`))
}

/** Connections that have no reason of their own to end stay open and are answered after `thrower` has failed. */
export function* othersUntouched<C extends string>(run: Run, thrower: Call, clause: C) {
  for (const other of run.connections) {
    if (other.name === thrower.conn || other.calls.some((call) => call.leave?.outcome === 'rejected')) continue
    if (closedForNothing(run, other) && run.before(thrower.leave, other.closed) !== 'no') {
      yield broken(clause, {
        events: [thrower.leave, other.closed],
        expected: `${other.name} open, whatever ${thrower.handler} of ${thrower.conn} throws`,
        observed: `${other.name} was closed with ${other.closed?.code}`,
      })
    } else if (fenceAfter(run, other, thrower.leave) !== undefined) yield kept(clause, thrower.leave, other.fenced)
  }
}
