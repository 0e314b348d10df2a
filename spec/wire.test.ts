/** When two messages are the same on the wire. */
import { expect, test } from 'vitest'
import { sameWire } from './wire.ts'

const same = (one: string, other: string): boolean => sameWire({ text: one }, { text: other })

test.each([
  ['an object', '{"a":1,"b":[2]}', ' { "b" : [2], "a": 1 }'],
  ['an array', '[1,{"a":2}]', '\n[ 1, {"a": 2} ]'],
  ['null', 'null', ' null'],
])('%s is the same however it is written', (_what, one, other) => {
  expect(same(one, other)).toBe(true)
  expect(same(other, one)).toBe(true)
})

test.each([
  ['another object', '{"a":1}', '{"a":2}'],
  ['an object and its text', '{"a":1}', '"{\\"a\\":1}"'],
  ['numbers, which are texts as they are', '1', '1.0'],
  ['texts that differ by a space', 'nothing', ' nothing'],
  ['what only begins like an array', '[1', '[1 '],
])('%s is not', (_what, one, other) => {
  expect(same(one, other)).toBe(false)
  expect(same(other, one)).toBe(false)
})

test('bytes are the same as the same bytes alone', () => {
  expect(sameWire({ hex: '6161' }, { hex: '6161' })).toBe(true)
  expect(sameWire({ hex: '6161' }, { text: 'aa' })).toBe(false)
})
