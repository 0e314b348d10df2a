import { expect, test } from 'vitest'
import type { Wire } from '../../history.ts'
import type { Op } from '../../probe/ops.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import type { Json } from '../../values.ts'
import { pub08 } from './payloads.ts'

/** c0 is subscribed, and publishes these. */
function published(...values: Json[]): Literal {
  const history = new Literal().connect('c0')
  history.act('c0', [{ op: 'subscribe', topic: 't' }])
  history.act(
    'c0',
    values.map((value): Op => ({ op: 'publish', topic: 't', exclude: null, value })),
  )
  return history
}

const cases: [clause: string, value: Json, wire: Wire][] = [
  ['values', '"quoted"', { text: '"quoted"' }],
  ['values', { a: [1, { $: 'undefined' }] }, { text: '{"a":[1,null]}' }],
  ['falsy values', 0, { text: '0' }],
  ['falsy values', '', { text: '' }],
  ['falsy values', null, { text: 'null' }],
  ['bytes', { $: 'view', of: '0a0b' }, { hex: '0a0b' }],
]

test.each(cases)('%s: %j', (clause, value, wire) => {
  expect(verdicts(pub08, published(value).receive('c0', wire).fence('c0').run())).toEqual({ [clause]: ['kept'] })
  expect(verdicts(pub08, published(value).receive('c0', { text: '"damaged"' }).fence('c0').run())).toEqual({
    [clause]: ['broken'],
  })
  expect(verdicts(pub08, published(value).run())).toEqual({ [clause]: ['undecided'] })
})

test('two alike need two', () => {
  expect(verdicts(pub08, published(0, 0).receive('c0', { text: '0' }).fence('c0').run())).toEqual({ 'falsy values': ['broken'] })
  expect(verdicts(pub08, published(0, 0).receive('c0', { text: '0' }).receive('c0', { text: '0' }).fence('c0').run())).toEqual({
    'falsy values': ['kept'],
  })
})

test('not exercised: a plain mark, or nobody subscribed', () => {
  expect(verdicts(pub08, published({ m: '1' }).fence('c0').run())).toEqual({})
  const history = new Literal().connect('c0')
  history.act('c0', [{ op: 'publish', topic: 't', exclude: null, value: 0 }])
  expect(verdicts(pub08, history.fence('c0').run())).toEqual({})
})

test('what is changed after the call does not show', () => {
  const mutated = (): Literal => {
    const history = new Literal().connect('c0')
    history.act('c0', [
      { op: 'subscribe', topic: 't' },
      { op: 'publish', topic: 't', exclude: null, value: { m: '1' }, then: 'mutate' },
    ])
    return history
  }
  expect(verdicts(pub08, mutated().receive('c0', { m: '1' }).fence('c0').run())).toEqual({ 'encoded when called': ['kept'] })
  expect(verdicts(pub08, mutated().receive('c0', { m: '1', mutated: true }).fence('c0').run())).toEqual({
    'encoded when called': ['broken'],
  })
})

test('the payload is left alone', () => {
  const watched = (value: Json): Literal => {
    const history = new Literal().connect('c0')
    const step = history.message('c0', {})
    const call = history.enter('c0', step)
    history.op(
      call,
      { op: 'publish', topic: 't', exclude: null, value: { m: '1', list: [] }, then: 'watch' },
      { outcome: 'ok', value },
    )
    return history.leave(call)
  }
  expect(verdicts(pub08, watched({ m: '1', list: [] }).run())).toEqual({ 'left alone': ['kept'] })
  expect(verdicts(pub08, watched({ m: '1', list: [1] }).run())).toEqual({ 'left alone': ['broken'] })
})

test('no output schema applies', () => {
  const stripped = (): Literal => {
    const history = new Literal().connect('c0').connect('c1', { channel: 'shaped' })
    history.act('c0', [{ op: 'subscribe', topic: 't' }])
    history.act('c1', [{ op: 'publish', topic: 't', exclude: null, value: { m: '1', surplus: true } }])
    return history
  }
  expect(verdicts(pub08, stripped().receive('c0', { m: '1', surplus: true }).fence('c0').run())).toEqual({
    'no output schema': ['kept'],
  })
  expect(verdicts(pub08, stripped().receive('c0', { m: '1' }).fence('c0').run())).toEqual({ 'no output schema': ['broken'] })
})
