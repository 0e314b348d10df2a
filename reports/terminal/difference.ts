/** A difference between two systems for a terminal of any width, in the form of a failure card. */
import { againCommand, type DifferenceText, differenceLine, valueLines, verdictLines } from '../text/difference.ts'
import { visible } from '../text/visible.ts'
import { hanging } from './hanging.ts'
import { labels, narrowest } from './labels.ts'
import type { Look, Paints } from './look.ts'
import { programBlock } from './program.ts'

/** The difference as lines of at most `look.width` columns, but for the command, which is for copying. */
export function terminalDifference(of: DifferenceText, look: Look, file?: string): string[] {
  const width = Math.max(look.width, narrowest)
  const { paints } = look
  const label = labels(width, paints)
  const inside: Look = { ...look, width: width - label.indent }
  const section = (name: string, texts: readonly string[], paint: keyof Paints): string[] =>
    label.before(name, texts.flatMap((text) => hanging(visible(text), inside.width, 2)).map(paints[paint]))
  const steps = `${of.size} step${of.size === 1 ? '' : 's'}, shrunk from ${of.shrunkFrom}`
  return [
    ...hanging(visible(differenceLine(of)), width, 2).map(paints.strong),
    ...section('fixed by', [of.requirements.join(', '), of.why], 'faint'),
    ...label.before('program', [paints.faint(steps), ...programBlock(of.program, inside)]),
    ...section('in', [of.field], 'evidence'),
    ...section('values', valueLines(of), 'seen'),
    ...section('verdict', verdictLines(of), 'allowed'),
    ...(file === undefined ? [] : label.before('again', [visible(againCommand(file))])),
  ]
}
