import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { send06 } from './snapshots.ts'
import { act } from './testing.ts'

const sent: Op = { op: 'send', value: { m: 's' }, then: 'mutate' }
const changed = { m: 's', mutated: true }
const fresh = (): Literal => new Literal().connect('c0', {}, false)

function sends(...receives: Parameters<typeof act>[1]['receives'] & object): Literal {
  const history = fresh()
  act(history, { ops: [sent], receives })
  return history
}

function returns(receives: { [key: string]: string | boolean }): Literal {
  const history = fresh()
  const step = history.message('c0', { action: 'probe' })
  const call = history.enter('c0', step)
  history.op(call, { op: 'return', value: { m: 'r' }, then: 'mutate' }).leave(call, { outcome: 'ok', value: { m: 'r' } })
  return history.receive('c0', receives).fence('c0')
}

test('what was sent arrives as it was, or as it became', () => {
  expect(verdicts(send06, sends({ m: 's' }, { action: 'probe' }).fence('c0').run())).toEqual({
    'a later change of what was sent': ['kept'],
  })
  expect(verdicts(send06, sends(changed, { action: 'probe' }).fence('c0').run())).toEqual({
    'a later change of what was sent': ['broken'],
  })
})

test('what was returned arrives as it was, or as it became', () => {
  expect(verdicts(send06, returns({ m: 'r', action: 'probe' }).run())).toEqual({
    'a later change of what was returned': ['kept'],
  })
  expect(verdicts(send06, returns({ m: 'r', mutated: true, action: 'probe' }).run())).toEqual({
    'a later change of what was returned': ['broken'],
  })
})

test('a value is as it was, or has been changed', () => {
  const watched = (value: { [key: string]: string }): Literal => {
    const history = fresh()
    act(history, {
      ops: [
        [
          { op: 'send', value: { m: 's' }, then: 'watch' },
          { outcome: 'ok', value },
        ],
      ],
    })
    return history
  }
  expect(verdicts(send06, watched({ m: 's' }).run())).toEqual({
    'nothing is changed': ['kept'],
  })
  expect(verdicts(send06, watched({ m: 's', action: 'probe' }).run())).toEqual({
    'nothing is changed': ['broken'],
  })
})

test('not exercised: nothing is changed, or the message is lost; unknown: it may still come', () => {
  const plain = fresh()
  act(plain, {
    ops: [{ op: 'send', value: { m: 's' } }],
    receives: [{ m: 's' }],
  })
  expect(verdicts(send06, plain.fence('c0').run())).toEqual({})
  expect(verdicts(send06, sends({ action: 'probe' }).fence('c0').run())).toEqual({})
  expect(verdicts(send06, sends().run())).toEqual({})
})
