/** A failure card as plain lines: for assertions of test runners and reports that hold text. */
import type { CardText } from './card-text.ts'
import { programLines } from './program-lines.ts'
import { shellWord } from './shell-word.ts'
import { visible } from './visible.ts'

/**
 * The card as lines: the rule, what was expected, what was seen, the events, the way to see it again.
 * @param file where the card lies; without it nothing can replay it
 * @param system what it was replayed on in place of its own system
 */
export function cardLines(card: CardText, file?: string, system?: string): string[] {
  const { times, of } = card.reproduced
  return [
    `${card.requirement} (${card.level}) violated by "${card.system}"${card.engine === undefined ? '' : ` on ${card.engine}`}, program of ${card.size} steps (shrunk from ${card.shrunkFrom}), reproduced ${times} of ${of} times`,
    ...labelled('rule', [`${card.title} [${card.clause}]`, ...(card.source === undefined ? [] : [card.source])]),
    ...labelled('program', programLines(card.program)),
    ...labelled('expected', [card.expected]),
    ...labelled('observed', [card.observed]),
    ...labelled('events', card.events),
    ...(card.signature === undefined ? [] : labelled('signature', [card.signature])),
    ...(file === undefined ? [] : labelled('replay', [replayCommand(card, file, system)])),
  ].map(visible)
}

/** The command that runs a card's program again; `file` and `system` as in `cardLines`. */
export function replayCommand(card: Pick<CardText, 'program' | 'reference'>, file: string, system?: string): string {
  return `channel-conformance replay ${shellWord(file)}${systemFlag(card, system)}`
}

/** Whether a reference is the address of a server that somebody else has started. */
export function isUrl(reference: string | undefined): reference is string {
  return reference !== undefined && /^https?:\/\//.test(reference)
}

/** A test runner was given a system, and no name that the command line knows: only the card's reader can say where it is. */
function systemFlag({ program, reference }: Pick<CardText, 'program' | 'reference'>, system: string | undefined): string {
  const address = system ?? reference
  if (isUrl(address)) return ` --url ${shellWord(address)}`
  if (system !== undefined) return ` --system ${shellWord(system)}`
  if (reference !== undefined) return ''
  return ` --system <module of your ${program.stores === undefined ? 'system' : 'stores'}>`
}

/** Lines behind a label that stands before the first. */
function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? label : '').padEnd(10)}${line}`)
}
