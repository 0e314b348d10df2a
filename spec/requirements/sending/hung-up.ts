/** Connections that the server ended in place of an answer. */
import { actionOf } from '../../run/connections.ts'
import type { Call, Connection, Run } from '../../run/run.ts'
import { closedForNothing, connectCall, mayBeCutOff } from '../lifecycle/endings.ts'
import { hasMiddleware, isUndefined } from './marks.ts'

/**
 * The handler behind whose return the server ended its connection, though nothing asked for that: no close(), client,
 * stop, violation, limit or failure. It is the last that the connection's client gave cause for, and found it open.
 */
export function hungUpOn(run: Run, conn: Connection): Call | undefined {
  const { closed, ending } = conn
  // A client that fails its connection over a frame is no server that hangs up.
  if (closed === undefined || closed.fault !== undefined || ending !== closed || !run.complete || run.of('fault').length > 0)
    return undefined
  // Platforms end connections for reasons of their own.
  if (!run.capabilities.has('stateful') || hasMiddleware(conn)) return undefined
  if (!closedForNothing(run, conn) || mayBeCutOff(run, conn) || paused(run, conn) || !connectedWell(conn)) return undefined
  const message = conn.messages.findLast(({ fence }) => !fence)
  const [call] = message?.calls ?? []
  if (call?.leave?.outcome !== 'ok' || call.leave.state !== 'open' || message?.calls.length !== 1) return undefined
  if (conn.calls.some((each) => each.handler === 'armed' || each.leave?.outcome === 'rejected')) return undefined
  return run.before(closed, call.leave) === 'yes' ? undefined : call
}

/** Who does not read may be cut off. */
const paused = (run: Run, { name }: Connection): boolean =>
  run.of('invoke').some((event) => event.conn === name && actionOf(event).do === 'pause')

/** What onConnect returns may be refused, and the connection with it. */
function connectedWell(conn: Connection): boolean {
  const call = connectCall(conn)
  return call === undefined || (call.leave !== undefined && isUndefined(call.leave.value))
}
