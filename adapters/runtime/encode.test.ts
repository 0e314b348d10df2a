import { describe, expect, it } from 'vitest'
import { PublicError, ValidationError } from '../../spec/errors.ts'
import { encode, encodeError, encodeRouted, routeTag } from './encode.ts'

describe('encoding (SEND-05, SEND-11)', () => {
  it.each([
    ['text', 'a\u2028\0\u{1f600}', 'a\u2028\0\u{1f600}'],
    ['the empty text', '', ''],
    ['zero', 0, '0'],
    ['false', false, 'false'],
    ['null', null, 'null'],
    ['an array', [1, undefined], '[1,null]'],
    ['a date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['NaN', Number.NaN, 'null'],
    ['an ill-formed string inside', { a: '\ud800' }, '{"a":"\\ud800"}'],
  ])('writes %s', (_name, value, text) => expect(encode(value)).toBe(text))

  it.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a bigint', 1n],
    ['an ill-formed string', '\udc00'],
    ['a toJSON that gives undefined', { toJSON: () => undefined }],
    ['a toJSON that throws', { toJSON: () => { throw new Error('no') } }], // biome-ignore format: one line each
  ])('refuses %s with a TypeError', (_name, value) => {
    expect(() => encode(value)).toThrow(TypeError)
    if (value !== undefined && typeof value !== 'string') expect(() => encodeRouted(value, routeTag('k', 'v'))).toThrow(TypeError)
  })

  it("sends bytes as the view's own range, copied", () => {
    const whole = new Uint8Array([1, 2, 3, 4])
    for (const view of [whole.subarray(1, 3), new DataView(whole.buffer, 1, 2), Buffer.from(whole.buffer, 1, 2)]) {
      expect(encode(view)).toEqual(new Uint8Array([2, 3]))
    }
    const encoded = encode(whole.buffer)
    whole.fill(0)
    expect(encoded).toEqual(new Uint8Array([1, 2, 3, 4]))
    expect(encodeRouted(new Uint8Array([5]), routeTag('k', 'v'))).toEqual(new Uint8Array([5]))
  })
})

describe('routed replies (SEND-03)', () => {
  const tag = routeTag('action', 'a"b')
  it.each([
    ['undefined', undefined, { action: 'a"b' }],
    ['an empty object', {}, { action: 'a"b' }],
    ['an object', { x: 1 }, { x: 1, action: 'a"b' }],
    ['an object that holds the key', { action: 1, x: 2 }, { action: 'a"b', x: 2 }],
    ['an object whose JSON form holds the key', { toJSON: () => ({ action: 1, x: 2 }) }, { action: 'a"b', x: 2 }],
    ['an object whose JSON form is text', { toJSON: () => 'x' }, { action: 'a"b', result: 'x' }],
    ['a string', 'x', { action: 'a"b', result: 'x' }],
    ['null', null, { action: 'a"b', result: null }],
    ['zero', 0, { action: 'a"b', result: 0 }],
    ['an array', [{}], { action: 'a"b', result: [{}] }],
  ])('join %s with the routing key', (_name, value, reply) => {
    const text = encodeRouted(value, tag) as string
    expect(JSON.parse(text)).toEqual(reply)
    expect(text.match(/"action"/g)).toHaveLength(1)
  })

  it('join a routing key named like a prototype', () => {
    const text = encodeRouted({ toJSON: () => ({ x: 1 }) }, routeTag('__proto__', 'p'))
    expect(text).toBe('{"x":1,"__proto__":"p"}')
  })
})

describe('error replies', () => {
  it('show public errors and mask all others (SEND-10, SEND-14)', () => {
    class Teapot extends PublicError {}
    expect(JSON.parse(encodeError(new Teapot('short and stout'), { key: 'action', value: 'brew' }))).toEqual({
      error: 'short and stout',
      errorName: 'Teapot',
      action: 'brew',
    })
    class UnauthorizedError extends Error {}
    for (const thrown of [
      new UnauthorizedError('secret'),
      'secret',
      undefined,
      null,
      { message: 'secret', name: 'PublicError' },
    ]) {
      expect(JSON.parse(encodeError(thrown, undefined))).toEqual({ error: 'Internal error', errorName: 'InternalError' })
    }
  })

  it('list the issues of a validation error (VALID-01)', () => {
    const issues = [{ path: ['a', 0], message: 'no' }]
    expect(JSON.parse(encodeError(new ValidationError(issues), undefined))).toMatchObject({
      errorName: 'ValidationError',
      issues,
    })
  })
})
