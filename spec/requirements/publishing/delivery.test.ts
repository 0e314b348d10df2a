import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { pub01, pub04, pub13 } from './delivery.ts'

const subscribe = { op: 'subscribe', topic: 't' } as const
const publish = { op: 'publish', topic: 't', exclude: null, value: { m: '1' } } as const
const copy = { m: '1' }

/** c0 and c1 are subscribed, c0 publishes; c1 connected through this channel. */
function published(channel = 'main'): Literal {
  const history = new Literal().connect('c0').connect('c1', { channel })
  history.act('c0', [subscribe])
  history.act('c1', [subscribe])
  history.act('c0', [publish])
  return history
}

test('PUB-01 kept: both have one copy', () => {
  const history = published().receive('c0', copy).receive('c1', copy).fence('c0', 'c1')
  expect(verdicts(pub01, history.run())).toEqual({
    'the publisher': ['kept'],
    'every subscriber': ['kept'],
    'one copy': ['kept', 'kept'],
    resolves: ['kept'],
  })
})

test('PUB-01 broken: the other, or the publisher, has none', () => {
  expect(verdicts(pub01, published().receive('c0', copy).fence('c0', 'c1').run())['every subscriber']).toEqual(['broken'])
  expect(verdicts(pub01, published().receive('c1', copy).fence('c0', 'c1').run())['the publisher']).toEqual(['broken'])
})

test('PUB-01 broken: two copies, or a rejection although it arrived', () => {
  expect(verdicts(pub01, published().receive('c1', copy).receive('c1', copy).run())['one copy']).toEqual(['broken'])
  const history = new Literal().connect('c0')
  history.act('c0', [subscribe])
  const step = history.message('c0', {})
  const call = history.enter('c0', step)
  history.op(call, publish, { outcome: 'rejected', error: { name: 'Error', message: '', typeError: false } })
  expect(verdicts(pub01, history.receive('c0', copy).run())).toMatchObject({
    'the publisher': ['undecided'],
    resolves: ['broken'],
  })
})

test('PUB-01 unknown: nothing proves that it is lost', () => {
  expect(verdicts(pub01, published().run())).toEqual({ 'the publisher': ['undecided'], 'every subscriber': ['undecided'] })
  expect(verdicts(pub01, published().fence().run())['every subscriber']).toEqual(['undecided'])
})

test('PUB-01 unknown: a fence that was sent before the publish was over proves nothing', () => {
  const history = published()
  const fences = new Literal().connect('c0').connect('c1')
  fences.act('c1', [subscribe])
  fences.client({ at: 'client', kind: 'message', conn: 'c1', step: 'f', data: { text: '{"fence":"f"}' } })
  fences.act('c0', [subscribe, publish])
  fences.client({ at: 'client', kind: 'fenced', conn: 'c1', step: 'f' })
  expect(verdicts(pub01, fences.run())['every subscriber']).toEqual(['undecided'])
  expect(verdicts(pub01, history.fence('c1').run())['every subscriber']).toEqual(['broken'])
})

test('PUB-04: a stranger, a later subscriber and one of another topic have nothing', () => {
  const history = new Literal().connect('c0').connect('c1').connect('c2').connect('c3')
  history.act('c1', [{ op: 'subscribe', topic: 'u' }])
  history.act('c0', [publish])
  history.act('c2', [subscribe])
  history.fence('c0', 'c1', 'c2', 'c3')
  expect(verdicts(pub04, history.run())).toEqual({
    'no subscriber': ['kept', 'kept'],
    'another topic': ['kept'],
    'not yet subscribed': ['kept'],
  })
  history.receive('c1', copy).receive('c2', copy).receive('c3', copy)
  expect(verdicts(pub04, history.run())).toEqual({
    'no subscriber': ['kept', 'broken'],
    'another topic': ['broken'],
    'not yet subscribed': ['broken'],
  })
})

test('PUB-04 not exercised by subscribers, unknown without a fence', () => {
  expect(verdicts(pub04, published().fence('c0', 'c1').run())).toEqual({})
  const history = new Literal().connect('c0')
  history.act('c0', [publish])
  expect(verdicts(pub04, history.run())).toEqual({ 'no subscriber': ['undecided'] })
})

test('PUB-13: a subscriber of another route', () => {
  expect(verdicts(pub13, published('open').receive('c1', copy).fence('c0', 'c1').run())).toEqual({ 'other routes': ['kept'] })
  expect(verdicts(pub13, published('open').fence('c0', 'c1').run())).toEqual({ 'other routes': ['broken'] })
  expect(verdicts(pub13, published('open').run())).toEqual({ 'other routes': ['undecided'] })
  expect(verdicts(pub13, published().fence('c0', 'c1').run())).toEqual({})
})
