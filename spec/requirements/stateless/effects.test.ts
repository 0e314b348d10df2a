import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless13 } from './effects.ts'

const only = (history: PlatformLiteral, clause: string) => verdicts(stateless13, history.run())[clause]

test('its handler: over before its invocation returned, or not', () => {
  const good = new PlatformLiteral().connect('c0', {}, false)
  const step = good.message('c0', { action: 'probe' })
  const one = good.invoked('message', 'c0')
  good.leave(good.enter('c0', step)).returned(one)
  expect(only(good, 'its handler')).toEqual(['kept'])

  const bad = new PlatformLiteral().connect('c0', {}, false)
  const later = bad.message('c0', { action: 'probe' })
  const two = bad.invoked('message', 'c0')
  const call = bad.enter('c0', later)
  bad.returned(two).leave(call)
  expect(only(bad, 'its handler')).toEqual(['broken'])
})

test('its posts: answered before it returned, or made after', () => {
  const good = new PlatformLiteral().connect('c0', {}, false)
  const one = good.invoked('message', 'c0')
  good.posts('c0', { m: 'a' }, { invocation: one }).returned(one)
  expect(only(good, 'its posts')).toEqual(['kept'])

  const bad = new PlatformLiteral().connect('c0', {}, false)
  const two = bad.invoked('message', 'c0')
  bad.returned(two).posts('c0', { m: 'a' }, { invocation: two })
  expect(only(bad, 'its posts')).toEqual(['broken'])
})

/** A subscribe nobody awaits, in an invocation that returns; then a publish. */
function careless(change: Op, before: Op[] = []): PlatformLiteral {
  const history = new PlatformLiteral().connect('c0')
  for (const op of before) history.act('c0', [op])
  const step = history.message('c0', { action: 'probe' })
  const message = history.invoked('message', 'c0')
  const call = history.enter('c0', step)
  history.begin(call, change)
  history.leave(call).returned(message)
  return history.hostPublish('1:t', { m: 'x' })
}
const floating = (op: 'subscribe' | 'unsubscribe'): Op => ({ op, topic: '1:t', mode: 'float' })

test('its subscriptions: done, or not', () => {
  expect(only(careless(floating('subscribe')).receive('c0', { m: 'x' }).fence('c0'), 'its subscriptions')).toEqual(['kept'])
  expect(only(careless(floating('subscribe')).fence('c0'), 'its subscriptions')).toEqual(['broken'])
  const earlier: Op[] = [{ op: 'subscribe', topic: '1:t' }]
  expect(only(careless(floating('unsubscribe'), earlier).fence('c0'), 'its subscriptions')).toEqual(['kept'])
  const still = careless(floating('unsubscribe'), earlier).receive('c0', { m: 'x' }).fence('c0')
  expect(only(still, 'its subscriptions')).toEqual(['broken'])
  expect(only(careless(floating('subscribe')), 'its subscriptions')).toEqual(['undecided'])
})

/** An onConnect that returns a value, in an invocation of its own. */
function connecting(): { history: PlatformLiteral; connect: number } {
  const history = new PlatformLiteral()
  const step = history.nextStep()
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step, action: { do: 'connect', client: 0, channel: 'main' } })
  const connect = history.invoked('connect', 'c0')
  history.leave(history.enter('c0', step, { handler: 'onConnect' }), { outcome: 'ok', value: { m: 'a' } })
  history.returned(connect).client({ at: 'client', kind: 'open', conn: 'c0', step, protocol: '' })
  return { history, connect }
}

test('what is deferred: posted by another invocation, or by none', () => {
  const clause = 'what is deferred is durable'
  const { history } = connecting()
  history.posts('c0', { m: 'a' }, { invocation: history.invoked('deliver', 'c0') })
  expect(only(history, clause)).toEqual(['kept'])
  expect(only(connecting().history.idle(), clause)).toEqual(['broken'])
  expect(only(connecting().history, clause)).toBeUndefined()
})

test('not exercised: nothing happened', () => {
  expect(verdicts(stateless13, new PlatformLiteral().connect('c0').run())).toEqual({})
})

test('what is deferred: whoever had claimed it and was killed has lost it', () => {
  const { history } = connecting()
  history.returned(history.invoked('deliver', 'c0'), { outcome: 'killed' })
  expect(only(history.idle(), 'what is deferred is durable')).toBeUndefined()
})
