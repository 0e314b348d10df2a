/** Text of several lines whose first stands out. */
import { wrap } from '../text/wrap.ts'
import { widthOf } from './row.ts'

/** The text in lines of at most `width`; all but the first begin `indent` columns further right. */
export function hanging(text: string, width: number, indent: number): string[] {
  const [first] = wrap(text, width, undefined, widthOf)
  if (first === undefined) return []
  const rest = text.slice(first.length).trimStart()
  return [first, ...wrap(rest, width - indent, undefined, widthOf).map((line) => ' '.repeat(indent) + line)]
}
