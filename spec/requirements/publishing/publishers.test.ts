import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { pub09, pub11 } from './publishers.ts'

const subscribe = { op: 'subscribe', topic: 't' } as const
const publish = { op: 'publish', topic: 't', exclude: null, value: { m: '1' } } as const
const rejected: Outcome = { outcome: 'rejected', error: { name: 'Error', message: 'no', typeError: false } }

function hosted(): Literal {
  const history = new Literal().connect('c0')
  history.act('c0', [subscribe])
  return history.hostPublish('t', { m: '1' })
}

test('PUB-09: from the host', () => {
  expect(verdicts(pub09, hosted().receive('c0', { m: '1' }).fence('c0').run())).toEqual({
    'from the host': ['kept'],
    'the host resolves': ['kept'],
  })
  expect(verdicts(pub09, hosted().fence('c0').run())['from the host']).toEqual(['broken'])
  expect(verdicts(pub09, hosted().run())['from the host']).toEqual(['undecided'])
  const history = new Literal().client({
    at: 'client',
    kind: 'invoke',
    step: '1.p',
    action: { do: 'publish', topic: 't', exclude: null, value: { m: '1' } },
  })
  expect(verdicts(pub09, history.run())).toEqual({})
  expect(verdicts(pub09, history.client({ at: 'client', kind: 'hosted', step: '1.p', outcome: 'rejected' }).run())).toEqual({
    'the host resolves': ['broken'],
  })
})

test('PUB-09: without subscribing', () => {
  const history = new Literal().connect('c0').connect('c1')
  history.act('c0', [subscribe])
  history.act('c1', [publish])
  expect(verdicts(pub09, history.run())).toEqual({ 'without subscribing': ['undecided'] })
  expect(verdicts(pub09, history.fence('c0').run())).toEqual({ 'without subscribing': ['broken'] })
  expect(verdicts(pub09, history.receive('c0', { m: '1' }).run())).toEqual({ 'without subscribing': ['kept'] })
})

test('PUB-09: before listening', () => {
  const started = (outcome: 'ok' | 'rejected'): Literal =>
    new Literal()
      .client({ at: 'client', kind: 'invoke', step: '1.0', action: { do: 'start', variant: 'publishes before it listens' } })
      .client({ at: 'client', kind: 'hosted', step: '1.0', outcome })
  expect(verdicts(pub09, started('ok').run())).toEqual({ 'before listening': ['kept'] })
  expect(verdicts(pub09, started('rejected').run())).toEqual({ 'before listening': ['broken'] })
  expect(verdicts(pub09, new Literal().connect('c0').run())).toEqual({})
})

test('PUB-11: to nobody, ever or any more', () => {
  const to = (outcome: Outcome, ...before: ('subscribe' | 'unsubscribe')[]): Literal => {
    const history = new Literal().connect('c0').connect('c1')
    for (const op of before) history.act('c1', [{ op, topic: 't' }])
    const step = history.message('c0', {})
    const call = history.enter('c0', step)
    history.op(call, publish, outcome)
    return history.leave(call)
  }
  expect(verdicts(pub11, to({ outcome: 'ok' }).run())).toEqual({ 'nobody ever': ['kept'] })
  expect(verdicts(pub11, to(rejected).run())).toEqual({ 'nobody ever': ['broken'] })
  expect(verdicts(pub11, to({ outcome: 'ok' }, 'subscribe', 'unsubscribe').run())).toEqual({ 'nobody any more': ['kept'] })
  expect(verdicts(pub11, to(rejected, 'subscribe', 'unsubscribe').run())).toEqual({ 'nobody any more': ['broken'] })
  expect(verdicts(pub11, to(rejected, 'subscribe').run())).toEqual({})
})
