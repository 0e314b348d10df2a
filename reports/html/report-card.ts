import type { CardText } from '../text/card-text.ts'
import type { SequenceEvent } from '../text/sequence.ts'

/** A failure card as the page shows it: any card does, old ones without `sequence` too. */
export interface ReportCard extends CardText {
  /** Where it lies, for the replay command. */
  file?: string
  /** The events as lines of a diagram; without them there is none. */
  sequence?: readonly SequenceEvent[]
  /** The whole history, one line each. */
  history?: readonly string[]
}
