/**
 * A failure's signature: the same for one defect in every run, whatever programs a seed gives. It is a sentence, not a
 * hash, so that whoever reads a baseline sees what two of them differ in.
 *
 * It is made of the requirement, the clause and the shape of what was observed. What was expected is left out: its
 * sentence names the place in the program where the clause was decided, and one defect shows in many places.
 */

/** What a signature is made of. */
export interface Signed {
  requirement: string
  clause: string
  observed: string
}

/** The signature of a violation, such as `PUB-02 [not the excluded one] a connection received it`. */
export function signatureOf({ requirement, clause, observed }: Signed): string {
  return `${clauseSigned(requirement, clause)} ${shapeOf(observed)}`
}

/** What every signature of a clause begins with. */
export const clauseSigned = (requirement: string, clause: string): string => `${requirement} [${clause}]`

/** Stands for whatever the program brought into the sentence: a value, a number, an error with its message. */
const anything = '…'

/** A close code or a status is the contract's and says what went wrong; every other number is the program's. */
const numbers = /\b(?:closed with|answered(?: with)?|status) \d+|\d+(?:[.:]\d+)*/g

/** What was seen beside the values, names and numbers that the program brought into it: the head of the sentence. */
export function shapeOf(observed: string): string {
  const shape = withoutValues(observed)
    .replaceAll(/\bc\d+(?:[.+]\d+)*\b/g, 'a connection')
    .replaceAll(/\b\w+:[\w-]+|\bonMessage\b/g, 'a handler')
    .replace(/\b\w*Error: .*$|^: .*$/s, anything)
    // What follows are details, and which of them are told depends on the program.
    .replace(/[,;:] .*$/s, '')
    .replaceAll(numbers, (number) => (/^\d/.test(number) ? anything : number))
    // One or several: how many there were is the program's.
    .replaceAll(/(a connection|a handler|…)(?: and \1)+/g, '$1')
  return /^(null|true|false|undefined)$/.test(shape) ? anything : shape
}

/** The sentence with `…` in place of JSON, quoted text and bytes. */
function withoutValues(sentence: string): string {
  let shape = ''
  for (let at = 0; at < sentence.length; ) {
    const length = valueLength(sentence.slice(at))
    shape += length === 0 ? sentence[at] : anything
    at += Math.max(1, length)
  }
  return shape
}

/** The mark of a text that the kit has cut, which leaves its brackets and quotes open. */
const cut = /^…(?: \(\d+ characters\)|$)/

/** The length of the value that `text` begins with; 0 where it begins with none. */
function valueLength(text: string): number {
  const bytes = /^bytes [0-9a-f]*/.exec(text)
  if (bytes !== null) return bytes[0].length
  if (!/^[{["]/.test(text)) return 0
  let depth = 0
  let quoted = false
  for (let end = 0; end < text.length; end++) {
    const char = text[end]
    const mark = char === '…' ? cut.exec(text.slice(end)) : null
    if (mark !== null) return end + mark[0].length
    if (quoted && char === '\\') end++
    else if (char === '"') quoted = !quoted
    else if (!quoted && (char === '{' || char === '[')) depth++
    else if (!quoted && (char === '}' || char === ']')) depth--
    if (depth === 0 && !quoted) return end + 1
  }
  return text.length
}
