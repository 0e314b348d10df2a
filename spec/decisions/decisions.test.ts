/** Every decision has its form and its row in the list, and names only ids that exist or are to come. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { requirements } from '../requirements/index.ts'
import { laterAreas, laterIds, typeIds } from '../sources/source.ts'
import { areaOf } from '../sources/trace.ts'

const here = new URL('./', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, here), 'utf8')
const pages = readdirSync(here).filter((name) => /^\d/.test(name))
const known = new Set([...requirements.map(({ id }) => id), ...typeIds, ...laterAreas, ...laterIds])

/** What is wrong with a page, a line each. */
function faults(name: string, text: string, list: string): string[] {
  const [, number, title] = /^# (\d{4}): (.+)\n/.exec(text) ?? []
  const sections = [...text.matchAll(/^\*\*(\w+?)s?\.\*\*/gm)].map((match) => match[1])
  const ids = text.match(/\b[A-Z]{3,}-\d\d\b/g) ?? []
  return [
    ...(number !== undefined && /^\d{4}-[a-z0-9-]+\.md$/.test(name) && name.startsWith(number)
      ? []
      : [`${name}: number and name differ`]),
    ...(sections.join() === 'Context,Decision,Consequence' ? [] : [`${name}: sections are ${sections.join()}`]),
    ...(list.includes(`| [${number}](${name}) | ${title} |`) ? [] : [`${name}: not in the list by its title`]),
    ...ids.filter((id) => !known.has(id) && !known.has(areaOf(id))).map((id) => `${name}: there is no ${id}`),
  ]
}

test('planted faults are found', () => {
  const good = '# 0001: So it is\n\n**Context.** a\n\n**Decisions.** b (SUB-01, LIMIT-05)\n\n**Consequence.** c\n'
  const list = '| [0001](0001-so.md) | So it is |'
  expect(faults('0001-so.md', good, list)).toEqual([])
  expect(faults('0002-so.md', good, list)).toHaveLength(2)
  expect(faults('0001-so.md', good.replace('**Context.**', 'Context'), list)).toEqual([
    '0001-so.md: sections are Decision,Consequence',
  ])
  expect(faults('0001-so.md', good.replace('So it', 'How it'), list)).toEqual(['0001-so.md: not in the list by its title'])
  expect(faults('0001-so.md', good.replace('SUB-01', 'SUB-99'), list)).toEqual(['0001-so.md: there is no SUB-99'])
})

test.each(pages)('%s', (name) => {
  expect(faults(name, read(name), read('README.md'))).toEqual([])
})

test('numbers are used once', () => {
  const numbers = pages.map((name) => name.slice(0, 4))
  expect(new Set(numbers).size).toBe(numbers.length)
})
