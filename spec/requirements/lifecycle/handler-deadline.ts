/** What a handler that outlasts a short handler deadline does not hold up (LIFE-11). */
import type { HistoryEvent } from '../../history.ts'
import { broken, kept } from '../../requirement.ts'
import { actionOf } from '../../run/connections.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { short } from '../../start-deadlines.ts'
import { handlesMessage } from './attempts.ts'
import { connectCall, disconnectCalls, hasDisconnect, launchedWith } from './endings.ts'

/** Whether it certainly had not started by then: of a trace that is still on its way nobody knows. */
const onlyAfter = (run: Run, opened: HistoryEvent, disconnect: Call | undefined): boolean =>
  disconnect === undefined ? run.complete : run.before(opened, disconnect.enter) === 'yes'

/** Its client has gone and a message handler waits on: once the deadline has passed, onDisconnect starts all the same. */
export function* pastTheDeadline(run: Run, connection: Connection) {
  const { ending, spec } = connection
  const { handler: deadline, stop } = launchedWith(run)
  if (deadline === undefined || deadline > short || stop !== undefined) return
  if (ending?.kind !== 'invoke' || !['close', 'vanish'].includes(actionOf(ending).do as string)) return
  if (!hasDisconnect(connection) || spec.middleware !== undefined) return
  const connect = connectCall(connection)
  if (connect !== undefined && (connect.leave?.outcome !== 'ok' || run.before(connect.leave, ending) !== 'yes')) return
  const [disconnect] = disconnectCalls(connection)
  for (const call of connection.calls.filter(handlesMessage)) {
    for (const hold of call.ops.filter((op) => op.name === 'hold')) {
      const opened = run.of('gate').find((event) => event.name === hold.args.gate)
      if (opened === undefined || run.before(ending, opened) !== 'yes') continue
      // A stall is a long time without a sign of life of a system that answers.
      const stall = run.of('stall').find((event) => [hold.begin, ending].every((since) => run.before(since, event) === 'yes'))
      if (disconnect !== undefined && run.before(disconnect.enter, opened) === 'yes') {
        if (run.before(hold.begin, disconnect.enter) === 'yes')
          yield kept('no longer than the deadline', hold.begin, ending, disconnect.enter, opened)
      } else if (stall !== undefined && run.before(stall, opened) === 'yes' && onlyAfter(run, opened, disconnect)) {
        yield broken('no longer than the deadline', {
          events: [hold.begin, ending, stall, opened, disconnect?.enter],
          expected: `onDisconnect of ${connection.name} while step ${call.step} waits: its handler deadline was ${deadline} ms`,
          observed: 'it had not started when the kit let the handler go on',
        })
      }
    }
  }
}
