/** The way from a page's sentences to requirement ids and back, as checks that a test runs and plants defects in. */
import type { Requirement } from '../requirement.ts'
import type { SourceEntry } from './source.ts'

/** A page's text and the entries that cover it. */
export interface Page {
  text: string
  entries: readonly SourceEntry[]
}

/** The text that an entry covers. */
export interface Span {
  entry: SourceEntry
  text: string
}

/** One line, whatever its white space. */
export const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** The ids an entry names; none where it is excluded. */
export const idsOf = (entry: SourceEntry): readonly string[] => ('ids' in entry ? entry.ids : [])

/** The area of an id. */
export const areaOf = (id: string): string => id.replace(/-\d+$/, '')

/**
 * What each entry covers, in the page's order.
 * @throws where an entry is not found in its turn, or leaves something before it uncovered
 */
export function covered({ text, entries }: Page): Span[] {
  let at = 0
  const spans = entries.map((entry) => {
    const start = text.indexOf(entry.quote, at)
    if (start < 0) throw new Error(`no such sentence here: ${entry.quote}`)
    if (/\S/.test(text.slice(at, start))) throw new Error(`without an entry: ${text.slice(at, start).trim()}`)
    const { to } = entry
    const end = to === undefined ? start + entry.quote.length : text.indexOf(to, start) + to.length
    if (to !== undefined && end < start + to.length) throw new Error(`no such end here: ${to}`)
    at = end
    return { entry, text: text.slice(start, end) }
  })
  if (/\S/.test(text.slice(at))) throw new Error(`without an entry: ${text.slice(at).trim()}`)
  return spans
}

/** Entries that hold more than one sentence, or that neither name an id nor say why not. */
export function slack(entries: readonly SourceEntry[]): string[] {
  const several = entries.filter(
    ({ quote, to }) => to === undefined && /[.!?]\)?\s+[A-Z]/.test(quote.replaceAll(/vs\. |e\.g\. /g, '')),
  )
  const silent = entries.filter((entry) => ('ids' in entry ? entry.ids.length === 0 : entry.excluded === ''))
  return [
    ...several.map(({ quote }) => `more than one sentence: ${quote}`),
    ...silent.map(({ quote }) => `neither an id nor a reason: ${quote}`),
  ]
}

/** Ids that the entries name and nobody declares; `later` names areas and ids that are still to come. */
export function unknownIds(entries: readonly SourceEntry[], declared: readonly string[], later: readonly string[]): string[] {
  const known = new Set([...declared, ...later])
  return [...new Set(entries.flatMap(idsOf))].filter((id) => !known.has(id) && !known.has(areaOf(id)))
}

/**
 * Requirements whose quote stands nowhere on its page, or touches a sentence whose entry does not name them, a line
 * each. A quote may be part of a sentence or run over several.
 */
export function orphanQuotes(
  pages: Readonly<Record<string, Page>>,
  requirements: readonly Pick<Requirement, 'id' | 'source'>[],
): string[] {
  return requirements.flatMap(({ id, source }) => {
    if (!('seed' in source)) return []
    const page = pages[source.seed]
    const quote = flat(source.quote)
    if (page === undefined || quote === '') return [`${id}: ${quote}`]
    const spans = covered(page).map(({ entry, text }) => ({ entry, text: flat(text) }))
    return isNamed(spans, quote, id) ? [] : [`${id}: ${quote}`]
  })
}

/** Whether the quote occurs somewhere where every entry it touches names the id. */
function isNamed(spans: readonly Span[], quote: string, id: string): boolean {
  let length = 0
  const placed = spans.map(({ entry, text }) => {
    const from = length
    length += text.length + 1
    return { entry, from, until: from + text.length }
  })
  const text = spans.map((span) => span.text).join(' ')
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const touched = placed.filter(({ from, until }) => from < at + quote.length && until > at)
    if (touched.every(({ entry }) => idsOf(entry).includes(id))) return true
  }
  return false
}
