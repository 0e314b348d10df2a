import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { pub02 } from './exclusion.ts'

const subscribe = { op: 'subscribe', topic: 't' } as const
const publish = { op: 'publish', topic: 't', exclude: 'self', value: { m: '1' } } as const

/** Two subscribers, of whom c0 publishes and excludes itself. */
function published(): Literal {
  const history = new Literal().connect('c0').connect('c1')
  history.act('c0', [subscribe])
  history.act('c1', [subscribe])
  history.act('c0', [publish])
  return history
}

test('kept: the other one has it, the excluded one has not', () => {
  const history = published().receive('c1', { m: '1' }).fence('c0', 'c1')
  expect(verdicts(pub02, history.run())).toEqual({ 'not the excluded one': ['kept'], 'everyone else': ['kept'] })
})

test('broken: the excluded one has it', () => {
  const history = published().receive('c0', { m: '1' }).receive('c1', { m: '1' }).fence('c0', 'c1')
  expect(verdicts(pub02, history.run())['not the excluded one']).toEqual(['broken'])
})

test('broken: the other one has everything but this', () => {
  expect(verdicts(pub02, published().fence('c0', 'c1').run())['everyone else']).toEqual(['broken'])
})

test('not exercised: nobody is excluded, or the excluded one is no subscriber', () => {
  const nobody = new Literal().connect('c0')
  nobody.act('c0', [subscribe, { ...publish, exclude: null }])
  const stranger = new Literal().connect('c0').connect('c1')
  stranger.act('c0', [subscribe])
  stranger.act('c1', [publish])
  expect(verdicts(pub02, nobody.run())).toEqual({})
  expect(verdicts(pub02, stranger.run())).toEqual({})
})

test('unknown: the subscribe overlaps the publish', () => {
  const history = new Literal().connect('c0').connect('c1')
  history.act('c0', [subscribe])
  const step = history.message('c1', { action: 'probe' })
  const call = history.enter('c1', step)
  const pending = history.begin(call, subscribe)
  history.act('c0', [publish])
  history.end(call, pending, 'subscribe').leave(call)
  expect(verdicts(pub02, history.fence('c0', 'c1').run())['everyone else']).toEqual(['undecided'])
})
