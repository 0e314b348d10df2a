/** How connections of a run ended, as the requirements on closing need to know it. */
import type { ClientEventOf, HistoryEvent } from '../../history.ts'
import { probeChannels } from '../../probe/channels/index.ts'
import { actionOf } from '../../run/connections.ts'
import type { Call, Connection, OpRun, Run } from '../../run/run.ts'
import { bytesOf } from '../../run/size.ts'
import { encode } from '../../wire.ts'

/** The run of a connection's onConnect. */
export const connectCall = (connection: Connection): Call | undefined =>
  connection.calls.find((call) => call.handler === 'onConnect')

/** The runs of a connection's onDisconnect: one, where all is well. */
export const disconnectCalls = (connection: Connection): Call[] =>
  connection.calls.filter((call) => call.handler === 'onDisconnect')

/** Whether the connection's channel has an onDisconnect. */
export const hasDisconnect = (connection: Connection): boolean => probeChannels.get(connection.channel)?.onDisconnect === true

/**
 * Whether the connection is certain to have been accepted and its onConnect, if there is one, to have succeeded. Where
 * middleware or an output schema has a say in it the trace cannot tell.
 */
export function wasConnected(connection: Connection): boolean {
  if (connection.connect === undefined) return true
  if (connection.spec.middleware !== undefined) return false
  if (probeChannels.get(connection.channel)?.onConnect !== true) return connection.open !== undefined
  return connection.channel === 'main' && connectCall(connection)?.leave?.outcome === 'ok'
}

/** What a client did, or the kit did to the whole system, to end this connection. */
export function endedFromOutside(run: Run, connection: Connection): ClientEventOf<'invoke'>[] {
  return run.of('invoke').filter((event) => {
    const what = actionOf(event).do as string
    return what === 'stop' || (event.conn === connection.name && ['close', 'vanish', 'violate'].includes(what))
  })
}

/** Whether the client may have gone, or the stop may have begun, before onConnect had settled (LIFE-19). */
export function leftWhileConnecting(run: Run, connection: Connection): boolean {
  const call = connectCall(connection)
  if (call === undefined) return false
  return endedFromOutside(run, connection).some((event) => run.before(call.leave, event) !== 'yes')
}

/** The calls of `channel.close()` on a connection, in the order of the history. */
export const closeOps = (connection: Connection): OpRun[] =>
  connection.calls.flatMap((call) => call.ops.filter((op) => op.name === 'close'))

/**
 * The close() that began a connection's end; undefined where something else did. The client may see its socket close
 * before the kit learns of the close() that did it.
 */
export function selfClose(run: Run, connection: Connection): HistoryEvent | undefined {
  const { ending, closed } = connection
  if (ending?.kind === 'begin') return ending
  if (ending === undefined || ending !== closed) return undefined
  return closeOps(connection).find((op) => run.before(closed, op.begin) !== 'yes')?.begin
}

/** What the kit waited for in vain at this connection's end. */
export function absent(
  run: Run,
  connection: Connection,
  what: 'the close' | 'onDisconnect',
): ClientEventOf<'absent'> | undefined {
  return run.of('absent').find((event) => event.conn === connection.name && event.what === what)
}

/**
 * The connection as its server left it: without a close that its client, or a stop, brought about, as the kit does at the end, when
 * the server's own had been waited for in vain before that. What a platform told at once was not waited for.
 */
export function asLeft(run: Run, connection: Connection): Connection {
  const missed = absent(run, connection, 'the close')
  const { closed } = connection
  if (missed === undefined || closed === undefined || missed.patience === 0) return connection
  const between = endedFromOutside(run, connection).some(
    (event) => run.before(missed, event) === 'yes' && run.before(event, closed) === 'yes',
  )
  return between ? { ...connection, closed: undefined } : connection
}

/** The deadlines a program's own system was started with, in milliseconds; undefined where they are the default. */
export function launchedWith(run: Run): { stop?: number; handler?: number } {
  const launch = run.of('invoke').find((event) => actionOf(event).do === 'launch')
  return launch === undefined ? {} : (actionOf(launch) as { stop?: number; handler?: number })
}

/** Text, bytes and broken frames may be a reason of the server's own to end a connection. */
export function actedOnly(run: Run, connection: Connection): boolean {
  return run
    .of('invoke')
    .every((event) => event.conn !== connection.name || !['text', 'bytes', 'violate'].includes(actionOf(event).do as string))
}

/** Whether the server ended a connection for which nobody had asked: no close(), no client, no stop, no refused onConnect. */
export function closedForNothing(run: Run, connection: Connection): boolean {
  if (connection.closed === undefined || closeOps(connection).length > 0 || !actedOnly(run, connection)) return false
  return endedFromOutside(run, connection).length === 0 && connectCall(connection)?.leave?.outcome !== 'rejected'
}

/** Whether the first that is known of a connection's end is this close(), or the socket closing, which may be seen sooner. */
export const endedBy = (connection: Connection, op: OpRun): boolean =>
  connection.ending === op.begin || connection.ending === connection.closed

/** So many bytes may be more than a system takes that bounds what it holds for a client. */
const bound = 1024 * 1024

/** Whether its end may be that of a client for which more was held than the system's limit allows, who is cut off (LIMIT-02). */
export function mayBeCutOff(run: Run, { calls, closed }: Connection): boolean {
  if (!run.capabilities.has('limits') || closed === undefined || closed.code === 1000) return false
  const sent = calls.flatMap(({ ops }) => ops.filter(({ name }) => name === 'send')).map(({ args }) => encode(args.value ?? null))
  return sent.reduce((sum, encoded) => sum + ('wire' in encoded ? bytesOf(encoded.wire) : 0), 0) > bound
}
