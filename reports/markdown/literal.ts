/** Values in Markdown: whatever they hold, they are shown as they are and end nothing. */

/** What means something to Markdown, to its HTML or to a table, and what makes an address a link. */
const meaning = /[&<>|\\`*_[\]~$#@!]|:(?=\/\/)|(?<=www)\./gi

/**
 * A text that stands for itself in a sentence, a cell of a table or a piece of HTML alike: characters given by number
 * never mean anything. Line ends are spaces.
 */
export function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(meaning, (character) => `&#${character.charCodeAt(0)};`)
}

/**
 * The same as inline code, where no names and no smileys are looked for either. Backticks would not do: no run of them
 * holds every `\|` in a table, and HTML does not know them.
 */
export function literal(text: string): string {
  return `<code>${plain(text)}</code>`
}

/** Lines as a block of code, within a fence longer than any run of backticks in them. */
export function block(language: string, lines: readonly string[]): string[] {
  const text = lines.join('\n')
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, text, fence]
}
