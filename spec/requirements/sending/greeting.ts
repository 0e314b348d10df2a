/** What an output schema does to what onConnect returns (SEND-13): no message asked for it, so that it is none of the dues. */
import { maskedMessage } from '../../errors.ts'
import type { HistoryEvent } from '../../history.ts'
import { shaped, shapeOutput } from '../../probe/channels/shaped.ts'
import { broken, decide, type Judgment, kept } from '../../requirement.ts'
import { fenceAfter } from '../../run/fences.ts'
import type { Call, Connection, Receipt, Run } from '../../run/run.ts'
import { type Json, sameJson, type Tagged } from '../../values.ts'
import { showWire } from '../../wire.ts'
import type { Account } from './dues.ts'
import { carries, isUndefined, markOf, openAt } from './marks.ts'
import { refusal } from './refusals.ts'

type Greeting = 'what the schema returned' | 'a refused return'

/** Judges what this run of onConnect returned. */
export function* greeted(run: Run, { conn, strays }: Account, call: Call): Iterable<Judgment<Greeting>> {
  const value = call.leave?.outcome === 'ok' ? (call.leave.value ?? null) : undefined
  const proof = call.settled && openAt(run, conn, conn.fenced) ? fenceAfter(run, conn, call.settled) : undefined
  if (value === undefined || isUndefined(value) || refusal(run, value) !== undefined || proof === undefined) return
  const made = shapeOutput(call.channel, call.handler, value)
  if (made === undefined) return
  if ('refused' in made) {
    if (answersErrors(conn)) return
    // Nobody had asked for it, so that it names no message.
    const errors = conn.received.filter(
      ({ json }) => typeof json?.errorName === 'string' && shaped.keys.every((key) => json[key] === undefined),
    )
    yield decide('a refused return', errors.length === 1 && sameJson(errors[0]?.json, masked), {
      events: [call.leave, ...errors.map(({ event }) => event), proof],
      expected: `one reply ${JSON.stringify(masked)} on ${conn.name}, whose onConnect returned what its output schema refuses`,
      observed: errors.length === 0 ? 'no error reply' : errors.map(({ wire }) => showWire(wire, 300)).join(' and '),
    })
  } else if (!sameJson(made.value, value)) yield* asMade(conn, strays, call, value, made.value, proof)
}

const masked: Json = { error: maskedMessage, errorName: 'InternalError' }

/** Whether error replies of this connection may answer to its messages. */
const answersErrors = ({ messages }: Connection): boolean =>
  messages.some((each) => !each.fence && (each.calls.length !== 1 || each.calls[0]?.leave?.outcome !== 'ok'))

function* asMade(
  conn: Connection,
  strays: readonly Receipt[],
  call: Call,
  value: Tagged,
  made: Tagged,
  proof: HistoryEvent,
): Iterable<Judgment<'what the schema returned'>> {
  const mark = markOf(value)
  const receipt = conn.received.find(({ answers }) => answers?.kind === 'reply' && answers.call === call)
  if (receipt !== undefined) yield kept('what the schema returned', call.leave, receipt.event)
  const stray = mark === undefined ? undefined : strays.find((each) => carries(each, mark) && !holds(each.json, made))
  if (receipt !== undefined || stray === undefined) return
  yield broken('what the schema returned', {
    events: [call.leave, stray.event, proof],
    expected: `${JSON.stringify(made)} on ${conn.name}, which the output schema made of what onConnect returned`,
    observed: `it received ${showWire(stray.wire)}`,
  })
}

/** Whether a message has the properties that the schema left or put in, and no others but a routing key. */
export function holds(json: { [key: string]: Json } | undefined, shapedValue: Json): boolean {
  if (json === undefined || shapedValue === null || typeof shapedValue !== 'object') return false
  const keys = Object.keys(json).filter((key) => !shaped.keys.includes(key))
  return keys.length === Object.keys(shapedValue).length && keys.every((key) => Object.hasOwn(shapedValue, key))
}
