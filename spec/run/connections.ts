/** Arranges client events by connection. */
import type { ClientEventOf, HistoryEvent } from '../history.ts'
import type { Json } from '../values.ts'
import { objectIn } from '../wire.ts'
import type { Connection, Message, Receipt } from './run.ts'

/** What a step was told to do, as its invocation holds it. */
export function actionOf(event: ClientEventOf<'invoke'>): { [key: string]: Json } {
  return event.action as { [key: string]: Json }
}

/** Connections in the order they were asked for, with what their clients sent and received. */
export function collectConnections(events: readonly HistoryEvent[]): {
  connections: Connection[]
  byChannelId: Map<string, Connection>
} {
  const connections: Connection[] = []
  const byName = new Map<string, Connection>()
  const byChannelId = new Map<string, Connection>()
  for (const event of events) {
    if (
      event.kind === 'invoke' &&
      event.conn !== undefined &&
      (actionOf(event).do === 'connect' || actionOf(event).do === 'adopt')
    ) {
      const made = connectionOf(event, event.conn)
      connections.push(made)
      byName.set(made.name, made)
      if (made.channelId !== undefined) byChannelId.set(made.channelId, made)
      continue
    }
    const connection = event.conn === undefined ? undefined : byName.get(event.conn)
    if (connection !== undefined) note(connection, event, byChannelId)
    if (event.kind === 'invoke' && actionOf(event).do === 'stop') for (const each of connections) each.ending ??= event
  }
  return { connections, byChannelId }
}

function connectionOf(event: ClientEventOf<'invoke'>, name: string): Connection {
  const spec = actionOf(event)
  const adopted = spec.do === 'adopt'
  return {
    name,
    client: spec.client as number,
    channel: spec.channel as string,
    spec,
    connect: adopted ? undefined : event,
    channelId: adopted ? (spec.channelId as string) : undefined,
    messages: [],
    received: [],
    calls: [],
  }
}

function note(connection: Connection, event: HistoryEvent, byChannelId: Map<string, Connection>): void {
  if ('channelId' in event && event.channelId !== undefined && connection.channelId === undefined) {
    connection.channelId = event.channelId
    byChannelId.set(event.channelId, connection)
  }
  switch (event.kind) {
    case 'open':
      connection.open = event
      break
    case 'refused':
      connection.refused = event
      break
    case 'closed':
      connection.closed ??= event
      connection.ending ??= event
      break
    case 'fenced':
      connection.fenced = event
      break
    case 'invoke':
      if (['close', 'vanish', 'violate'].includes(actionOf(event).do as string)) connection.ending ??= event
      break
    case 'begin':
      if (event.name === 'close' && event.channelId === connection.channelId) connection.ending ??= event
      break
    case 'message':
      connection.messages.push(messageOf(connection, event))
      break
    case 'receive':
      connection.received.push(receiptOf(connection, event))
      break
    default:
  }
}

function messageOf(conn: Connection, event: ClientEventOf<'message'>): Message {
  const json = objectIn(event.data)
  const fence = json !== undefined && Object.hasOwn(json, 'fence')
  return { conn, step: event.step, event, wire: event.data, json, calls: [], middleware: [], replies: [], fence }
}

function receiptOf(conn: Connection, event: ClientEventOf<'receive'>): Receipt {
  return { conn, event, wire: event.data, json: objectIn(event.data), copy: 1 }
}
