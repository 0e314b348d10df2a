/** What a terminal is: given by whoever prints, for reports know neither the process nor its environment. */

/** A look changes no width: plain text stays as it is, colours add what is not seen. */
type Paint = (text: string) => string

/** Colours by what they are for. */
export interface Paints {
  strong: Paint
  /** What is read last: labels, lifelines, sources. */
  faint: Paint
  allowed: Paint
  seen: Paint
  /** What the verdict rests on. */
  evidence: Paint
}

/** How a card is to look. */
export interface Look {
  /** Columns. */
  width: number
  paints: Paints
}

const as = (text: string): string => text

/** Without colours. */
export const plain: Paints = { strong: as, faint: as, allowed: as, seen: as, evidence: as }
