import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generated, tooLong } from './file-length.ts'
import { sourceFiles } from './timers.ts'

const root = new URL('../', import.meta.url)

test('a planted long file is found', () => {
  expect(tooLong('spec/a.ts', 'x\n'.repeat(300))).toEqual([])
  expect(tooLong('spec/a.ts', 'x\n'.repeat(301))).toEqual(['spec/a.ts has 301 lines; split it by what it does'])
})

test('no file is too long', () => {
  expect(sourceFiles().flatMap((file) => tooLong(file, readFileSync(new URL(file, root), 'utf8')))).toEqual([])
})

test('every file on the list exists', () => {
  expect(Object.keys(generated).filter((file) => !sourceFiles().includes(file))).toEqual([])
})
