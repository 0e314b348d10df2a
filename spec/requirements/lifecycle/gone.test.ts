import { expect, test } from 'vitest'
import { EndingLiteral, threw } from '../../testing/ending-literal.ts'
import { verdicts } from '../../testing/literal.ts'
import { life19 } from './gone.ts'

/** c0's onConnect has subscribed and waits; a message is held, and then the client goes. */
function gone(how: 'close' | 'vanish' = 'close') {
  const history = new EndingLiteral().connect('c0', {}, false)
  const call = history.enter('c0', '1.0', { handler: 'onConnect' })
  history.op(call, { op: 'subscribe', topic: 't' })
  const goOn = history.held(call)
  const step = history.message('c0', { action: 'probe' })
  history.ends('c0', how, how === 'close' ? 1000 : 1006)
  const settle = (outcome = {}): EndingLiteral => {
    history.gate()
    goOn()
    return history.leave(call, { outcome: 'ok', value: { $: 'undefined' }, ...outcome }, 'closed')
  }
  return { history, step, settle }
}

test('kept: nothing is handled, onDisconnect runs once after onConnect, nothing remains', () => {
  const history = gone().settle().disconnects('c0').residue()
  expect(verdicts(life19, history.run())).toEqual({
    'no message handler': ['kept'],
    'onDisconnect runs': ['kept'],
    'after onConnect': ['kept'],
    'nothing remains': ['kept'],
  })
})

test('broken: the held message is handled', () => {
  const { settle, step } = gone()
  const history = settle()
  history.leave(history.enter('c0', step))
  expect(verdicts(life19, history.run())['no message handler']).toEqual(['broken'])
})

test('undecided: of a socket that was cut the server may not have known', () => {
  const { settle, step } = gone('vanish')
  const history = settle()
  history.leave(history.enter('c0', step))
  expect(verdicts(life19, history.run())).toEqual({ 'no message handler': ['undecided'], 'onDisconnect runs': ['undecided'] })
})

test('broken: onDisconnect does not run, runs twice, or runs too soon', () => {
  expect(verdicts(life19, gone().settle().absent('c0', 'onDisconnect').run())['onDisconnect runs']).toEqual(['broken'])
  expect(verdicts(life19, gone().settle().disconnects('c0').disconnects('c0').run())['onDisconnect runs']).toEqual(['broken'])
  const { history, settle } = gone()
  history.disconnects('c0')
  expect(verdicts(life19, settle().run())['after onConnect']).toEqual(['broken'])
})

test('broken: a subscription remains', () => {
  const history = gone()
    .settle()
    .disconnects('c0')
    .residue([], [['t', 'id-c0']])
  expect(verdicts(life19, history.run())['nothing remains']).toEqual(['broken'])
})

test('an onConnect that fails calls for no onDisconnect', () => {
  expect(verdicts(life19, gone().settle(threw()).residue().run())).toEqual({ 'no message handler': ['kept'] })
})

test('not exercised: the client stays until onConnect has settled', () => {
  expect(verdicts(life19, new EndingLiteral().connect('c0').ends('c0').disconnects('c0').run())).toEqual({})
})
