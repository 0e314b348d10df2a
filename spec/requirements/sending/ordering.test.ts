import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { send07 } from './ordering.ts'
import { act } from './testing.ts'

const a: Op = { op: 'send', value: { m: 'a' } }
const b: Op = { op: 'send', value: { m: 'b' } }
const fresh = (): Literal => new Literal().connect('c0', {}, false)

test('one handler: in the order of its calls', () => {
  const run = (...receives: { m: string }[]) => {
    const history = fresh()
    act(history, {
      ops: [
        [a, null],
        [b, null],
      ],
      receives,
    })
    return history.run()
  }
  expect(verdicts(send07, run({ m: 'a' }, { m: 'b' }))).toEqual({
    'one handler': ['kept'],
  })
  expect(verdicts(send07, run({ m: 'b' }, { m: 'a' }))).toEqual({
    'one handler': ['broken'],
  })
  expect(verdicts(send07, run({ m: 'a' }))).toEqual({})
})

test('one handler: a reply after its publish', () => {
  const run = (...receives: { [key: string]: string }[]) => {
    const history = fresh()
    act(history, {
      ops: [
        { op: 'subscribe', topic: 't' },
        { op: 'publish', topic: 't', exclude: null, value: { m: 'p' } },
      ],
      returns: { m: 'r' },
      receives,
    })
    return history.run()
  }
  expect(verdicts(send07, run({ m: 'p' }, { m: 'r', action: 'probe' }))).toEqual({ 'one handler': ['kept'] })
  expect(verdicts(send07, run({ m: 'r', action: 'probe' }, { m: 'p' }))).toEqual({ 'one handler': ['broken'] })
})

test('different handlers: where the first call had resolved', () => {
  const run = (ended: boolean, ...received: { m: string }[]) => {
    const history = fresh()
    act(history, { ops: [[a, ended ? { outcome: 'ok' } : null]] })
    act(history, { ops: [b] })
    for (const each of received) history.receive('c0', each)
    return history.run()
  }
  expect(verdicts(send07, run(true, { m: 'a' }, { m: 'b' }))).toEqual({
    'different handlers': ['kept'],
  })
  expect(verdicts(send07, run(true, { m: 'b' }, { m: 'a' }))).toEqual({
    'different handlers': ['broken'],
  })
  expect(verdicts(send07, run(false, { m: 'b' }, { m: 'a' }))).toEqual({})
})
