import { expect, test } from 'vitest'
import { fragmentsOf } from './fragments.ts'

const joined = (parts: readonly Uint8Array[]): string => Buffer.concat(parts).toString('utf8')

test('what fits is one part, the empty text too', () => {
  expect(fragmentsOf('')).toHaveLength(1)
  expect(fragmentsOf('abcd', 4)).toHaveLength(1)
})

test('no part is too long or ends within a character, and all of them are the text', () => {
  for (const text of ['abcdefghi', 'aé€😀😀b', '😀'.repeat(9), 'x€'.repeat(7)]) {
    const parts = fragmentsOf(text, 5)
    expect(joined(parts)).toBe(text)
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(5)
      expect(joined([part]).isWellFormed() && !joined([part]).includes('\ufffd')).toBe(true)
    }
  }
})
