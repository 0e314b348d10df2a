import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import type { Op } from '../../probe/ops.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { sub01, sub02, sub03, sub04 } from './subscribing.ts'

const sub: Op = { op: 'subscribe', topic: 't' }
const un: Op = { op: 'unsubscribe', topic: 't' }
const copy = { m: '1' }

/** c0 does these, then the host publishes. */
function after(...ops: Op[]): Literal {
  const history = new Literal().connect('c0')
  for (const op of ops) history.act('c0', [op])
  return history.hostPublish('t', copy)
}

test('SUB-01: subscribed by a message', () => {
  expect(verdicts(sub01, after(sub).receive('c0', copy).fence('c0').run())).toEqual({ 'by a message': ['kept'] })
  expect(verdicts(sub01, after(sub).fence('c0').run())).toEqual({ 'by a message': ['broken'] })
  expect(verdicts(sub01, after(sub).run())).toEqual({ 'by a message': ['undecided'] })
  expect(verdicts(sub01, after(sub, un).fence('c0').run())).toEqual({})
})

test('SUB-01: subscribed by onConnect', () => {
  const connecting = (): Literal => {
    const history = new Literal()
    history.client({
      at: 'client',
      kind: 'invoke',
      conn: 'c0',
      step: '1.c',
      action: { do: 'connect', client: 0, channel: 'main' },
    })
    const call = history.enter('c0', '1.c', { handler: 'onConnect' })
    history.op(call, sub).leave(call)
    return history
      .client({ at: 'client', kind: 'open', conn: 'c0', step: '1.c', protocol: '' })
      .client({ at: 'client', kind: 'ack', conn: 'c0', step: '1.c' })
      .hostPublish('t', copy)
  }
  expect(verdicts(sub01, connecting().receive('c0', copy).run())).toEqual({ 'by onConnect': ['kept'] })
  expect(verdicts(sub01, connecting().fence('c0').run())).toEqual({ 'by onConnect': ['broken'] })
})

test('SUB-01: who closes by itself owes only what came before', () => {
  const history = after(sub)
  history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1011, reason: '' })
  expect(verdicts(sub01, history.run())).toEqual({ 'by a message': ['undecided'] })
})

test('SUB-02: nothing once it has unsubscribed', () => {
  expect(verdicts(sub02, after(sub, un).fence('c0').run())).toEqual({ 'nothing more': ['kept'] })
  expect(verdicts(sub02, after(sub, un).receive('c0', copy).run())).toEqual({ 'nothing more': ['broken'] })
  expect(verdicts(sub02, after(sub, un).run())).toEqual({ 'nothing more': ['undecided'] })
  expect(verdicts(sub02, after(sub, un, sub).receive('c0', copy).run())).toEqual({})
  expect(verdicts(sub02, after(sub, sub, un).receive('c0', copy).run())).toEqual({})
})

test('SUB-03: twice is once', () => {
  expect(verdicts(sub03, after(sub, sub).receive('c0', copy).fence('c0').run())).toEqual({ 'one copy': ['kept'] })
  expect(verdicts(sub03, after(sub, sub).receive('c0', copy).receive('c0', copy).run())).toEqual({ 'one copy': ['broken'] })
  expect(verdicts(sub03, after(sub, sub, un).fence('c0').run())).toEqual({ 'one unsubscribe': ['kept'] })
  expect(verdicts(sub03, after(sub, sub, un).receive('c0', copy).run())).toEqual({ 'one unsubscribe': ['broken'] })
  expect(verdicts(sub03, after(sub, sub, un).run())).toEqual({ 'one unsubscribe': ['undecided'] })
  expect(verdicts(sub03, after(sub).receive('c0', copy).receive('c0', copy).run())).toEqual({})
})

test('SUB-04: a needless unsubscribe is no error', () => {
  const needless = (outcome: Outcome): Literal => {
    const history = new Literal().connect('c0')
    const call = history.enter('c0', history.message('c0', {}))
    return history.op(call, un, outcome).leave(call)
  }
  expect(verdicts(sub04, needless({ outcome: 'ok' }).run())).toEqual({ 'no error': ['kept'] })
  expect(
    verdicts(sub04, needless({ outcome: 'rejected', error: { name: 'Error', message: '', typeError: false } }).run()),
  ).toEqual({ 'no error': ['broken'] })
  expect(verdicts(sub04, after(sub, un).run())).toEqual({})
})

test('SUB-04: it changes nothing for another', () => {
  const touched = (): Literal => {
    const history = new Literal().connect('c0').connect('c1')
    history.act('c0', [sub])
    history.act('c1', [un])
    return history.hostPublish('t', copy)
  }
  expect(verdicts(sub04, touched().receive('c0', copy).run())).toEqual({ 'no error': ['kept'], 'changes nothing': ['kept'] })
  expect(verdicts(sub04, touched().fence('c0').run())).toEqual({ 'no error': ['kept'], 'changes nothing': ['broken'] })
  expect(verdicts(sub04, touched().run())).toEqual({ 'no error': ['kept'], 'changes nothing': ['undecided'] })
})
