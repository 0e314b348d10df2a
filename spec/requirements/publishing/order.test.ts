import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { pub06, pub07 } from './order.ts'

const subscribe: Op = { op: 'subscribe', topic: 't' }
const publish = (m: string, mode?: 'float'): Op => ({
  op: 'publish',
  topic: 't',
  exclude: null,
  value: { m },
  ...(mode === undefined ? {} : { mode }),
})
const send: Op = { op: 'send', value: { m: 's' } }

/** c0 is subscribed and runs these acts. */
function acts(...of: Op[][]): Literal {
  const history = new Literal().connect('c0')
  history.act('c0', [subscribe])
  for (const ops of of) history.act('c0', ops)
  return history
}

test('PUB-06: two of one handler', () => {
  expect(
    verdicts(
      pub06,
      acts([publish('1'), publish('2')])
        .receive('c0', { m: '1' })
        .receive('c0', { m: '2' })
        .run(),
    ),
  ).toEqual({ 'one handler': ['kept'] })
  expect(
    verdicts(
      pub06,
      acts([publish('1'), publish('2')])
        .receive('c0', { m: '2' })
        .receive('c0', { m: '1' })
        .run(),
    ),
  ).toEqual({ 'one handler': ['broken'] })
})

test('PUB-06: two of one handler after another', () => {
  expect(
    verdicts(
      pub06,
      acts([publish('1')], [publish('2')])
        .receive('c0', { m: '1' })
        .receive('c0', { m: '2' })
        .run(),
    ),
  ).toEqual({ 'one handler after another': ['kept'] })
  expect(
    verdicts(
      pub06,
      acts([publish('1')], [publish('2')])
        .receive('c0', { m: '2' })
        .receive('c0', { m: '1' })
        .run(),
    ),
  ).toEqual({ 'one handler after another': ['broken'] })
})

test('PUB-06 not exercised: one of them is missing; unknown: they overlap', () => {
  expect(
    verdicts(
      pub06,
      acts([publish('1'), publish('2')])
        .receive('c0', { m: '2' })
        .run(),
    ),
  ).toEqual({})
  const history = acts()
  const step = history.message('c0', {})
  const call = history.enter('c0', step)
  const first = history.begin(call, publish('1'))
  const second = history.begin(call, publish('2'))
  history.end(call, first, 'publish').end(call, second, 'publish').leave(call)
  expect(verdicts(pub06, history.receive('c0', { m: '2' }).receive('c0', { m: '1' }).run())).toEqual({})
})

test('PUB-07: a publish before a send', () => {
  expect(
    verdicts(
      pub07,
      acts([publish('1'), send])
        .receive('c0', { m: '1' })
        .receive('c0', { m: 's' })
        .run(),
    ),
  ).toEqual({ awaited: ['kept'] })
  expect(
    verdicts(
      pub07,
      acts([publish('1'), send])
        .receive('c0', { m: 's' })
        .receive('c0', { m: '1' })
        .run(),
    ),
  ).toEqual({ awaited: ['broken'] })
  expect(
    verdicts(
      pub07,
      acts([publish('1', 'float'), send])
        .receive('c0', { m: 's' })
        .receive('c0', { m: '1' })
        .run(),
    ),
  ).toEqual({ unawaited: ['broken'] })
  expect(
    verdicts(
      pub07,
      acts([publish('1', 'float'), send])
        .receive('c0', { m: '1' })
        .receive('c0', { m: 's' })
        .run(),
    ),
  ).toEqual({ unawaited: ['kept'] })
})

test('PUB-07 not exercised: the send came first, or another handler sent', () => {
  expect(
    verdicts(
      pub07,
      acts([send, publish('1')])
        .receive('c0', { m: 's' })
        .receive('c0', { m: '1' })
        .run(),
    ),
  ).toEqual({})
  expect(
    verdicts(
      pub07,
      acts([publish('1')], [send])
        .receive('c0', { m: 's' })
        .receive('c0', { m: '1' })
        .run(),
    ),
  ).toEqual({})
})
