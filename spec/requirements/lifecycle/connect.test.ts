import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import type { Json } from '../../values.ts'
import { life06, life07, life08 } from './connect.ts'

const returned: Outcome = { outcome: 'ok', value: { m: 'r' } }

/** An onConnect that holds at a gate while its client sends two messages; gives back their steps. */
function pending(): { history: Literal; onConnect: number; first: string; second: string; open(): void } {
  const history = new Literal().connect('c0', {}, false)
  const onConnect = history.enter('c0', '1.0', { handler: 'onConnect', state: 'initial' })
  const hold = history.begin(onConnect, { op: 'hold', gate: 'g' })
  const first = history.message('c0', { action: 'probe', n: 1 })
  const second = history.message('c0', { action: 'probe', n: 2 })
  const open = (): void => {
    history.client({ at: 'client', kind: 'gate', name: 'g' })
    history.end(onConnect, hold, 'hold')
  }
  return { history, onConnect, first, second, open }
}

test('LIFE-06 kept: once, and before any message handler', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [])
  expect(verdicts(life06, history.fence('c0').run())).toEqual({
    'exactly once': ['kept'],
    'before any message handler': ['kept'],
  })
})

test('LIFE-06 broken: twice, never, late', () => {
  const twice = new Literal().connect('c0')
  twice.leave(twice.enter('c0', '1.0', { handler: 'onConnect' }))
  expect(verdicts(life06, twice.run())['exactly once']).toEqual(['broken'])
  expect(verdicts(life06, new Literal().connect('c0', {}, false).fence('c0').run())['exactly once']).toEqual(['broken'])
  const late = new Literal().connect('c0', {}, false)
  late.act('c0', [])
  late.leave(late.enter('c0', '1.0', { handler: 'onConnect' }))
  expect(verdicts(life06, late.run())['before any message handler']).toEqual(['broken'])
})

test('LIFE-06 not exercised: nothing shows that the connection was served, no onConnect, middleware', () => {
  expect(verdicts(life06, new Literal().connect('c0', {}, false).run())).toEqual({})
  expect(verdicts(life06, new Literal().connect('c0', { channel: 'bare' }, false).fence('c0').run())).toEqual({})
  expect(verdicts(life06, new Literal().connect('c0', { middleware: {} }, false).fence('c0').run())).toEqual({})
})

test('LIFE-07 kept: what was sent meanwhile is handled after, in order', () => {
  const { history, onConnect, first, second, open } = pending()
  open()
  history.leave(onConnect)
  history.leave(history.enter('c0', first)).leave(history.enter('c0', second))
  expect(verdicts(life07, history.fence('c0').run())).toEqual({
    'waits for onConnect': ['kept', 'kept'],
    'held in order': ['kept'],
    'none lost': ['kept', 'kept'],
  })
})

test('LIFE-07 broken: one starts too early, they are turned round, one is lost', () => {
  const early = pending()
  early.history.leave(early.history.enter('c0', early.first))
  early.open()
  early.history.leave(early.onConnect)
  expect(verdicts(life07, early.history.run())['waits for onConnect']).toEqual(['broken'])
  const turned = pending()
  turned.open()
  turned.history.leave(turned.onConnect)
  turned.history.leave(turned.history.enter('c0', turned.second)).leave(turned.history.enter('c0', turned.first))
  expect(verdicts(life07, turned.history.run())['held in order']).toEqual(['broken'])
  const lost = pending()
  lost.open()
  lost.history.leave(lost.onConnect)
  lost.history.leave(lost.history.enter('c0', lost.second))
  expect(verdicts(life07, lost.history.fence('c0').run())['none lost']).toEqual(['broken', 'kept'])
  expect(
    verdicts(life07, lost.history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1008, reason: '' }).run())[
      'none lost'
    ],
  ).toEqual(['broken', 'kept'])
})

test('LIFE-07 unknown and not exercised: sent after onConnect, or to a connection that ended', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [])
  expect(verdicts(life07, history.fence('c0').run())).toEqual({ 'waits for onConnect': ['undecided'] })
  const { history: ended, onConnect, open } = pending()
  open()
  ended.leave(onConnect).client({ at: 'client', kind: 'closed', conn: 'c0', code: 1008, reason: '' })
  expect(verdicts(life07, ended.run())).toEqual({})
})

/** An onConnect that sends and returns, and a message sent meanwhile; what arrives is the test's. */
function returning(): Literal {
  const { history, onConnect, first, open } = pending()
  open()
  history.op(onConnect, { op: 'send', value: { m: 's' } }).leave(onConnect, returned)
  return history.leave(history.enter('c0', first), { outcome: 'ok', value: { m: 'a' } })
}

test('LIFE-08 kept: sent, after its own sends, before the reply', () => {
  const history = returning().receive('c0', { m: 's' }).receive('c0', { m: 'r' }).receive('c0', { action: 'probe', m: 'a' })
  expect(verdicts(life08, history.fence('c0').run())).toEqual({
    sent: ['kept'],
    'after what it sent itself': ['kept'],
    'before any reply': ['kept'],
  })
})

test('LIFE-08 broken: lost, before its own sends, after the reply', () => {
  expect(verdicts(life08, returning().fence('c0').run()).sent).toEqual(['broken'])
  const turned = returning().receive('c0', { m: 'r' }).receive('c0', { m: 's' })
  expect(verdicts(life08, turned.run())['after what it sent itself']).toEqual(['broken'])
  const late = returning().receive('c0', { action: 'probe', m: 'a' }).receive('c0', { m: 'r' })
  expect(verdicts(life08, late.run())['before any reply']).toEqual(['broken'])
})

test('LIFE-08 not exercised: nothing returned, or the connection ended first', () => {
  expect(verdicts(life08, new Literal().connect('c0').fence('c0').run())).toEqual({})
  expect(verdicts(life08, returning().run())).toEqual({})
})

/** The handshake is completed once onConnect, which waited at a gate, is over; then the client sends one message. */
function afterwards(handled: boolean): Literal {
  const history = new Literal().connect('c0', {}, false)
  const call = history.enter('c0', '1.c0', { handler: 'onConnect' })
  history.end(call, history.begin(call, { op: 'hold', gate: 'g' }), 'hold')
  history.leave(call)
  history.client({ at: 'client', kind: 'open', conn: 'c0', protocol: '' })
  const step = history.message('c0', {})
  return handled ? history.leave(history.enter('c0', step)) : history
}

test('LIFE-07: where nothing can be sent meanwhile, the first message after the handshake must be handled', () => {
  expect(verdicts(life07, afterwards(true).fence('c0').run())['none lost']).toEqual(['kept'])
  expect(verdicts(life07, afterwards(false).fence('c0').run())['none lost']).toEqual(['broken'])
})

test('LIFE-08: behind an output schema it is lost where nothing of it has come', () => {
  const greeted = (value: Json, ...receives: Json[]): unknown => {
    const history = new Literal().connect('c0', { channel: 'shaped' }, false)
    history.leave(history.enter('c0', '1.0', { handler: 'onConnect', state: 'initial' }), { outcome: 'ok', value })
    for (const each of receives) history.receive('c0', each)
    return verdicts(life08, history.fence('c0').run()).sent
  }
  const full = { m: '1', kept: 1, passwordHash: 'x' }
  expect(greeted(full)).toEqual(['broken'])
  expect(greeted(full, { m: '1', kept: 1 })).toEqual(['kept'])
  // As it should not have come, or not at all: SEND-13 says which.
  expect(greeted(full, full)).toBeUndefined()
  expect(greeted({ m: '1', bad: true })).toBeUndefined()
})
