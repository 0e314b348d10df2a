import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import { EndingLiteral } from '../../testing/ending-literal.ts'
import { verdicts } from '../../testing/literal.ts'
import { life21 } from './later.ts'

const refused = { outcome: 'rejected', error: { name: 'ChannelClosedError', message: '', typeError: false } } as const
const send: Op = { op: 'send', value: { m: 's' } }
const publish: Op = { op: 'publish', topic: 't', exclude: null, value: { m: 'p' } }

/** c0's handler has settled, and `op` is performed afterwards. */
function afterwards(op: Op, outcome: { outcome: 'ok' } | typeof refused = { outcome: 'ok' }): EndingLiteral {
  const history = new EndingLiteral().connect('c0')
  const step = history.act('c0', [{ op: 'subscribe', topic: 't' }])
  const call = history.enter('c0', step, { handler: 'armed' })
  return history.op(call, op, outcome).leave(call)
}

/** A fence that was sent now, and answered. */
function fenced(history: EndingLiteral): EndingLiteral {
  history.client({ at: 'client', kind: 'message', conn: 'c0', step: 'f', data: { text: '{"action":"fence","fence":"f"}' } })
  return history.client({ at: 'client', kind: 'fenced', conn: 'c0', step: 'f' })
}

test.each([
  ['send', send, 's'],
  ['publish', publish, 'p'],
] as const)('%s: kept, broken by a refusal, broken by silence, undecided or unsaid without a fence', (clause, op, marker) => {
  expect(verdicts(life21, fenced(afterwards(op).receive('c0', { m: marker })).run())).toEqual({ [clause]: ['kept'] })
  expect(verdicts(life21, fenced(afterwards(op, refused)).run())).toEqual({ [clause]: ['broken'] })
  expect(verdicts(life21, fenced(afterwards(op)).run())).toEqual({ [clause]: ['broken'] })
  expect(verdicts(life21, afterwards(op).run())).toEqual({})
})

test('a send to a client that is leaving is undecided', () => {
  const history = new EndingLiteral().connect('c0').ends('c0')
  const call = history.enter('c0', '1.0', { handler: 'armed' })
  expect(verdicts(life21, history.op(call, send, refused).leave(call).run())).toEqual({ send: ['undecided'] })
})

test('close: kept, and broken where the socket stays open or the call is refused', () => {
  const closing: Op = { op: 'close' }
  expect(verdicts(life21, afterwards(closing).closed('c0').run())).toEqual({ close: ['kept'] })
  expect(verdicts(life21, afterwards(closing).absent('c0', 'the close').run())).toEqual({ close: ['broken'] })
  expect(verdicts(life21, afterwards(closing, refused).closed('c0').run())).toEqual({ close: ['broken'] })
  expect(verdicts(life21, afterwards(closing).run())).toEqual({})
})

test('close: broken where only its client closes the socket, whatever became of the call; not where the client left first', () => {
  const closing: Op = { op: 'close' }
  for (const call of [{ outcome: 'ok' } as const, refused])
    expect(verdicts(life21, afterwards(closing, call).absent('c0', 'the close').ends('c0').run())).toEqual({ close: ['broken'] })
  expect(verdicts(life21, afterwards(closing).ends('c0', 'close', null).absent('c0', 'the close').closed('c0').run())).toEqual({})
})

test('not exercised: everything is done within the handler', () => {
  const history = new EndingLiteral().connect('c0')
  history.act('c0', [send])
  expect(verdicts(life21, fenced(history).run())).toEqual({})
})
