import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { pub05 } from './copies.ts'

const send = { op: 'send', value: { m: '1' } } as const

function sent(): Literal {
  const history = new Literal().connect('c0')
  history.act('c0', [send])
  return history.receive('c0', { m: '1' })
}

test('kept: everything answers to something, once', () => {
  expect(verdicts(pub05, sent().fence('c0').run())).toEqual({ 'at most once': ['kept'], 'nothing from nowhere': ['kept'] })
})

test('broken: a send, a reply or a publish comes twice', () => {
  expect(verdicts(pub05, sent().receive('c0', { m: '1' }).run())['at most once']).toEqual(['broken'])
  expect(verdicts(pub05, sent().receive('c0', { action: 'probe' }).run())['at most once']).toEqual(['broken'])
  const history = new Literal().connect('c0')
  history.act('c0', [
    { op: 'subscribe', topic: 't' },
    { op: 'publish', topic: 't', exclude: null, value: { m: '2' } },
  ])
  expect(verdicts(pub05, history.receive('c0', { m: '2' }).receive('c0', { m: '2' }).run())['at most once']).toEqual(['broken'])
})

test('broken: a message that nothing is left to be the cause of', () => {
  expect(verdicts(pub05, sent().receive('c0', 'hello').run())['nothing from nowhere']).toEqual(['broken'])
})

test('not broken: a message may be the damaged form of one that is missing', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [send])
  expect(verdicts(pub05, history.receive('c0', { m: '1', damaged: true }).fence('c0').run())['nothing from nowhere']).toEqual([
    'kept',
  ])
})

test('not exercised: middleware decides what is sent, or nothing was received', () => {
  const history = new Literal().connect('c0', { middleware: {} })
  expect(verdicts(pub05, history.receive('c0', 'hello').run())).toEqual({})
  expect(verdicts(pub05, new Literal().connect('c0').run())).toEqual({})
})

test('unknown: what names another program came late, and was missed there', () => {
  expect(verdicts(pub05, sent().receive('c0', { m: '7.3.0' }).run())).toEqual({})
})

test('broken: a second copy of what the channel was given in an earlier program', () => {
  const late = sent().receive('c0', { m: '7.3.0' })
  const ledger = (key: string) => ({ channelIds: new Map(), received: new Map([[key, 7]]) })
  const found = [...pub05.judge(late.run({ ledger: ledger('id-c0 {"m":"7.3.0"}') }))]
  expect(found).toMatchObject([{ clause: 'at most once', verdict: 'broken', ledger: true }])
  expect(verdicts(pub05, late.run({ ledger: ledger('id-c1 {"m":"7.3.0"}') }))).toEqual({})
})
