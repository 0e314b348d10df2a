import type { ProgramText } from './program-lines.ts'

/** What the text of a card needs of it. */
export interface CardText {
  system: string
  /** What answered beneath it. */
  engine?: string
  /** How the command line calls the system, where that is known. */
  reference?: string
  requirement: string
  clause: string
  title: string
  /** The sentence or decision the rule comes from. */
  source?: string
  level: 'must' | 'should'
  program: ProgramText
  size: number
  shrunkFrom: number
  reproduced: { times: number; of: number }
  expected: string
  observed: string
  /** What a baseline knows the failure by. */
  signature?: string
  events: readonly string[]
}
