import { expect, test } from 'vitest'
import { plain } from './look.ts'
import { Row } from './row.ts'

const text = (row: Row): string => row.text(plain)

test('texts stand where they are put, in any order', () => {
  expect(text(new Row(9).put(6, 'c').put(0, 'a').put(2, '日本'))).toBe('a 日本c')
})

test('what does not fit is left out, a wide character whole', () => {
  expect(text(new Row(4).put(1, 'abcdef'))).toBe(' abc')
  expect(text(new Row(4).put(1, '日本'))).toBe(' 日')
})

test('half a wide character is written over: nothing moves', () => {
  expect(text(new Row(9).put(0, '日本語').put(1, '│').put(4, '│'))).toBe(' │本│')
  expect(text(new Row(9).put(0, 'a本b').put(0, '日'))).toBe('日 b')
})

test('each paint is put on once for all cells beside each other; blanks at the end have none', () => {
  const paints = { ...plain, faint: (part: string) => `<${part}>` }
  expect(new Row(9).put(0, 'ab', 'faint').put(2, 'c').put(3, 'd ', 'faint').text(paints)).toBe('<ab>c<d>')
})
