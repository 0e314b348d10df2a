/** Text of a system under test as it may stand on a terminal: whatever it sent, it says nothing to the terminal itself. */

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * The text with every character that is not seen written out as JSON writes it: controls, escapes, line ends, direction
 * marks, joiners, halves of surrogate pairs. What a server sent is what a card is about: nothing of it may be invisible.
 */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => short[character] ?? codes(character))
}

const codes = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join(
    '',
  )
