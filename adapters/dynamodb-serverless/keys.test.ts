import fc from 'fast-check'
import { expect, test } from 'vitest'
import { channelKey, cursorKey, decodeKey, encodeKey, expiryKey, forwardKey, intentKey, shardOf } from './keys.ts'

/** Texts of everything that could be confused: separators, escapes, lone surrogates, what encodings begin with. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('#', '%', '/', '2', '3', '5', 'u', 'D800', '\ud800', '\udc00', '😀', '\0', 'é', 'e\u0301') }),
  fc.constantFrom('', '%empty', '%25empty', '%sha256-', '%u0041', '__proto__', 'A#meta', '#0', 'a'.repeat(256), '#'.repeat(256)),
)

test('a part of a key is the text again', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const part = encodeKey(text)
      expect(decodeKey(part)).toBe(text)
      expect(part).not.toBe('')
      expect(part).not.toContain('#')
      expect(part.isWellFormed()).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('different texts never share a key', () => {
  fc.assert(
    fc.property(nasty, nasty, fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }), (a, b, m, n) => {
      const same = a === b
      expect(intentKey('c', encodeKey(a)).sk === intentKey('c', encodeKey(b)).sk).toBe(same)
      expect(channelKey(a).pk === channelKey(b).pk).toBe(same)
      expect(forwardKey(encodeKey(a), 'c', m).pk === forwardKey(encodeKey(b), 'c', n).pk).toBe(same && m === n)
      expect(forwardKey('t', a, 0).sk === forwardKey('t', b, 0).sk).toBe(same)
      expect(expiryKey(a, m, 0).sk === expiryKey(b, n, 0).sk).toBe(same && m === n)
    }),
    { numRuns: 2_000 },
  )
})

test('no key is over the limits, and long texts differ in theirs', () => {
  for (const text of ['x'.repeat(256), '#'.repeat(256), '\ud800'.repeat(10_000), 'é'.repeat(5_000)]) {
    const part = encodeKey(text)
    for (const { pk, sk } of [
      channelKey(text),
      intentKey(text, part),
      forwardKey(part, text, 999),
      expiryKey(text, 9_999_999_999_999, 999),
      cursorKey(999),
    ]) {
      expect(Buffer.byteLength(pk)).toBeLessThanOrEqual(2_048)
      expect(Buffer.byteLength(sk)).toBeLessThanOrEqual(1_024)
    }
  }
  const long = ['a', 'b', '\ud800', '\ud801'].map((end) => encodeKey('x'.repeat(1_000) + end))
  expect(new Set(long).size).toBe(long.length)
  expect(long.map(decodeKey)).toEqual([undefined, undefined, undefined, undefined])
})

test('sort keys of expiries are in the order of time', () => {
  const times = [0, 1, 999, 1_000, 1_700_000_000_000, 1_700_000_000_001, 9_999_999_999_999]
  const keys = times.map((time) => expiryKey('x', time, 0).sk)
  expect(keys).toEqual(keys.toSorted())
})

test('a channel is in one shard, and all shards are used', () => {
  const shards = new Set<number>()
  for (let index = 0; index < 100; index++) {
    const shard = shardOf(`c${index}`, 4)
    expect(shardOf(`c${index}`, 4)).toBe(shard)
    shards.add(shard)
  }
  expect([...shards].toSorted()).toEqual([0, 1, 2, 3])
})
