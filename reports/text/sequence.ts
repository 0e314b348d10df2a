/** A history as a sequence diagram needs it: who does something to whom, in few words. Plain JSON, kept in cards. */
import type { HistoryEvent } from '../../spec/history.ts'
import type { Json } from '../../spec/values.ts'
import { showWire } from '../../spec/wire.ts'
import { drawingOrder } from './drawing-order.ts'
import { what } from './event-line.ts'
import { programEvents } from './kit-events.ts'

/** One line of the diagram: an arrow where there is a `to`, otherwise a note on its lane. */
export interface SequenceEvent {
  /** A connection (`c0`), `server`, `kit`, an operation of a store program (`operation 1`) or `stores`. */
  lane: string
  to?: string
  label: string
  step?: string
  /** The violation rests on it. */
  evidence?: true
}

/**
 * The events of a program as lines of a diagram. What repeats another line is left out, unless it is evidence.
 * @param evidence the events that the violation rests on
 */
export function sequenceOf(all: readonly HistoryEvent[], evidence: readonly HistoryEvent[]): SequenceEvent[] {
  const telling = new Set(evidence)
  const ofProgram = new Set(programEvents(all))
  return drawingOrder(all).flatMap((event) => {
    if (!telling.has(event) && (!ofProgram.has(event) || repeats(event, all))) return []
    const { step } = event
    return [{ ...line(event), ...(step !== undefined && { step }), ...(telling.has(event) && { evidence: true as const }) }]
  })
}

/** Whether another event of the history says the same or more. */
function repeats(event: HistoryEvent, all: readonly HistoryEvent[]): boolean {
  switch (event.kind) {
    case 'ack':
    case 'fenced':
    case 'idle':
    case 'residue':
    case 'services':
    case 'disposed':
    case 'settled':
    case 'store choice':
      return true
    case 'hosted':
      return event.outcome === 'ok'
    case 'invoke':
      // Its message follows.
      return ['act', 'text', 'bytes'].includes(asked(event.action, 'do'))
    case 'begin':
      return all.some((other) => other.kind === 'end' && other.call === event.call && other.op === event.op)
    case 'leave':
      return event.outcome === 'ok' && JSON.stringify(event.value ?? { $: 'undefined' }) === '{"$":"undefined"}'
    default:
      return false
  }
}

function line(event: HistoryEvent): SequenceEvent {
  const lane = laneOf(event)
  switch (event.kind) {
    case 'message':
      return { lane, to: 'server', label: showWire(event.data, 160) }
    case 'receive':
      return { lane: 'server', to: lane, label: showWire(event.data, 160) }
    case 'open':
    case 'refused':
      return { lane: 'server', to: lane, label: what(event) }
    case 'invoke': {
      const label = invoked(event.action)
      return asked(event.action, 'do') === 'connect' ? { lane, to: 'server', label } : { lane, label }
    }
    case 'store request':
      return event.op === null ? { lane: 'stores', label: what(event) } : { lane, to: 'stores', label: event.name }
    default:
      return { lane, label: note(event) }
  }
}

function laneOf(event: HistoryEvent): string {
  if (event.kind === 'store begin' || event.kind === 'store end') return `operation ${event.op}`
  if (event.kind === 'store request') return `operation ${event.op}`
  if (event.kind === 'store stall' || event.kind === 'store choice') return 'stores'
  if (event.at === 'client') return event.conn ?? 'kit'
  return 'server'
}

/** What is noted on a lane; on the server's with the connection it is about. */
function note(event: HistoryEvent): string {
  const about = event.at === 'server' && event.conn !== undefined ? `${event.conn}: ` : ''
  switch (event.kind) {
    case 'enter':
      return `${about}${event.handler} begins`
    case 'begin':
      return `${about}${event.name} begins`
    case 'end':
      return `${about}${event.name} ${event.outcome === 'ok' ? 'resolves' : `rejects with ${event.error?.name}`}`
    case 'store begin':
      return `${event.name} begins`
    case 'store end':
      // The lane says which operation it is.
      return what(event).replace(/^operation \d+, ([^,]*),/, '$1')
    default:
      return `${about}${what(event)}`
  }
}

const asked = (action: Json, field: string): string => {
  const found = action !== null && typeof action === 'object' && !Array.isArray(action) ? action[field] : undefined
  return typeof found === 'string' ? found : ''
}

/** What the kit was about to do: its kind, and the channel or topic it is about. */
function invoked(action: Json): string {
  const kind = asked(action, 'do')
  if (kind === 'adopt') return `is open already, on ${asked(action, 'channel')}`
  if (kind === 'connect') return `connects to ${asked(action, 'channel')}`
  return [kind, asked(action, 'topic')].filter((part) => part !== '').join(' ')
}
