import { expect, test } from 'vitest'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless01 } from './fresh.ts'

const opening = { room: 'x' }

/** A connection whose onConnect had opening data, and a later message that is given `later`. */
function twoEvents(later = opening, state = 'open'): PlatformLiteral {
  const history = new PlatformLiteral()
  const step = '1.9'
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step, action: { do: 'connect', client: 0, channel: 'main' } })
  history.leave(history.enter('c0', step, { handler: 'onConnect', state: 'initial', openingData: opening }))
  history.client({ at: 'client', kind: 'open', conn: 'c0', step, protocol: '' })
  const message = history.message('c0', { action: 'probe' })
  history.leave(history.enter('c0', message, { openingData: later, state }))
  return history
}

test('a later event is given the opening data that onConnect had', () => {
  expect(verdicts(stateless01, twoEvents().run())['opening data']).toEqual(['kept'])
  expect(verdicts(stateless01, twoEvents({} as never).run())['opening data']).toEqual(['broken'])
  const connectOnly = new PlatformLiteral().connect('c0')
  expect(verdicts(stateless01, connectOnly.run())).toEqual({})
})

test('what a handler changes in its own copy says nothing', () => {
  const history = twoEvents({} as never)
  const call = history.enter('c0', history.message('c0', { action: 'probe' }))
  history.op(call, { op: 'mutate', what: 'openingData' })
  expect(verdicts(stateless01, history.run())['opening data']).toBeUndefined()
})

test('the state is there', () => {
  expect(verdicts(stateless01, twoEvents().run()).state).toEqual(['kept'])
  expect(verdicts(stateless01, twoEvents(opening, 'initial').run()).state).toEqual(['broken'])
  expect(verdicts(stateless01, twoEvents().ends('c0').disconnects('c0').run()).state).toEqual(['kept', 'kept'])
  const late = twoEvents().ends('c0')
  late.leave(late.enter('c0', late.message('c0', { action: 'probe' }), { state: 'closed' }))
  expect(verdicts(stateless01, late.run()).state).toEqual(['kept'])
})

test('a session set in one event is there in another', () => {
  const after = (session: never) => {
    const history = new PlatformLiteral().connect('c0')
    history.act('c0', [{ op: 'session.set', value: { m: '1.1.0' } }])
    history.leave(history.enter('c0', history.message('c0', { action: 'probe' }), { session }))
    return verdicts(stateless01, history.run()).session
  }
  expect(after({ m: '1.1.0' } as never)).toEqual(['kept'])
  expect(after({ $: 'undefined' } as never)).toEqual(['broken'])
  // Changed, it is AUTH-11's.
  expect(after({ m: '1.1.0', mutated: true } as never)).toBeUndefined()
})

test('a subscription is there', () => {
  const subscribed = () => {
    const history = new PlatformLiteral().connect('c0')
    history.act('c0', [{ op: 'subscribe', topic: '1:t' }])
    return history.hostPublish('1:t', { m: '1.p' })
  }
  expect(verdicts(stateless01, subscribed().receive('c0', { m: '1.p' }).run()).subscriptions).toEqual(['kept'])
  expect(verdicts(stateless01, subscribed().fence('c0').run()).subscriptions).toEqual(['broken'])
  expect(verdicts(stateless01, subscribed().run()).subscriptions).toEqual(['undecided'])
})
