/** Every sentence of the pages has its entry and every entry its sentence; every id exists and every quote names its id. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { requirements } from '../requirements/index.ts'
import { guide } from './guide.ts'
import { introduction, renderedOnly } from './introduction.ts'
import { runtime } from './runtime.ts'
import { laterAreas, type SourceEntry, typeIds } from './source.ts'

const page = (name: string): string => readFileSync(new URL(`./pages/${name}`, import.meta.url), 'utf8')
const pages = {
  introduction: { text: page('introduction.md'), entries: introduction },
  guide: { text: page('guide.txt'), entries: guide },
  runtime: { text: page('runtime.txt'), entries: runtime },
}

/** The text each entry covers; throws where an entry is not found in its turn or leaves something before it uncovered. */
function covered(text: string, entries: readonly SourceEntry[]): string[] {
  let at = 0
  const spans = entries.map((entry) => {
    const start = text.indexOf(entry.quote, at)
    if (start < 0) throw new Error(`no such sentence here: ${entry.quote}`)
    if (/\S/.test(text.slice(at, start))) throw new Error(`without an entry: ${text.slice(at, start).trim()}`)
    const { to } = entry
    const end = to === undefined ? start + entry.quote.length : text.indexOf(to, start) + to.length
    if (to !== undefined && end < start + to.length) throw new Error(`no such end here: ${to}`)
    at = end
    return text.slice(start, end)
  })
  if (/\S/.test(text.slice(at))) throw new Error(`without an entry: ${text.slice(at).trim()}`)
  return spans
}

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
const idsOf = (entry: SourceEntry): readonly string[] => ('ids' in entry ? entry.ids : [])

test.each(Object.entries(pages))('%s is covered sentence by sentence', (_name, { text, entries }) => {
  expect(covered(text, entries)).toHaveLength(entries.length)
})

test('a missing and an invented sentence are found', () => {
  const { text, entries } = pages.guide
  expect(() => covered(text, entries.toSpliced(5, 1))).toThrow(/without an entry|no such sentence/)
  expect(() => covered(text, entries.toSpliced(5, 0, { quote: 'Nobody wrote this.', ids: [] }))).toThrow('no such sentence here')
  expect(() => covered(`${text} One more.`, entries)).toThrow('without an entry: One more.')
})

test('the rendered introduction says nothing else', () => {
  const plain = flat(pages.introduction.text.replaceAll(/[*`#]/g, ''))
  for (const line of page('introduction-rendered.txt').split('\n').map((each) => flat(each.replace(/^\s*[•-]\s*/, '')))) {
    expect(Object.hasOwn(renderedOnly, line) || plain.includes(line), line).toBe(true)
  }
})

test('every id of an entry exists', () => {
  const known = new Set([...requirements.map(({ id }) => id), ...typeIds])
  const ids = Object.values(pages).flatMap(({ entries }) => entries.flatMap(idsOf))
  const later = (id: string): boolean => laterAreas.some((area) => id.startsWith(`${area}-`)) || id === 'PUB-14'
  expect([...new Set(ids.filter((id) => !known.has(id) && !later(id)))]).toEqual([])
})

test('every requirement that quotes a page quotes a sentence whose entry names it', () => {
  const orphans = requirements.flatMap(({ id, source }) => {
    if (!('seed' in source)) return []
    const { text, entries } = pages[source.seed]
    const named = covered(text, entries).some((span, index) => flat(span).includes(flat(source.quote)) && idsOf(entries[index] as SourceEntry).includes(id))
    return named ? [] : [`${id}: ${source.quote}`]
  })
  expect(orphans).toEqual([])
})
