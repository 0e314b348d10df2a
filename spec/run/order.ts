/**
 * The only comparison judgments may use. Within one process events follow each other by `seq`. Across processes only
 * causality counts: what a server does for a step comes after the step's invocation, a handler goes on from a gate after
 * the kit has opened it, and whatever the kit has been told of (`seen`) comes before anything the kit does later. What the
 * process with the platform tells behind an answer of its own happened after it had given that answer.
 */
import type { HistoryEvent } from '../history.ts'

export type Order = 'yes' | 'no' | 'unknown'

/** Compares two events of the run it was made for. */
export type Before = (a: HistoryEvent | undefined, b: HistoryEvent | undefined) => Order

/** What a host answers the kit: behind everything it had traced by then, and before everything it traces later. */
const answers: ReadonlySet<HistoryEvent['kind']> = new Set(['platform', 'idle', 'hosted', 'residue'])

/** The order of a history whose events are written down as they happen, whichever process they are of: a simulation's. */
export function totalOrder(events: readonly HistoryEvent[]): Before {
  const places = new Map(events.map((event, place) => [event, place]))
  return (a, b) => {
    const [first, second] = [a && places.get(a), b && places.get(b)]
    if (first === undefined || second === undefined || first === second) return 'unknown'
    return first < second ? 'yes' : 'no'
  }
}

interface Bounds {
  /** Everything the kit did up to here comes before the event. */
  from: number
  /** Everything the kit did from here on comes after the event. */
  to: number
}

/** Works out, for every server event, what the kit knows of its place among the kit's own events. */
export function causalOrder(events: readonly HistoryEvent[]): Before {
  const bounds = kitBounds(events)
  const answering = new Set(events.flatMap((event) => (event.kind === 'invoked' ? [event.process] : [])))
  const answered = (a: HistoryEvent, b: HistoryEvent): boolean =>
    answers.has(a.kind) && b.at === 'server' && answering.has(b.process) && (b.seen ?? a.seq) > a.seq
  const precedes = (a: HistoryEvent, b: HistoryEvent): boolean => {
    if (a.process === b.process) return a.seq < b.seq
    if (answered(a, b)) return true
    const end = bounds.get(a)?.to ?? a.seq
    const start = bounds.get(b)?.from ?? b.seq
    return end <= start
  }
  return (a, b) => {
    if (a === undefined || b === undefined) return 'unknown'
    if (precedes(a, b)) return 'yes'
    return precedes(b, a) ? 'no' : 'unknown'
  }
}

function kitBounds(events: readonly HistoryEvent[]): Map<HistoryEvent, Bounds> {
  const invoked = new Map<string, number>()
  const opened = new Map<string, number>()
  const byProcess = new Map<string, HistoryEvent[]>()
  for (const event of events) {
    if (event.at === 'client') {
      if (event.kind === 'invoke' && event.step !== undefined) invoked.set(event.step, event.seq)
      else if (event.kind === 'gate') opened.set(event.name, event.seq)
    } else {
      const list = byProcess.get(event.process)
      if (list === undefined) byProcess.set(event.process, [event])
      else list.push(event)
    }
  }
  // A gate that a script may have opened tells nothing of when the kit did.
  for (const event of events) {
    if (event.kind !== 'begin') continue
    if (event.name === 'release') opened.delete((event.args as { gate: string }).gate)
    else if (event.name === 'register') opened.delete((event.args as { opens?: string }).opens ?? '')
  }
  const bounds = new Map<HistoryEvent, Bounds>()
  for (const list of byProcess.values()) {
    let from = -1
    const held = new Map<string, number>()
    for (const event of list) {
      if (event.step !== undefined) from = Math.max(from, invoked.get(event.step) ?? -1)
      from = Math.max(from, passedGate(event, opened, held))
      bounds.set(event, { from, to: Number.POSITIVE_INFINITY })
    }
    let to = Number.POSITIVE_INFINITY
    for (const event of list.toReversed()) {
      if (event.at === 'server' && event.seen !== undefined) to = Math.min(to, event.seen)
      const own = bounds.get(event)
      if (own !== undefined) own.to = to
    }
  }
  return bounds
}

/** When the kit opened the gate that this event shows a handler or receiver to have passed; -1 for any other event. */
function passedGate(event: HistoryEvent, opened: ReadonlyMap<string, number>, held: Map<string, number>): number {
  if (event.kind === 'passed') return opened.get(event.gate) ?? -1
  if (event.kind === 'begin' && event.name === 'hold') {
    const gate = (event.args as { gate?: string }).gate ?? ''
    held.set(`${event.call}/${event.op}`, opened.get(gate) ?? -1)
  }
  return event.kind === 'end' && event.name === 'hold' ? (held.get(`${event.call}/${event.op}`) ?? -1) : -1
}
