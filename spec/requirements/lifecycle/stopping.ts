/** One stop of a system, as the requirement on it sees it (LIFE-18). */
import type { ClientEventOf, HistoryEvent } from '../../history.ts'
import type { Call, Connection, OpRun, Run } from '../../run/run.ts'
import { closeOps, connectCall, wasConnected } from './endings.ts'

/** One stop and what is known of it. */
export interface Stop {
  run: Run
  asked: ClientEventOf<'invoke'>
  resolved: ClientEventOf<'hosted'> | undefined
  /** Whether handlers have all the time they want, or next to none. */
  patient: boolean
  hurried: boolean
}

/** Whether the connection was open and at rest when the stop was asked for, and nothing else ended it. */
export function isTheStops({ run, asked }: Stop, connection: Connection): boolean {
  if (!(wasConnected(connection) || wasTaken(connection)) || connection.ending !== asked || closeOps(connection).length > 0)
    return false
  const connect = connectCall(connection)
  return (
    (connection.connect === undefined || run.before(connection.open, asked) === 'yes') &&
    (connect === undefined || run.before(connect.leave, asked) === 'yes')
  )
}

/** Whether the schema of its opening data took it, and onConnect after that. */
const wasTaken = (connection: Connection): boolean =>
  connection.channel === 'opened' && connection.open !== undefined && connectCall(connection)?.leave?.outcome === 'ok'

/** The gate at which a handler waited from before the stop until the kit opened it afterwards. */
export function gateAcross(run: Run, asked: HistoryEvent, call: Call): { hold: OpRun; opened: HistoryEvent } | undefined {
  for (const hold of call.ops) {
    if (hold.name !== 'hold' || run.before(hold.begin, asked) !== 'yes') continue
    const opened = run.of('gate').find((event) => event.name === hold.args.gate)
    if (opened !== undefined && run.before(asked, opened) === 'yes') return { hold, opened }
  }
  return undefined
}
