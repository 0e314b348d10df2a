/** Markup by tagged templates: whatever is put into one is escaped, unless a template made it. */

/** Markup that this folder wrote. A class, so that no JSON of a result or card can pass for it. */
export class Html {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

/** What a template takes: text and numbers are escaped, lists are joined, `undefined` and `false` are nothing. */
export type Part = Html | string | number | undefined | false | readonly Part[]

/** The template tag. Attribute values must stand in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.map((text, index) => text + (index < parts.length ? rendered(parts[index]) : '')).join(''))
}

/** Markup that is no template: style, script and numbers that this folder itself writes. Never text of a result. */
export const trusted = (markup: string): Html => new Html(markup)

function rendered(part: Part): string {
  if (part instanceof Html) return part.markup
  if (part === undefined || part === false) return ''
  return Array.isArray(part) ? part.map(rendered).join('') : escapeText(String(part))
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Control characters that HTML forbids or that change the direction of what follows, and halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unfit = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu

/** Text as it may stand in an element or a quoted attribute; what cannot be shown is written as its code, `\u0000`. */
export function escapeText(text: string): string {
  return text
    .replace(unfit, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** Names may break behind their hyphens and colons, where a column is narrow. */
export function breakable(name: string): Part {
  return name.split(/(?<=[-:/_])/).map((piece, index) => (index === 0 ? piece : html`<wbr>${piece}`))
}

/** Text of the contract, in which names of code stand between backticks. */
export function prose(text: string): Part {
  return text.split('`').map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece))
}

/** An `id` and fragment made of any name. */
export const anchor = (...names: string[]): string => names.join('-').replaceAll(/[^\w.-]/g, '_')
