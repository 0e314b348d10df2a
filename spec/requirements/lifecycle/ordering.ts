/** One message after another (LIFE-15). */
import { decide, requirement, undecided } from '../../requirement.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { overAt } from './attempts.ts'

/** Runs of message handlers of a connection whose message is known, in the order their messages were sent. */
function handled(connection: Connection): Call[] {
  return connection.messages.flatMap((message) => message.calls.slice(0, 1))
}

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
    expected: `the handler of step ${earlier.step} before that of step ${later.step}, as ${connection.name} sent them`,
    observed: `the handler of step ${later.step} started first`,
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
    expected: `step ${second.step}'s handler after step ${first.step}'s has settled`,
    observed: `it started while step ${first.step}'s handler was still running`,
  })
}
