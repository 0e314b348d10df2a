/** The committed pages follow from the committed records, and lead to nothing that is not there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { relativeLinks } from '../packed-links.ts'
import { pagesOf, stalePages } from './pages.ts'
import { readRecords, readSubmissions } from './read.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = 'reports/scoreboard'

test('the scoreboard is what its records say', () => {
  const submissions = readSubmissions(join(root, folder, 'submissions'))
  const pages = pagesOf(readRecords(join(root, 'reports/records')), submissions)
  expect(stalePages(join(root, folder), pages)).toEqual([])
})

test.each(['README.md', 'self-coverage.md', 'SUBMITTING.md'])('the links of %s lead somewhere', (name) => {
  const file = `${folder}/${name}`
  const targets = relativeLinks(file, readFileSync(join(root, file), 'utf8'))
  expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([])
})
