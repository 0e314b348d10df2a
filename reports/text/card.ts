/** A failure card on the terminal. */
import type { CardText } from './card-text.ts'

/** The card as lines: the rule, what was expected, what was seen, the events, the way to see it again. */
export function cardLines(card: CardText, file?: string): string[] {
  const { times, of } = card.reproduced
  return [
    `${card.requirement} (${card.level}) violated by "${card.system}", program of ${card.size} steps (shrunk from ${card.shrunkFrom}), reproduced ${times} of ${of} times`,
    `  rule      ${card.title} [${card.clause}]`,
    `  expected  ${card.expected}`,
    `  observed  ${card.observed}`,
    ...card.events.map((event, index) => `  ${index === 0 ? 'events    ' : '          '}${event}`),
    ...(file === undefined ? [] : [`  replay    channel-conformance replay ${file}`]),
  ]
}
