/** What is certain of connections as such: handshakes, onConnect and onDisconnect, how they ended, what is left of them. */

import { probeChannels } from '../../spec/probe/channels/index.ts'
import {
  closeOps,
  connectCall,
  disconnectCalls,
  hasDisconnect,
  leftWhileConnecting,
} from '../../spec/requirements/lifecycle/endings.ts'
import { replyWire } from '../../spec/run/answers.ts'
import type { Connection } from '../../spec/run/run.ts'
import { type Json, sameJson } from '../../spec/values.ts'
import type { Field } from './fields.ts'
import type { View } from './view.ts'

/** The fields of every connection that this program opened itself. */
export function* connectionFields(view: View): Generator<Field> {
  for (const connection of view.calm) {
    if (connection.connect === undefined || connection.spec.middleware !== undefined) continue
    if (leftWhileConnecting(view.run, connection)) continue
    yield* handshake(view, connection)
    if (connection.open === undefined || mayHaveFailed(connection)) continue
    yield* connects(view, connection)
    yield* disconnects(view, connection)
    yield* endings(view, connection)
  }
  yield* residue(view)
}

/**
 * Whether onConnect threw, or gave what cannot be sent: such a connection may never have been open, or be closed again
 * (LIFE-09), and what becomes of the value is the adapter's choice.
 */
function mayHaveFailed(connection: Connection): boolean {
  const call = connectCall(connection)
  if (call === undefined) return false
  const { leave } = call
  return leave?.outcome !== 'ok' || (!sameJson(leave.value ?? null, { $: 'undefined' }) && replyWire(call) === undefined)
}

function* handshake({ stops }: View, connection: Connection): Generator<Field> {
  const { name, spec, open, refused, calls } = connection
  // A stop refuses what it would not otherwise (LIFE-18); a client may give up where none of its protocols is taken (LIFE-23).
  if (stops || spec.protocols !== undefined || mayHaveFailed(connection)) return
  const status = refused?.status ?? null
  if (open !== undefined) yield { kind: 'handshake', name, value: 'open' }
  else if (refused !== undefined && calls.length === 0)
    yield { kind: 'handshake', name, value: status === null ? 'refused' : `refused with ${Math.floor(status / 100)}xx` }
}

function* connects({ names }: View, connection: Connection): Generator<Field> {
  if (probeChannels.get(connection.channel)?.onConnect !== true) return
  const calls = connection.calls.filter(({ handler }) => handler === 'onConnect')
  yield { kind: 'connects', name: connection.name, value: calls.map(({ enter }) => names.openingData(enter.data)) }
}

function* disconnects({ run, names }: View, connection: Connection): Generator<Field> {
  // Later than the last look at it, or on its way: only behind the close of its socket is it waited for.
  if (connection.ending === undefined || connection.closed === undefined || !hasDisconnect(connection)) return
  const calls = disconnectCalls(connection)
  const missing = run.of('absent').some(({ conn, what }) => conn === connection.name && what === 'onDisconnect')
  if (calls.length === 0 && !missing) return
  yield { kind: 'disconnects', name: connection.name, value: calls.map(({ enter }) => names.openingData(enter.data)) }
}

function* endings({ run, shared, stops }: View, connection: Connection): Generator<Field> {
  const { name, ending, closed } = connection
  const asked = closeOps(connection).length > 0 || stops
  if (!asked && (ending === undefined || ending.kind === 'closed' || ending.kind === 'invoke'))
    yield { kind: 'unasked close', name, value: ending?.kind === 'closed' }
  if (!shared.has('closeCodes') || closed === undefined || ending === undefined) return
  const [close] = closeOps(connection)
  const byHandler = ending.kind === 'begin' && close !== undefined && close.call.handler !== 'onDisconnect'
  if (byHandler && !stops) yield { kind: 'close code', name, value: closed.code }
}

function* residue({ run, names, calm }: View): Generator<Field> {
  const last = run.of('residue').at(-1)
  if (last === undefined) return
  for (const { name, channelId, ending, closed } of calm) {
    if (channelId === undefined || ending === undefined || closed === undefined) continue
    const topics = last.subscriptions.filter(([, id]) => id === channelId).map(([topic]) => names.value(topic))
    const value: Json = { channel: last.channels.includes(channelId), topics: topics.toSorted() }
    yield { kind: 'residue', name, value }
  }
}
