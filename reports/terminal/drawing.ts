/** Draws the events of a sequence diagram, row by row. */
import type { SequenceEvent } from '../text/sequence.ts'
import { wrap } from '../text/wrap.ts'
import type { Look, Paints } from './look.ts'
import type { Lifeline } from './plan.ts'
import { Row, widthOf } from './row.ts'

/** Lines that a label may take: the history tells all of what is longer. */
const mostLines = 4

/** A label in narrower columns than this can hardly be read. */
const leastRoom = 16

/** Where notes have less room at the right, they stand at the left if there is more. */
const enoughRoom = 24

/** A diagram as it grows; `gutter` columns at its left are for marks and steps. */
export class Drawing {
  readonly #rows: Row[] = []
  readonly #lifelines: readonly Lifeline[]
  readonly #gutter: number
  readonly #look: Look
  readonly #told = new Set<string>()
  #step: string | undefined

  constructor(lifelines: readonly Lifeline[], gutter: number, look: Look) {
    this.#lifelines = lifelines
    this.#gutter = gutter
    this.#look = look
  }

  /** The diagram of these events, a text for each row. */
  draw(events: readonly SequenceEvent[]): string[] {
    const heads = new Row(this.#look.width)
    for (const { head, x } of this.#lifelines) heads.put(x - Math.floor(widthOf(head) / 2), head, 'strong')
    this.#rows.push(heads)
    for (const event of events) this.#event(event)
    return this.#rows.map((each) => each.text(this.#look.paints))
  }

  #event(event: SequenceEvent): void {
    const step = this.#begun(event)
    // A step has a row's distance where it begins; where others come in between it does not begin again.
    if (step !== undefined && !this.#told.has(step) && this.#rows.length > 1) this.#row()
    if (step !== undefined) this.#told.add(step)
    const top = this.#rows.length
    const row = event.to === undefined || event.to === event.lane ? this.#note(event) : this.#arrow(event, event.to)
    if (step !== undefined) this.#rows[top]?.put(2, this.#gutter < 8 ? step : `step ${step}`, 'strong')
    if (event.evidence) row.put(0, '◆', 'evidence')
  }

  /** A step is told where it begins, and only those of the program. */
  #begun({ step }: SequenceEvent): string | undefined {
    if (step === undefined || step === this.#step) return undefined
    this.#step = step
    return /^\d+$/.test(step) ? step : undefined
  }

  #row(): Row {
    const row = new Row(this.#look.width)
    for (const { x } of this.#lifelines) row.put(x, '│', 'faint')
    this.#rows.push(row)
    return row
  }

  #note({ lane, label, evidence }: SequenceEvent): Row {
    const x = this.#xOf(lane)
    const right = this.#look.width - x - 2
    const left = x - this.#gutter - 2
    const leftwards = right < left && right < enoughRoom
    const next = this.#lifelines.find((other) => other.x > x)?.x
    // Across other lifelines only what would take many lines before the next.
    const beside = next === undefined || leftwards ? undefined : legible(label, next - x - 3)
    const lines = beside ?? fitted(label, leftwards ? left : right)
    const paint = paintOf(evidence)
    const [first = this.#row()] = lines.map((line) => {
      const text = ` ${line} `
      return this.#row().put(leftwards ? x - widthOf(text) : x + 1, text, paint)
    })
    return first.put(x, leftwards ? '┤' : '├', paint)
  }

  #arrow({ lane, label, evidence }: SequenceEvent, to: string): Row {
    const [from, tip] = [this.#xOf(lane), this.#xOf(to)]
    const [start, end] = [Math.min(from, tip), Math.max(from, tip)]
    const room = end - start - 1
    const paint = paintOf(evidence)
    const within = widthOf(label) + 6 <= room
    if (!within) this.#above(label, start, room, paint)
    const row = this.#row().put(start + 1, '─'.repeat(room), paint)
    for (const { x } of this.#lifelines) if (x > start && x < end) row.put(x, '┼', paint)
    row.put(from, from < tip ? '├' : '┤', paint).put(from < tip ? tip - 1 : tip + 1, from < tip ? '▶' : '◀', paint)
    if (within && label !== '') row.put(start + 1 + Math.floor((room - widthOf(label) - 2) / 2), ` ${label} `, paint)
    return row
  }

  /** A label that is too long for its arrow: above it, between its lifelines or across others where it would be cut. */
  #above(label: string, start: number, room: number, paint: keyof Paints | undefined): void {
    const { width } = this.#look
    const between = room - 2 < leastRoom ? [] : fitted(label, room - 2)
    const fits = between.length > 0 && !between.at(-1)?.endsWith('…')
    const across = Math.max(this.#gutter, Math.min(start + 1, width - 2 - Math.min(widthOf(label), 2 * enoughRoom)))
    const lines = fits ? between : fitted(label, width - across - 2)
    for (const line of lines) this.#row().put(fits ? start + 1 : across, ` ${line} `, paint)
  }

  #xOf(name: string): number {
    return this.#lifelines.find((each) => each.name === name)?.x ?? this.#gutter
  }
}

const paintOf = (evidence: true | undefined): 'evidence' | undefined => (evidence ? 'evidence' : undefined)

const fitted = (label: string, room: number): string[] => wrap(label, room, mostLines, widthOf)

/** The label in the one line or two that a glance takes in, where it goes into so many. */
function legible(label: string, room: number): string[] | undefined {
  const lines = fitted(label, room)
  return lines.length === 1 || (lines.length === 2 && room >= leastRoom) ? lines : undefined
}
