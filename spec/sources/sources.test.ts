/** Every sentence of the pages has its entry and every entry its sentence; every id exists and every quote names its id. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { requirements } from '../requirements/index.ts'
import { guide } from './guide.ts'
import { introduction, renderedOnly } from './introduction.ts'
import { runtime } from './runtime.ts'
import { laterAreas, laterIds, typeIds } from './source.ts'
import { areaOf, covered, flat, orphanQuotes, slack, unknownIds } from './trace.ts'

const page = (name: string): string => readFileSync(new URL(`./pages/${name}`, import.meta.url), 'utf8')
const pages = {
  introduction: { text: page('introduction.md'), entries: introduction },
  guide: { text: page('guide.txt'), entries: guide },
  runtime: { text: page('runtime.txt'), entries: runtime },
}
const entries = Object.values(pages).flatMap((each) => each.entries)
const declared = [...requirements.map(({ id }) => id), ...typeIds]
const later = [...laterAreas, ...laterIds]

test.each(Object.entries(pages))('%s is covered sentence by sentence', (_name, each) => {
  expect(covered(each)).toHaveLength(each.entries.length)
})

test('a missing and an invented sentence are found', () => {
  const { text, entries: of } = pages.guide
  expect(() => covered({ text, entries: of.toSpliced(5, 1) })).toThrow(/without an entry|no such sentence/)
  expect(() => covered({ text, entries: of.toSpliced(5, 0, { quote: 'Nobody wrote this.', ids: [] }) })).toThrow(
    'no such sentence here',
  )
  expect(() => covered({ text: `${text} One more.`, entries: of })).toThrow('without an entry: One more.')
  expect(() => covered({ text: 'One. Two.', entries: [{ quote: 'One.', to: 'Three.', ids: ['SUB-01'] }] })).toThrow(
    'no such end here',
  )
})

test('every entry is one sentence with ids or a reason', () => {
  expect(slack(entries)).toEqual([])
  expect(slack([{ quote: 'One. Two.', ids: ['SUB-01'] }])).toEqual(['more than one sentence: One. Two.'])
  expect(slack([{ quote: 'One.', ids: [] }])).toEqual(['neither an id nor a reason: One.'])
  expect(slack([{ quote: 'One.', excluded: '' }])).toHaveLength(1)
})

test('the rendered introduction says nothing else', () => {
  const plain = flat(pages.introduction.text.replaceAll(/[*`#]/g, ''))
  for (const line of page('introduction-rendered.txt')
    .split('\n')
    .map((each) => flat(each.replace(/^\s*[•-]\s*/, '')))) {
    expect(Object.hasOwn(renderedOnly, line) || plain.includes(line), line).toBe(true)
  }
})

test('every id of an entry exists', () => {
  expect(unknownIds(entries, declared, later)).toEqual([])
})

test('an id that nobody declares is found, unless its area is still to come', () => {
  const planted = [{ quote: 'x', ids: ['SUB-01', 'SUB-99', 'SUP-01', 'LIMIT-01'] }]
  expect(unknownIds(planted, ['SUB-01'], ['LIMIT'])).toEqual(['SUB-99', 'SUP-01'])
})

test('no later area has landed', () => {
  expect(laterAreas.filter((area) => requirements.some(({ id }) => areaOf(id) === area))).toEqual([])
  expect(laterIds.filter((id) => declared.includes(id))).toEqual([])
})

test('every requirement that quotes a page quotes sentences whose entries name it', () => {
  expect(orphanQuotes(pages, requirements)).toEqual([])
})

test('a quote that is not on its page, or whose sentence does not name the requirement, is found', () => {
  const text = 'One is so. Two is so. Three is not.'
  const guided = {
    guide: {
      text,
      entries: [
        { quote: 'One is so.', ids: ['A-01'] },
        { quote: 'Two is so.', ids: ['A-01', 'A-02'] },
        { quote: 'Three is not.', excluded: 'no' },
      ],
    },
  }
  const orphans = (id: string, quote: string) => orphanQuotes(guided, [{ id, source: { seed: 'guide', quote } }])
  expect(orphans('A-01', 'One is so. Two is')).toEqual([])
  expect(orphans('A-02', 'Two\nis so.')).toEqual([])
  expect(orphans('A-02', 'One is so.')).toEqual(['A-02: One is so.'])
  expect(orphans('A-02', 'so. Two')).toHaveLength(1)
  expect(orphans('A-02', 'Three')).toHaveLength(1)
  expect(orphans('A-01', 'Four is so.')).toHaveLength(1)
  expect(orphans('A-01', '')).toHaveLength(1)
})
