import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { send09 } from './closed.ts'
import { ok, rejected } from './testing.ts'

/** A handler closes its channel and then sends. */
function closes(outcome: Outcome | null): Literal {
  const history = new Literal().connect('c0')
  const step = history.message('c0', { action: 'probe' })
  const call = history.enter('c0', step)
  history.end(call, history.begin(call, { op: 'close' }), 'close', ok, 'closed')
  const index = history.begin(call, {
    op: 'send',
    value: { m: 's' },
    mode: outcome === null ? 'float' : 'await',
  })
  if (outcome !== null) history.end(call, index, 'send', outcome, 'closed')
  return history.leave(call, undefined, 'closed')
}
const closed = (history: Literal): Literal =>
  history.client({
    at: 'client',
    kind: 'closed',
    conn: 'c0',
    code: 1000,
    reason: '',
  })
const refused = rejected('ChannelClosedError')

test('kept: it rejects and nothing arrives', () => {
  expect(verdicts(send09, closed(closes(refused)).run())).toEqual({
    rejects: ['kept'],
    'delivers nothing': ['kept'],
  })
})

test('broken: it resolves, rejects with something else, or is delivered', () => {
  expect(verdicts(send09, closed(closes(ok)).run()).rejects).toEqual(['broken'])
  expect(verdicts(send09, closed(closes(rejected('Error'))).run()).rejects).toEqual(['broken'])
  expect(verdicts(send09, closed(closes(refused).receive('c0', { m: 's' })).run())['delivers nothing']).toEqual(['broken'])
})

test('left unawaited: nobody is told, or the process is', () => {
  expect(verdicts(send09, closed(closes(null)).run())['left unawaited']).toEqual(['kept'])
  const fault = closed(closes(null)).server({
    at: 'server',
    kind: 'fault',
    what: 'unhandledRejection',
    message: 'ChannelClosedError: Channel is closed',
  })
  expect(verdicts(send09, fault.run())['left unawaited']).toEqual(['broken'])
})

test('not exercised: the channel was open, or the value could not have been sent; unknown: the connection goes on', () => {
  const open = new Literal().connect('c0')
  open.act('c0', [{ op: 'send', value: { m: 's' } }])
  expect(verdicts(send09, open.run())).toEqual({})
  expect(verdicts(send09, closes(refused).run())).toEqual({
    rejects: ['kept'],
  })
  expect(verdicts(send09, closes(null).run())).toEqual({})
})

test('where every event may meet a fresh process, what one handler closed another may not know of', () => {
  const history = new Literal().connect('c0')
  const closing = history.enter('c0', history.message('c0', {}))
  const other = history.enter('c0', history.message('c0', {}))
  history.end(closing, history.begin(closing, { op: 'close' }), 'close', ok, 'closed')
  history
    .op(other, { op: 'send', value: { m: 's' } })
    .leave(other)
    .leave(closing, ok, 'closed')
  history.receive('c0', { m: 's' })
  expect(verdicts(send09, closed(history).run()).rejects).toEqual(['broken'])
  expect(verdicts(send09, closed(history).run({ capabilities: ['stateless'] }))).toEqual({})
})
