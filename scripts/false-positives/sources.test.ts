import { expect, test } from 'vitest'
import { changedFolders, sourcesNow } from './sources.ts'

test('folders that differ are named', () => {
  expect(changedFolders('a-b-c-d', 'a-b-c-d')).toEqual([])
  expect(changedFolders('a-b-c-d', 'a-x-c-y')).toEqual(['conformance', 'harness'])
  expect(changedFolders('a', 'a-b-c-d')).toEqual(['conformance', 'adapters', 'harness'])
})

test('the sources of now have a part for each folder', () => {
  expect(sourcesNow()).toMatch(/^[\da-f]{10}(-[\da-f]{10}){3}$/)
})
