import { expect, test } from 'vitest'
import { visible } from './visible.ts'

test.each([
  ['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
  ['one\r\ntwo\tthree', 'one\\r\\ntwo\\tthree'],
  ['\u0000\u0007\u007f\u009b31m', '\\u0000\\u0007\\u007f\\u009b31m'],
  ['from \u202eright\u2066 to left\u2028', 'from \\u202eright\\u2066 to left\\u2028'],
  ['half \ud800 of a pair', 'half \\ud800 of a pair'],
  ['👨\u200d👩', '👨\\u200d👩'],
  ['\u{e0041}', '\\udb40\\udc41'],
])('%j is shown as %s', (text, shown) => expect(visible(text)).toBe(shown))

test('what can be seen stays as it is', () => {
  const text = '{"a":"日本 🦊 é \\u001b"} “c0” … ◆'
  expect(visible(text)).toBe(text)
})
