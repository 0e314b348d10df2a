/** What the log says. */
import type { HistoryEvent, ServerEventOf } from '../../history.ts'
import type { Run } from '../../run/run.ts'

type LogEvent = ServerEventOf<'log'>

/** What is logged at a default level by the system itself: the application's own lines and debug output apart. */
export function logsOf(run: Run): LogEvent[] {
  const own = new Set(run.calls.flatMap((call) => call.ops.filter((op) => op.name === 'log').map((op) => op.args.message)))
  return run.of('log').filter((event) => event.level !== 'debug' && !own.has(event.message))
}

/** The system's log from `event` on. */
export function logsAfter(run: Run, event: HistoryEvent): LogEvent[] {
  return logsOf(run).filter((log) => run.before(event, log) === 'yes')
}

/** Everything a log event says, as one text. */
export const textOf = (log: LogEvent): string => `${log.message} ${JSON.stringify(log.details)}`
