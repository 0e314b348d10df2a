/** A row of a drawing: cells of one column each, so that whatever is written at a place moves nothing beside it. */
import stringWidth from 'fast-string-width'
import { graphemes } from '../text/wrap.ts'
import type { Paints } from './look.ts'

/** Columns that text of visible characters takes. */
export const widthOf = (text: string): number => stringWidth(text)

interface Cell {
  /** Empty where a wide character reaches over from the left. */
  text: string
  paint?: keyof Paints
}

/** A row that is written into from left to right or in any other order; what does not fit into it is left out. */
export class Row {
  readonly #cells: Cell[] = []
  readonly #width: number

  constructor(width: number) {
    this.#width = width
  }

  put(column: number, text: string, paint?: keyof Paints): this {
    let at = column
    for (const each of graphemes(text)) {
      const width = widthOf(each)
      if (width === 0) continue
      if (at < 0 || at + width > this.#width) break
      this.#free(at)
      this.#free(at + width - 1)
      for (let covered = 0; covered < width; covered++) this.#cells[at + covered] = { text: covered === 0 ? each : '', paint }
      at += width
    }
    return this
  }

  /** What is left of a wide character when the other half of it is written over is a blank. */
  #free(at: number): void {
    if (this.#cells[at]?.text === '') this.#cells[at - 1] = { text: ' ' }
    if (this.#cells[at + 1]?.text === '') this.#cells[at + 1] = { text: ' ' }
  }

  /** The row as text, without the blanks at its end. */
  text(paints: Paints): string {
    let text = ''
    let run = ''
    let runPaint: keyof Paints | undefined
    const end = () => {
      text += runPaint === undefined || run === '' ? run : paints[runPaint](run)
      run = ''
    }
    const last = this.#cells.findLastIndex((each) => each !== undefined && each.text !== ' ')
    for (const cell of Array.from(this.#cells.slice(0, last + 1), (each) => each ?? { text: ' ' })) {
      if (cell.paint !== runPaint) end()
      runPaint = cell.paint
      run += cell.text
    }
    end()
    return text
  }
}
