/** A failure card for a terminal of any width: what must hold, the program, what was seen, the events as a diagram. */
import { replayCommand } from '../text/card.ts'
import type { CardText } from '../text/card-text.ts'
import type { SequenceEvent } from '../text/sequence.ts'
import { visible } from '../text/visible.ts'
import { hanging } from './hanging.ts'
import { labels, narrowest } from './labels.ts'
import type { Look, Paints } from './look.ts'
import { programBlock } from './program.ts'
import { sequenceLines } from './sequence.ts'

/** What the terminal shows of a card; those of earlier versions have no sequence. */
export interface TerminalCard extends CardText {
  sequence?: readonly SequenceEvent[]
}

/**
 * The card as lines of at most `look.width` columns. The signature and the command are for copying: each is one line,
 * however long. Boxes, arrows and the mark are the same wherever it is printed: the text around them is no ASCII either.
 * @param file where the card lies; without it nothing can replay it
 * @param system what it was replayed on in place of its own system
 */
export function terminalCard(card: TerminalCard, look: Look, file?: string, system?: string): string[] {
  const width = Math.max(look.width, narrowest)
  const { paints } = look
  const label = labels(width, paints)
  const inside: Look = { ...look, width: width - label.indent }
  const section = (name: string, text: string, paint?: keyof Paints): string[] =>
    label.before(name, hanging(visible(text), inside.width, 0).map(paint === undefined ? (line) => line : paints[paint]))
  const copied = (name: string, text: string): string[] => label.before(name, [visible(text)])
  return [
    ...headline(card, width, paints),
    ...section('rule', `${card.title} [${card.clause}]`),
    ...(card.source === undefined ? [] : section('', card.source, 'faint')),
    ...label.before('program', [paints.faint(sizeText(card)), ...programBlock(card.program, inside)]),
    ...section('expected', card.expected, 'allowed'),
    ...section('observed', card.observed, 'seen'),
    ...diagram(card, { ...look, width }),
    ...label.before(
      'events',
      card.events.flatMap((event) => hanging(visible(event), inside.width, 2)),
    ),
    ...(card.signature === undefined ? [] : copied('signature', card.signature)),
    ...(file === undefined ? [] : copied('replay', replayCommand(card, file, system))),
  ]
}

function headline(card: CardText, width: number, paints: Paints): string[] {
  const { requirement, level, system, engine, reproduced } = card
  const on = engine === undefined ? '' : ` on ${engine}`
  const text = `${requirement} (${level}) violated by "${system}"${on}, reproduced ${reproduced.times} of ${reproduced.of} times`
  const [first = '', ...rest] = hanging(visible(text), width, 2)
  const id = visible(requirement)
  const begins = first.startsWith(id)
  return [
    begins ? paints.seen(paints.strong(id)) + paints.strong(first.slice(id.length)) : paints.strong(first),
    ...rest.map(paints.strong),
  ]
}

const sizeText = ({ size, shrunkFrom }: CardText): string => `${size} step${size === 1 ? '' : 's'}, shrunk from ${shrunkFrom}`

function diagram({ sequence = [] }: TerminalCard, look: Look): string[] {
  if (sequence.length === 0) return []
  const lines = sequenceLines(sequence, { ...look, width: look.width - 2 }).map((line) => `  ${line}`.trimEnd())
  return ['', ...lines, '']
}
