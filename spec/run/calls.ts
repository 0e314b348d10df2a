/** Arranges server events by handler call, and calls by the message that caused them. */
import type { HistoryEvent } from '../history.ts'
import { describe, type Json, sameJson, withoutKey } from '../values.ts'
import { parseJson } from '../wire.ts'
import { splitHandler } from './answers.ts'
import type { Call, Connection, Message, OpRun } from './run.ts'

/** Handler calls in the order they entered, attached to their connections and messages. */
export function collectCalls(events: readonly HistoryEvent[], connections: readonly Connection[]): Call[] {
  const calls = new Map<string, Call>()
  for (const event of events) {
    if (event.at !== 'server' || !('call' in event)) continue
    const id = `${event.process}/${event.call}`
    if (event.kind === 'enter') {
      const { conn, step, handler, channelId } = event
      calls.set(id, { id, conn, step, handler, channelId, enter: event, ops: [] })
      continue
    }
    const call = calls.get(id)
    if (call === undefined) continue
    if (event.kind === 'leave') call.leave = event
    else if (event.kind === 'settled') call.settled = event
    else if (event.kind === 'begin') {
      call.ops.push({ call, index: event.op, name: event.name, args: event.args as { [key: string]: Json }, begin: event })
    } else if (event.kind === 'end') {
      const op: OpRun | undefined = call.ops.find((each) => each.index === event.op)
      if (op !== undefined) op.end = event
    }
  }
  const all = [...calls.values()]
  for (const connection of connections) attach(connection, all)
  surround(all)
  return all
}

const causedByMessage = (call: Call): boolean => !['onConnect', 'onDisconnect', 'armed'].includes(call.handler)

function attach(connection: Connection, calls: readonly Call[]): void {
  for (const call of calls) {
    if (call.conn !== connection.name) continue
    connection.calls.push(call)
    call.channel = connection.channel
    if (!causedByMessage(call)) continue
    const message = connection.messages.find((each) => causes(each, call))
    if (message === undefined) continue
    call.message = message
    ;(call.handler === 'middleware' ? message.middleware : message.calls).push(call)
  }
}

/** Tells every handler run of the outermost middleware around it: the one of the same event, known by its step. */
function surround(calls: readonly Call[]): void {
  const outermost = new Map<string, Call>()
  for (const call of calls) {
    const event = `${call.channelId}/${call.step}`
    if (call.enter.middleware?.which === 'outer') outermost.set(event, call)
    else if (call.handler !== 'middleware' && call.handler !== 'armed') {
      const outer = outermost.get(event)
      if (outer === undefined) continue
      call.outer = outer
      outer.core = call
    }
  }
}

/** A message that carries a step's id is known by it; any other by what its handler must have been given. */
function causes(message: Message, call: Call): boolean {
  const id = message.json?.id
  if (typeof id === 'string') return call.step === id
  if (call.step !== undefined || message.calls.length > 0) return false
  const key = splitHandler(call.handler)[0]
  return sameJson(dataOf(message, key), call.enter.data)
}

/** What a handler is given of a message, where its schema changes nothing: all of it, or all but the key it was routed by. */
function dataOf(message: Message, key: string | undefined): Json {
  if ('hex' in message.wire) return { $: 'bytes', of: message.wire.hex }
  const parsed = parseJson(message.wire.text)
  if (parsed === undefined) return message.wire.text
  const routed = message.json === undefined || key === undefined ? parsed.json : withoutKey(message.json, key)
  return describe(routed)
}
