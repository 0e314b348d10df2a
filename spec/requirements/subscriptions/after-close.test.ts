import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import type { Op } from '../../probe/ops.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { sub08, sub09, sub12 } from './after-close.ts'

const sub: Op = { op: 'subscribe', topic: 't' }
const publish: Op = { op: 'publish', topic: 't', exclude: null, value: { m: '1' } }
const copy = { m: '1' }

/** c0 was subscribed and closed; its client is back. */
function back(channelId = 'id-c0+1'): Literal {
  const history = new Literal().connect('c0')
  history.act('c0', [sub])
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: '1.x', action: { do: 'close' } })
  history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
  history.connect('c0+1', {}, false)
  history.leave(history.enter('c0+1', history.message('c0+1', {}), { channelId }))
  return history
}

test('SUB-08: another id, and nothing of the earlier subscriptions', () => {
  expect(verdicts(sub08, back().hostPublish('t', copy).fence('c0+1').run())).toEqual({
    'a new channel': ['kept'],
    'no subscriptions': ['kept'],
  })
  expect(verdicts(sub08, back().hostPublish('t', copy).receive('c0+1', copy).run())).toEqual({
    'a new channel': ['kept'],
    'no subscriptions': ['broken'],
  })
  expect(verdicts(sub08, back().hostPublish('t', copy).run())).toEqual({
    'a new channel': ['kept'],
    'no subscriptions': ['undecided'],
  })
  expect(verdicts(sub08, back('id-c0').run())['a new channel']).toEqual(['broken'])
  expect(verdicts(sub08, new Literal().connect('c0').hostPublish('t', copy).fence('c0').run())).toEqual({})
})

/** c0 and c1 are subscribed; c0 closes itself, and its onDisconnect does this. */
function parting(op: Op, outcome: Outcome = { outcome: 'ok' }): Literal {
  const history = new Literal().connect('c0').connect('c1')
  history.act('c0', [sub])
  history.act('c1', [sub])
  const step = history.act('c0', [{ op: 'close' }])
  const call = history.enter('c0', undefined, { handler: 'onDisconnect' })
  history.op(call, op, outcome).leave(call)
  return history.client({ at: 'client', kind: 'ack', conn: 'c0', step })
}
const closed = (history: Literal): Literal => history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })

test('SUB-09: what onDisconnect publishes', () => {
  expect(verdicts(sub09, closed(parting(publish)).receive('c1', copy).run())).toEqual({
    'never the closed channel': ['kept'],
    'the others': ['kept'],
  })
  expect(verdicts(sub09, closed(parting(publish)).fence('c1').run())).toEqual({
    'never the closed channel': ['kept'],
    'the others': ['broken'],
  })
  expect(verdicts(sub09, parting(publish).receive('c0', copy).run())).toEqual({
    'never the closed channel': ['broken'],
    'the others': ['undecided'],
  })
})

test('SUB-09: what onDisconnect unsubscribes; not exercised by other handlers', () => {
  const un: Op = { op: 'unsubscribe', topic: 't' }
  expect(verdicts(sub09, parting(un).run())).toEqual({ 'harmless unsubscribes': ['kept'] })
  expect(
    verdicts(
      sub09,
      parting(un, { outcome: 'rejected', error: { name: 'ChannelClosedError', message: '', typeError: false } }).run(),
    ),
  ).toEqual({ 'harmless unsubscribes': ['broken'] })
  const history = new Literal().connect('c0')
  history.act('c0', [sub, publish, un])
  expect(verdicts(sub09, history.run())).toEqual({})
})

/** c0 is subscribed, closes itself, and publishes in the same handler. */
function closing(handler = 'action:probe'): Literal {
  const history = new Literal().connect('c0')
  history.act('c0', [sub])
  const call = history.enter('c0', history.message('c0', {}), { handler })
  history.op(call, { op: 'close' }).op(call, publish).leave(call)
  return history
}
const over = (history: Literal): Literal => closed(history.leave(history.enter('c0', undefined, { handler: 'onDisconnect' })))

test('SUB-12: a publish after close()', () => {
  expect(verdicts(sub12, over(closing()).run())).toEqual({ 'after close()': ['kept'] })
  expect(verdicts(sub12, over(closing().receive('c0', copy)).run())).toEqual({ 'after close()': ['broken'] })
})

test('SUB-12: the client sees its socket close before the kit learns of the close()', () => {
  /** c0's close() and its publish, both after its client has seen the socket close; in `order`. */
  const seenLate = (order: Op[]): Literal => {
    const history = new Literal().connect('c0')
    history.act('c0', [sub])
    const step = history.message('c0', {})
    closed(history)
    const call = history.enter('c0', step)
    for (const op of order) history.op(call, op)
    return history.leave(call).leave(history.enter('c0', undefined, { handler: 'onDisconnect' }))
  }
  expect(verdicts(sub12, seenLate([{ op: 'close' }, publish]).run())).toEqual({ 'after close()': ['kept'] })
  expect(verdicts(sub12, seenLate([publish, { op: 'close' }]).run())).toEqual({})
  expect(verdicts(sub12, seenLate([publish]).run())).toEqual({})
})

test('SUB-12 not exercised: closed in onConnect, published before, or not over', () => {
  expect(verdicts(sub12, over(closing('onConnect').receive('c0', copy)).run())).toEqual({})
  const history = new Literal().connect('c0')
  history.act('c0', [sub, publish, { op: 'close' }])
  expect(verdicts(sub12, over(history).run())).toEqual({})
  expect(verdicts(sub12, closing().run())).toEqual({})
})

test('SUB-12 [stateless]: a publish started when onDisconnect has started is not tried', () => {
  const removed = (tried: boolean): PlatformLiteral => {
    const history = new PlatformLiteral().connect('c0').connect('c1')
    history.act('c0', [{ op: 'subscribe', topic: '1:t' }])
    history.ends('c0').disconnects('c0')
    history.act('c1', [{ op: 'publish', topic: '1:t', exclude: null, value: { m: '1.p' } }])
    if (tried) history.posts('c0', { m: '1.p' }, { status: 410 })
    return history
  }
  const clause = 'after its removal'
  expect(verdicts(sub12, removed(false).run())[clause]).toEqual(['kept'])
  expect(verdicts(sub12, removed(true).run())[clause]).toEqual(['broken'])
  const killed = removed(true)
  killed.returned(killed.invoked('disconnect', 'c0'), { outcome: 'killed' })
  expect(verdicts(sub12, killed.run())[clause]).toBeUndefined()
})

const stateless = { capabilities: ['stateless' as const] }

test('SUB-12: a subscribe beside the end, or a publish before the removal, decides nothing', () => {
  const beside = new PlatformLiteral()
  beside.connect('c0')
  beside.act('c0', [sub])
  beside.ends('c0', 'close', null)
  beside.act('c0', [sub])
  beside.leave(beside.enter('c0', undefined, { handler: 'onDisconnect' }))
  expect(verdicts(sub12, beside.hostPublish('t', copy).posts('c0', copy, { status: 410 }).run(stateless))).toEqual({})
  const before = new PlatformLiteral()
  before.connect('c0')
  before.act('c0', [sub])
  before.ends('c0', 'close')
  before.hostPublish('t', copy).posts('c0', copy, { status: 410 })
  before.leave(before.enter('c0', undefined, { handler: 'onDisconnect' }))
  expect(verdicts(sub12, before.run(stateless))).toEqual({})
})
