/** Standard output as the reports are told of it: its width, its colours, and what may be written to it. */
import picocolors from 'picocolors'
import { type TerminalCard, terminalCard } from '../../reports/terminal/card.ts'
import { type Look, type Paints, plain } from '../../reports/terminal/look.ts'
import { visible } from '../../reports/text/visible.ts'

/** What is read of a stream. */
type Stream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>

/** Piped text has one width, wherever it is made: whoever compares two runs sees what differs in them. */
const piped = 100

/** Lines longer than these are hard to read, however wide a terminal is. */
const widest = 120

/** Some terminals do not know how wide they are. */
const usual = 80

/** How cards look on `stream`. */
export function lookOf(stream: Stream, env: NodeJS.ProcessEnv): Look {
  return {
    width: stream.isTTY ? Math.min(stream.columns || usual, widest) : piped,
    paints: isColoured(stream, env) ? colours : plain,
  }
}

/** NO_COLOR, TERM and the like are picocolors' to know. It also colours what CI pipes into files, which is asked for only by FORCE_COLOR. */
const isColoured = ({ isTTY }: Stream, { FORCE_COLOR: forced = '' }: NodeJS.ProcessEnv): boolean =>
  picocolors.isColorSupported && forced !== '0' && (isTTY || forced !== '')

const { bold, dim, green, red, yellow } = picocolors.createColors(true)
const colours: Paints = { strong: bold, faint: dim, allowed: green, seen: red, evidence: yellow }

const write = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)

/** Prints lines of plain text. */
export const print = (lines: readonly string[]): void => write(lines.map(visible))

/** Prints a card and an empty line behind it; `file` and `system` as in `terminalCard`. */
export const printCard = (card: TerminalCard, file: string, system?: string): void =>
  write([...terminalCard(card, lookOf(process.stdout, process.env), file, system), ''])
