/** Where the lifelines of a diagram stand, in columns. */
import { cut } from '../text/wrap.ts'
import { widthOf } from './row.ts'

/** A lifeline; `head` is what stands above it. */
export interface Lifeline {
  name: string
  head: string
  x: number
}

/** More than this between two lifelines helps nobody: what is left is for notes at the right. */
const widest = 44

/** Names of systems' own making may be of any length. */
const longestName = 14

/** Behind the last lifeline, where what it notes stands. */
const roomForNotes = (width: number): number => Math.max(30, Math.floor(width / 3))

/** Less than this between two lifelines is no room for messages. */
const roomForMessages = 26

/** Lifelines between the columns `from` and `width`; undefined where they do not go in side by side. */
export function lifelinesAt(names: readonly string[], from: number, width: number): Lifeline[] | undefined {
  const whole = names.map((name) => ({ name, head: cut(name, longestName, widthOf) }))
  const short = whole.map(({ name, head }) => ({ name, head: head.replace(/^operation (?=\d)/, 'op ') }))
  return placed(whole, from, width) ?? placed(short, from, width)
}

function placed(all: readonly Omit<Lifeline, 'x'>[], from: number, width: number): Lifeline[] | undefined {
  const widths = all.map(({ head }) => widthOf(head))
  const first = from + Math.floor((widths[0] ?? 0) / 2)
  const last = width - 1 - Math.ceil((widths.at(-1) ?? 0) / 2)
  const gaps = Math.max(1, all.length - 1)
  const most = Math.floor((last - first) / gaps)
  if (most < Math.max(...widths) + 1) return undefined
  const withNotes = Math.floor((width - roomForNotes(width) - first) / gaps)
  const between = Math.min(withNotes >= roomForMessages ? withNotes : most, widest)
  return all.map((each, index) => ({ ...each, x: first + index * between }))
}
