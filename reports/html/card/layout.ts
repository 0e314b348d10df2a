/** Where the parts of a sequence diagram stand, in pixels. */

import { lifelinesOf } from '../../text/lifelines.ts'
import type { SequenceEvent } from '../../text/sequence.ts'
import { wrap } from '../../text/wrap.ts'

/** Room at the left for steps, a character, a line of text, room above. */
const gutter = 52
const character = 6.65
const lineHeight = 15
const top = 46

/** A lifeline. */
export interface Lifeline {
  name: string
  x: number
}

/** An arrow or a note at its height. */
export interface Drawn {
  event: SequenceEvent
  lines: string[]
  /** Of an arrow its line, of a note its upper edge. */
  y: number
  from: number
  /** Of an arrow. */
  to?: number
  width: number
  height: number
  /** The program's step, where it is another than that of the line before. */
  step?: string
}

/** A diagram that has only to be written down. */
export interface Layout {
  width: number
  height: number
  lifelines: Lifeline[]
  drawn: Drawn[]
}

/** Between lifelines: more where there are few. */
const roomBetween = (lifelines: number): number => (lifelines <= 2 ? 340 : 236)

/** Puts every event at its place. */
export function layout(events: readonly SequenceEvent[]): Layout {
  const names = lifelinesOf(events)
  const between = roomBetween(names.length)
  const lifelines = names.map((name, index) => ({ name, x: gutter + between * (index + 0.5) }))
  const xOf = (name: string) => lifelines[names.indexOf(name)]?.x ?? gutter
  let y = top
  let last: string | undefined
  const drawn = events.map((event): Drawn => {
    const from = xOf(event.lane)
    const to = event.to === undefined ? undefined : xOf(event.to)
    const room = Math.max(between, Math.abs((to ?? from) - from)) - 24
    const lines = wrap(event.label, Math.floor(room / character), to === undefined ? 3 : 4)
    const height = lines.length * lineHeight
    const width = Math.max(...lines.map((line) => line.length), 1) * character
    const step = event.step === last || !/^\d+$/.test(event.step ?? '') ? undefined : `step ${event.step}`
    if (event.step !== undefined) last = event.step
    if (to === undefined) {
      const at = y
      y += height + 22
      return { event, lines, y: at, from, width: width + 20, height: height + 10, step }
    }
    y += height + 6
    const at = y
    y += 18
    return { event, lines, y: at, from, to, width, height, step }
  })
  return { width: gutter + between * names.length, height: y + 4, lifelines, drawn }
}

/** Height of a line of text, for whoever writes them. */
export { lineHeight }
