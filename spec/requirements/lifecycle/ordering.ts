/** One message after another (LIFE-15). */
import { broken, decide, kept, requirement, undecided } from '../../requirement.ts'
import type { Call, Connection, Message, Run } from '../../run/run.ts'
import { handlesMessage, overAt } from './attempts.ts'

/** Runs of message handlers of a connection whose message is known, in the order their messages were sent. */
function handled(connection: Connection): Call[] {
  return connection.messages.flatMap((message) => message.calls.slice(0, 1))
}

/** A text carries no step: it is that of its message. */
const stepOf = (call: Call): string => call.step ?? call.message?.step ?? '?'

export const life15 = requirement({
  id: 'LIFE-15',
  title: 'Messages of one connection are handled one at a time, in the order sent',
  level: 'must',
  area: 'lifecycle',
  since: '1.0',
  capabilities: ['ordered'],
  clauses: {
    'one at a time': { promise: 'a message handler starts only when the one before it has settled', needs: ['trace'] },
    'in the order sent': { promise: 'handlers start in the order in which the client sent their messages', needs: ['trace'] },
    'each in its turn': {
      promise: 'a message is taken up once those before it are over; none stays behind for ever',
      needs: ['trace'],
    },
  },
  source: { decision: "the guide's authenticate-then-send flow must hold when it is pipelined" },
  *judge(run) {
    for (const connection of run.connections) {
      const calls = handled(connection)
      for (const [index, later] of calls.entries()) {
        const earlier = calls[index - 1]
        if (earlier === undefined) continue
        yield* inTurn(run, connection, earlier, later)
      }
      yield* takenUp(run, connection)
      yield* leftOut(run, connection)
    }
  },
})

function* inTurn(run: Run, connection: Connection, earlier: Call, later: Call) {
  const started = run.before(earlier.enter, later.enter)
  if (started === 'unknown') {
    yield undecided('in the order sent')
    return
  }
  yield decide('in the order sent', started === 'yes', {
    events: [earlier.message?.event, later.message?.event, later.enter, earlier.enter],
    expected: `the handler of step ${stepOf(earlier)} before that of step ${stepOf(later)}, as ${connection.name} sent them`,
    observed: `the handler of step ${stepOf(later)} started first`,
  })
  const first = started === 'yes' ? earlier : later
  const second = started === 'yes' ? later : earlier
  // A system may know of what was left unawaited a turn before the trace does.
  const over = overAt(first) ?? first.leave
  const overlapped = over !== undefined && run.before(over, second.enter) === 'no'
  // Only a message that was sent before the first was over could have overlapped it: else keeping apart proves nothing.
  if (over === undefined || (!overlapped && run.before(second.message?.event, over) !== 'yes')) {
    yield undecided('one at a time')
    return
  }
  yield decide('one at a time', !overlapped, {
    events: [first.enter, second.enter, over],
    expected: `step ${stepOf(second)}'s handler after step ${stepOf(first)}'s has settled`,
    observed: `it started while step ${stepOf(first)}'s handler was still running`,
  })
}

const isDealtWith = ({ calls, middleware, replies }: Message): boolean => calls.length + middleware.length + replies.length > 0

/** Messages of a script's that came to nothing at all, though the handler of one sent behind them has run. */
function* leftOut(run: Run, connection: Connection) {
  const { messages, name, channel } = connection
  // There everything of the kind is for a handler: elsewhere it may be refused, in a reply that names no step.
  if (channel !== 'main') return
  const lastRun = messages.findLastIndex(({ calls }) => calls.length > 0)
  const lost = messages.find(
    (message, index) =>
      index < lastRun &&
      isScripted(message) &&
      !isDealtWith(message) &&
      isHeldUp(run, connection, message, messages.slice(0, index)),
  )
  if (lost === undefined || !run.complete) return
  const behind = messages[lastRun]
  yield broken('each in its turn', {
    events: [lost.event, behind?.event, behind?.calls[0]?.enter],
    expected: `the message of step ${lost.step} of ${name} handled before that of step ${behind?.step}, which was sent behind it`,
    observed: 'it came to nothing: no handler, no reply',
  })
}

/** Sent to an open channel while the handler of an earlier one was running: elsewhere it is LIFE-07's, or ROUTE-01's. */
function isHeldUp(run: Run, { calls }: Connection, { event }: Message, earlier: readonly Message[]): boolean {
  const connect = calls.find(({ handler }) => handler === 'onConnect')
  if (connect !== undefined && run.before(connect.settled, event) !== 'yes') return false
  return earlier.some((message) => message.calls.some((call) => run.before(event, overAt(call)) === 'yes'))
}

const isScripted = ({ fence, json, step }: Message): boolean =>
  !fence && step !== undefined && json?.action === 'probe' && json.id === step

/**
 * The last message of a connection that goes on: it is sent when all others have been answered, and says whether they have
 * been taken up. It stayed behind only where the kit gave up on a system that had nothing else left to do.
 */
function* takenUp(run: Run, connection: Connection) {
  const { messages, ending, closed, calls, name } = connection
  const last = messages.at(-1)
  if (last === undefined) return
  // A fence enters no handler that is traced: its reply says that it has been taken up.
  const taken = last.calls[0]?.enter ?? last.replies[0]?.event
  if (taken !== undefined && messages.length > 1) yield kept('each in its turn', last.event, taken)
  const [gaveUp] = run.of('timeout')
  const busy = calls.some((call) => handlesMessage(call) && overAt(call) === undefined)
  const connecting = calls.some((call) => call.handler === 'onConnect' && call.leave === undefined)
  if (gaveUp === undefined || isDealtWith(last) || busy || connecting || ending !== undefined || closed !== undefined) return
  if (connection.open === undefined || run.before(last.event, gaveUp) !== 'yes') return
  const first = messages[messages.findLastIndex(isDealtWith) + 1] ?? last
  // A fence alone may have been taken up, and its reply lost.
  if (first.fence) return
  yield broken('each in its turn', {
    events: [first.event, last === first ? undefined : last.event, gaveUp],
    expected: `the message of step ${last.step ?? first.step} of ${name} handled: none before it is being handled any more`,
    observed: `it had not been taken up ${gaveUp.patience} ms after everything else was over`,
  })
}
