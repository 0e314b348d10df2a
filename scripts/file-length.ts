/** The rule about length: a file longer than this holds more than one thing. Generated data may be listed. */

/** The most lines a file may have. */
export const mostLines = 300

/** Generated data that may be longer, and what makes it. */
export const generated: Readonly<Record<string, string>> = {}

/** A line about `file` if `text` is too long for it. */
export function tooLong(file: string, text: string): string[] {
  const lines = text.replace(/\n$/, '').split('\n').length
  return lines <= mostLines || Object.hasOwn(generated, file) ? [] : [`${file} has ${lines} lines; split it by what it does`]
}
