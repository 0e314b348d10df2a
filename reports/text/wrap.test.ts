import { expect, test } from 'vitest'
import { cut, wrap } from './wrap.ts'

test('text breaks behind punctuation, anywhere where there is none, and ends in an ellipsis where it is too long', () => {
  expect(wrap('{"action":"probe","id":"0"}', 18, 3)).toEqual(['{"action":"probe",', '"id":"0"}'])
  expect(wrap('x'.repeat(25), 10, 3)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)])
  expect(wrap('x'.repeat(25), 10, 2)).toEqual(['x'.repeat(10), `${'x'.repeat(9)}…`])
  expect(wrap('', 10, 2)).toEqual([])
})

test('words stay whole where there are words, though there is JSON among them', () => {
  expect(wrap('nothing of the publish {"m":"1.0"} to "t"', 30)).toEqual(['nothing of the publish', '{"m":"1.0"} to "t"'])
  expect(wrap('nothing of the publish', 11)).toEqual(['nothing of', 'the publish'])
})

test('what a person takes for one character is never broken, and one that is too wide ends nothing', () => {
  const family = '👨‍👩‍👧'
  expect(wrap(`ab${family}`, 5)).toEqual(['ab', family])
  expect(wrap(family.repeat(2), 1)).toEqual([family, family])
})

test('width is measured as one is told', () => {
  const twice = (text: string): number => text.length * 2
  expect(wrap('abcdef', 6, undefined, twice)).toEqual(['abc', 'def'])
  expect(cut('abcdef', 6, twice)).toBe('ab…')
})
