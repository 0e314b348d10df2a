import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { sub10 } from './foreign.ts'

const foreign = (op: 'subscribe' | 'unsubscribe', id = 'id-c1'): Op => ({ op, topic: 't', who: { id } })
const copy = { m: '1' }

/** c0 does these to c1, then the host publishes. */
function after(...ops: Op[]): Literal {
  const history = new Literal().connect('c0').connect('c1')
  history.act('c0', ops)
  return history.hostPublish('t', copy)
}

test('subscribes another', () => {
  expect(verdicts(sub10, after(foreign('subscribe')).receive('c1', copy).run())).toEqual({ 'subscribes another': ['kept'] })
  expect(verdicts(sub10, after(foreign('subscribe')).fence('c1').run())).toEqual({ 'subscribes another': ['broken'] })
  expect(verdicts(sub10, after(foreign('subscribe')).run())).toEqual({ 'subscribes another': ['undecided'] })
})

test('unsubscribes another', () => {
  const both = (): Literal => after(foreign('subscribe'), foreign('unsubscribe'))
  expect(verdicts(sub10, both().fence('c1').run())).toEqual({ 'unsubscribes another': ['kept'] })
  expect(verdicts(sub10, both().receive('c1', copy).run())).toEqual({ 'unsubscribes another': ['broken'] })
  expect(verdicts(sub10, both().run())).toEqual({ 'unsubscribes another': ['undecided'] })
})

test('an unknown id', () => {
  const left = (subscriptions: [string, string][]): Literal =>
    after(foreign('subscribe', 'nobody')).client({ at: 'client', kind: 'residue', channels: [], subscriptions })
  expect(verdicts(sub10, left([]).run())).toEqual({ 'an unknown id': ['kept'] })
  expect(verdicts(sub10, left([['t', 'nobody']]).run())).toEqual({ 'an unknown id': ['broken'] })
  expect(verdicts(sub10, after(foreign('subscribe', 'nobody')).run())).toEqual({})
})

test('not exercised: it subscribed itself', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [{ op: 'subscribe', topic: 't' }])
  expect(verdicts(sub10, history.hostPublish('t', copy).fence('c0').run())).toEqual({})
})
