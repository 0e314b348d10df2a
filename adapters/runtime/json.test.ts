import { describe, expect, it } from 'vitest'
import { copyJson, jsonCopy } from './json.ts'

const cycle: Record<string, unknown> = {}
cycle.self = cycle
let deep: unknown = 0
for (let i = 0; i < 100_000; i++) deep = [deep]

describe('JSON values (LIFE-22)', () => {
  it.each([
    ['undefined', undefined],
    ['undefined inside', { a: undefined }],
    ['a date', new Date(0)],
    ['NaN', { a: Number.NaN }],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['minus zero', -0],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a symbol key', { [Symbol('s')]: 1 }],
    [
      'a class instance',
      new (class A {
        a = 1
      })(),
    ],
    ['a map', new Map()],
    ['bytes', new Uint8Array(2)],
    ['a hole', new Array(2)],
    ['an array with a name', Object.assign([1], { name: 'x' })],
    ['a hidden property', Object.defineProperty({}, 'a', { value: 1 })],
    ['a toJSON', { toJSON: () => 1 }],
    ['a cycle', cycle],
    ['bottomless nesting', deep],
  ])('do not include %s', (_name, value) => expect(() => jsonCopy(value)).toThrow(TypeError))

  it.each([
    ['null', null],
    ['zero', 0],
    ['a lone surrogate', '\ud800'],
    ['nesting', { a: [{ b: 'c' }, null, true], toString: 1 }],
    ['an own __proto__', JSON.parse('{"__proto__":{"a":1}}')],
    ['an object without prototype', Object.assign(Object.create(null), { a: 1 })],
  ])('include %s, copied whole', (_name, value) => {
    for (const copy of [jsonCopy(value), copyJson(jsonCopy(value))]) {
      expect(JSON.stringify(copy)).toBe(JSON.stringify(value))
      if (typeof value === 'object' && value !== null) expect(copy).not.toBe(value)
    }
  })
})
