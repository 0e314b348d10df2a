import { expect, test } from 'vitest'
import { changedFolders, digestOf, sourcesNow } from './sources.ts'

test('folders that differ are named', () => {
  expect(changedFolders('a-b-c-d', 'a-b-c-d')).toEqual([])
  expect(changedFolders('a-b-c-d', 'a-x-c-y')).toEqual(['conformance', 'harness'])
  expect(changedFolders('a', 'a-b-c-d')).toEqual(['conformance', 'adapters', 'harness'])
})

test('the sources of now have a part for each folder', () => {
  expect(sourcesNow()).toMatch(/^[\da-f]{10}(-[\da-f]{10}){3}$/)
})

test('another file changes its folder’s part; tests and mutants decide nothing of a sound system', () => {
  const tree = (...paths: string[]): string => paths.map((path, index) => `100644 blob ${index}abc\t${path}`).join('\n')
  const before = digestOf(tree('spec/a.ts', 'harness/cli/main.ts'))
  const among = (...paths: string[]) => changedFolders(before, digestOf(tree('spec/a.ts', 'harness/cli/main.ts', ...paths)))
  expect(among('spec/a.test.ts', 'harness/mutants/sending/encoding.ts')).toEqual([])
  expect(among('harness/cli/run.ts')).toEqual(['harness'])
  expect(among('adapters/ws/server.ts')).toEqual(['adapters'])
  expect(changedFolders(before, digestOf(tree('spec/b.ts', 'harness/cli/main.ts')))).toEqual(['spec'])
})
