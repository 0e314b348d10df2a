/** What is certain of operations: how they ended, and what arrived of what they sent. */

import { sendWire } from '../../spec/run/answers.ts'
import { lastedAfter } from '../../spec/run/fences.ts'
import type { Connection, OpRun, Run } from '../../spec/run/run.ts'
import { tooLarge } from '../../spec/run/size.ts'
import type { Json, Tagged } from '../../spec/values.ts'
import type { Field } from './fields.ts'
import { opName, untilEnding, type View } from './view.ts'

/** The fields of every operation of a handler, those of onDisconnect apart, and of what the host did. */
export function* operationFields(view: View): Generator<Field> {
  for (const connection of view.calm) {
    for (const call of connection.calls) {
      if (call.handler === 'onDisconnect' || call.enter.middleware?.kind === 'disconnect') continue
      for (const op of call.ops) {
        yield* ended(view, connection, op)
        if (op.name === 'send') yield* arrived(view, connection, op)
      }
    }
    yield* unexplained(view, connection)
  }
  yield* hosted(view)
}

/** Operations whose outcome the contract fixes. */
const fixed: ReadonlySet<string> = new Set([
  'send',
  'publish',
  'subscribe',
  'unsubscribe',
  'session.set',
  'session.get',
  'session.clear',
  'look',
  'next',
  'close',
])

function* ended(view: View, connection: Connection, op: OpRun): Generator<Field> {
  const { run } = view
  const { end, args } = op
  if (end === undefined || !fixed.has(op.name)) return
  // Somebody else may be gone, and an id that nobody has may be refused or not (SUB-10).
  if ('who' in args && args.who !== 'self') return
  const after = op.name === 'send' && connection.ending?.kind === 'begin' && run.before(connection.ending, op.begin) === 'yes'
  if (!after && op.name !== 'close' && !untilEnding(view, connection, end)) return
  if (op.name === 'send' && isLarge(op)) return
  yield { kind: 'operation', name: opName(view, op), value: outcome(view, op, end) }
}

function outcome(view: View, op: OpRun, end: NonNullable<OpRun['end']>): Json {
  if (end.outcome === 'ok') {
    const value = valueTold(view, op, end.value)
    return value === undefined ? 'resolved' : { resolved: value }
  }
  // Which error a second `next` and an output schema's refusal give is left open (AUTH-14, SEND-13).
  if (op.name === 'next' || op.call.channel === 'shaped') return 'rejected'
  if (end.error?.typeError === true) return 'rejected with a TypeError'
  return end.error?.name === 'ChannelClosedError' ? 'rejected with a ChannelClosedError' : 'rejected'
}

const telling: ReadonlySet<string> = new Set(['look', 'session.get', 'next', 'close'])

/** What an operation gave, where that is fixed. A handler that changes what it was given may see the change itself (LIFE-04, AUTH-11). */
function valueTold({ names }: View, { name, args, call }: OpRun, value: Tagged | undefined): Json | undefined {
  if (value === undefined || (!telling.has(name) && args.then !== 'watch')) return undefined
  if (call.ops.some((each) => each.name === 'mutate' || (each.name === 'session.set' && each.args.then === 'mutate')))
    return undefined
  if (name !== 'look') return names.value(value)
  const { service: _service, state, openingData = null, ...rest } = value as { [key: string]: Json }
  // Initial or open (LIFE-05).
  const connecting = call.handler === 'onConnect' || call.enter.middleware?.kind === 'connect'
  const told: { [key: string]: Json } = { ...(names.value(rest) as object), openingData: names.openingData(openingData) }
  return connecting ? told : { ...told, state: state ?? null }
}

/** Whether some platforms cannot carry what is sent (STATELESS-15). */
export function isLarge({ call, args }: OpRun): boolean {
  const encoded = sendWire(call, args.value ?? null)
  return 'wire' in encoded && tooLarge(encoded.wire)
}

/** Whether what `op` sent is certain to have arrived by the end of the run, if it ever does. */
export const certainlyOver = (run: Run, connection: Connection, op: OpRun): boolean =>
  op.end?.outcome === 'ok' && lastedAfter(run, connection, op.end) !== undefined

function* arrived(view: View, connection: Connection, op: OpRun): Generator<Field> {
  if (isLarge(op) || !certainlyOver(view.run, connection, op)) return
  const copies = connection.received.filter(({ answers }) => answers?.kind === 'send' && answers.op === op)
  yield { kind: 'sends', name: opName(view, op), value: copies.length }
}

/** Judged once a fence shows that all has arrived; a connection that is closing may be given what it is not clear of whom. */
function* unexplained({ run, names }: View, connection: Connection): Generator<Field> {
  const last = connection.messages.findLast((message) => !message.fence)
  if (connection.fenced === undefined || (last !== undefined && lastedAfter(run, connection, last.event) === undefined)) return
  const value = connection.received.flatMap(({ answers, wire }) => (answers === undefined ? [names.wire(wire)] : []))
  yield { kind: 'unexplained', name: connection.name, value }
}

function* hosted({ run, names }: View): Generator<Field> {
  for (const event of run.of('hosted')) {
    const action = run.invoked(event.step)?.action as { do?: string; sentinel?: boolean } | undefined
    if (action === undefined || action.sentinel === true) continue
    const name = `step ${names.step(event.step)}`
    const refused = event.error?.typeError === true ? 'rejected with a TypeError' : 'rejected'
    if (action.do === 'publish') yield { kind: 'host publish', name, value: event.outcome === 'ok' ? 'resolved' : refused }
    if (action.do === 'start') yield { kind: 'start', name, value: event.outcome === 'ok' ? 'started' : 'refused' }
  }
}
