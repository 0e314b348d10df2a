import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import type { Json, Tagged } from '../../values.ts'
import { life04 } from './opening-data.ts'

/** A connection whose onConnect has this opening data, and data where that differs. */
function opened(spec: { [key: string]: Json }, openingData: Tagged, data = openingData): Literal {
  const history = new Literal().connect('c0', spec, false)
  history.leave(history.enter('c0', '1.0', { handler: 'onConnect', openingData, data, state: 'initial' }))
  return history
}

const judged = (spec: { [key: string]: Json }, openingData: Tagged) => {
  const { 'given to onConnect': _given, ...others } = verdicts(life04, opened(spec, openingData).run())
  return others
}

test('query fields: decoded as URLSearchParams does, and nothing else', () => {
  expect(judged({ query: 'a=x+y%2B' }, { s: '…', a: 'x y+' })).toEqual({ 'query fields': ['kept', 'kept'] })
  expect(judged({ query: 'a=x+y%2B' }, { a: 'x+y+' })).toEqual({ 'query fields': ['broken', 'kept'] })
  expect(judged({ query: 'a=1' }, { a: '1', channelId: 'id' })).toEqual({ 'query fields': ['kept', 'broken'] })
  expect(judged({}, { s: '…' })).toEqual({})
})

test('repeated fields and names of any kind', () => {
  expect(judged({ query: 'a=1&a=2' }, { a: ['1', '2'] })['repeated fields']).toEqual(['kept'])
  expect(judged({ query: 'a=1&a=2' }, { a: '2' })['repeated fields']).toEqual(['broken'])
  expect(judged({ query: '__proto__=x' }, { $: 'object', of: [['__proto__', 'x']] })['names of any kind']).toEqual(['kept'])
  expect(judged({ query: '__proto__=x' }, {})['names of any kind']).toEqual(['broken'])
  expect(judged({ query: 'toString=x' }, {})['names of any kind']).toEqual(['broken'])
})

test('path fields, which win', () => {
  const spec = { channel: 'path-deep', path: '/path/a%2Fb/c', query: 'part=query' }
  expect(judged(spec, { name: 'a/b', part: 'c' })).toEqual({
    'path fields': ['kept'],
    'path wins': ['kept'],
    'query fields': ['kept'],
  })
  expect(judged(spec, { name: 'a%2Fb', part: 'query' })).toMatchObject({ 'path fields': ['broken'], 'path wins': ['broken'] })
})

test('as the schema made it', () => {
  const spec = { channel: 'opened', query: 'a=1&later=1' }
  expect(judged(spec, { s: '…', a: '1', checked: true })).toEqual({ 'as the schema made it': ['kept'] })
  expect(judged(spec, { s: '…', a: '1', later: '1' })).toEqual({ 'as the schema made it': ['broken'] })
})

test('the same in every handler, whatever one did to it', () => {
  const later = (openingData: Tagged, mutated: boolean) => {
    const history = opened({ query: 'a=1' }, { a: '1' })
    if (mutated) {
      const call = history.enter('c0', history.message('c0', { action: 'probe' }), { openingData: { a: '1' } })
      history.op(call, { op: 'mutate', what: 'openingData' }).leave(call)
    }
    history.leave(history.enter('c0', history.message('c0', { action: 'probe' }), { openingData }))
    return verdicts(life04, history.run())
  }
  expect(later({ a: '1' }, false)['same in every handler']).toEqual(['kept'])
  expect(later({ a: '2' }, false)['same in every handler']).toEqual(['broken'])
  expect(later({ a: '1' }, true)).toMatchObject({ 'same in every handler': ['kept'], 'whatever a handler did': ['kept'] })
  expect(later({ a: '1', mutated: true }, true)).toMatchObject({ 'whatever a handler did': ['broken'] })
})

test('given to onConnect', () => {
  expect(verdicts(life04, opened({}, { s: '…' }).run())).toEqual({ 'given to onConnect': ['kept'] })
  expect(verdicts(life04, opened({}, { s: '…' }, {}).run())).toEqual({ 'given to onConnect': ['broken'] })
})

test('a malformed escape is refused with a 4xx', () => {
  const refused = (path: string, status: number | null) => {
    const history = new Literal()
    history.client({
      at: 'client',
      kind: 'invoke',
      conn: 'c0',
      step: 'c0',
      action: { do: 'connect', client: 0, channel: 'path-deep', path },
    })
    return verdicts(life04, history.client({ at: 'client', kind: 'refused', conn: 'c0', step: 'c0', status }).run())[
      'malformed escape'
    ]
  }
  expect(refused('/path/%zz/b', 400)).toEqual(['kept'])
  expect(refused('/path/%zz/b', 500)).toEqual(['broken'])
  expect(refused('/path/%20/b', 400)).toBeUndefined()
  expect(verdicts(life04, new Literal().connect('c0', { channel: 'path-deep', path: '/path/a/%' }, false).run())).toEqual({
    'malformed escape': ['broken'],
  })
})

test('not exercised: a connection of an earlier program, handled once', () => {
  const history = new Literal()
  const action = { do: 'adopt', client: 0, channel: 'main', channelId: 'id-c0' }
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'c0', action })
  history.act('c0', [])
  expect(verdicts(life04, history.run())).toEqual({})
})
