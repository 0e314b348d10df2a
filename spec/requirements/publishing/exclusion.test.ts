import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { pub02, pub03 } from './exclusion.ts'

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

/** c0 is subscribed; c1, who is not, publishes excluding this id. */
function excluding(id: string, outcome: Outcome = { outcome: 'ok' }): Literal {
  const history = new Literal().connect('c0').connect('c1')
  history.act('c0', [subscribe])
  const step = history.message('c1', {})
  const call = history.enter('c1', step)
  history.op(call, { ...publish, exclude: { id } }, outcome).leave(call)
  return history.client({ at: 'client', kind: 'ack', conn: 'c1', step })
}

const clauses = { nobody: 'an unknown id', '': 'the empty string', 'id-c1': 'not subscribed' } as const

test.each(Object.entries(clauses))('PUB-03 with %j, everyone', (id, clause) => {
  expect(verdicts(pub03, excluding(id).receive('c0', { m: '1' }).fence('c0').run())).toEqual({
    [clause]: ['kept'],
    'no error': ['kept'],
  })
  expect(verdicts(pub03, excluding(id).fence('c0').run())).toEqual({ [clause]: ['broken'], 'no error': ['kept'] })
  expect(verdicts(pub03, excluding(id).run())).toEqual({ [clause]: ['undecided'], 'no error': ['kept'] })
})

test('PUB-03 broken: it rejects', () => {
  const rejected: Outcome = { outcome: 'rejected', error: { name: 'Error', message: 'nobody', typeError: false } }
  expect(verdicts(pub03, excluding('nobody', rejected).fence('c0').run())).toEqual({
    'no error': ['broken'],
    'an unknown id': ['undecided'],
  })
})

test('PUB-03 with the id of a channel that has closed', () => {
  const history = new Literal().connect('c0').connect('c1').connect('c2')
  history.act('c0', [subscribe])
  history.act('c2', [subscribe])
  history.client({ at: 'client', kind: 'invoke', conn: 'c2', step: '1.x', action: { do: 'close' } })
  history.client({ at: 'client', kind: 'closed', conn: 'c2', code: 1000, reason: '' })
  history.leave(history.enter('c2', '1.x', { handler: 'onDisconnect' }))
  history.act('c1', [{ ...publish, exclude: { id: 'id-c2' } }])
  expect(verdicts(pub03, history.fence('c0').run())).toEqual({ 'no error': ['kept'], 'a closed channel': ['broken'] })
  expect(verdicts(pub03, history.receive('c0', { m: '1' }).run())).toEqual({ 'no error': ['kept'], 'a closed channel': ['kept'] })
})

test('PUB-03 not exercised: nobody is excluded, or a subscriber', () => {
  expect(verdicts(pub03, published().run())).toEqual({})
})
