import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { life15 } from './ordering.ts'

/** Two messages sent one after the other before either is handled. */
function pipelined(): { history: Literal; first: string; second: string } {
  const history = new Literal().connect('c0')
  const first = history.message('c0', { action: 'probe', n: 1 })
  const second = history.message('c0', { action: 'probe', n: 2 })
  return { history, first, second }
}

test('kept: the second starts when the first has settled', () => {
  const { history, first, second } = pipelined()
  const call = history.enter('c0', first)
  const held = history.begin(call, { op: 'hold', gate: 'g' })
  history.client({ at: 'client', kind: 'gate', name: 'g' })
  history.end(call, held, 'hold').leave(call)
  history.leave(history.enter('c0', second))
  expect(verdicts(life15, history.run())).toEqual({ 'in the order sent': ['kept'], 'one at a time': ['kept'] })
})

test('broken: they overlap', () => {
  const { history, first, second } = pipelined()
  const one = history.enter('c0', first)
  const two = history.enter('c0', second)
  history.leave(one).leave(two)
  expect(verdicts(life15, history.run())).toEqual({ 'in the order sent': ['kept'], 'one at a time': ['broken'] })
})

test('broken: the second is handled first', () => {
  const { history, first, second } = pipelined()
  history.leave(history.enter('c0', second))
  history.leave(history.enter('c0', first))
  expect(verdicts(life15, history.run())['in the order sent']).toEqual(['broken'])
})

test('not exercised: one message', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [])
  expect(verdicts(life15, history.run())).toEqual({})
})

test('unknown: nothing shows that the second was sent before the first was over', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [])
  history.act('c0', [])
  expect(verdicts(life15, history.run())).toEqual({ 'in the order sent': ['kept'], 'one at a time': ['undecided'] })
})
