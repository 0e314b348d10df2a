import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless11 } from './store-faults.ts'

const sub = (topic = '1:t'): Op => ({ op: 'subscribe', topic })
const throttled = { do: 'stores', fault: 'throttled', times: 1 }

test('kept: operations resolve, handlers run, publishes arrive and nothing stays', () => {
  const history = new PlatformLiteral().connect('c0').asks(throttled)
  history.act('c0', [sub()])
  history.hostPublish('1:t', { m: 'x' }).receive('c0', { m: 'x' }).fence('c0')
  history.ends('c0').disconnects('c0').residue()
  const found = verdicts(stateless11, history.run())
  expect(Object.keys(found)).toEqual(['throttled'])
  expect(new Set(found.throttled)).toEqual(new Set(['kept']))
})

test('broken: an operation rejects, a handler does not run, a subscription stays', () => {
  const rejects = new PlatformLiteral().connect('c0').asks(throttled)
  const call = rejects.enter('c0', rejects.message('c0', { action: 'probe' }))
  rejects.op(call, sub(), { outcome: 'rejected', error: { name: 'Error', message: 'busy', typeError: false } })
  expect(verdicts(stateless11, rejects.run()).throttled).toContain('broken')

  const silent = new PlatformLiteral().connect('c0').asks(throttled)
  silent.message('c0', { action: 'probe' })
  expect(verdicts(stateless11, silent.run())).toEqual({})
  expect(verdicts(stateless11, silent.idle().run())).toEqual({ throttled: ['broken'] })

  const left = new PlatformLiteral().connect('c0')
  left.act('c0', [sub()])
  left.asks({ do: 'stores', fault: 'partial', times: 1 })
  left
    .ends('c0')
    .disconnects('c0')
    .residue([], [['1:t', 'id-c0']])
  expect(verdicts(stateless11, left.run())).toEqual({ 'in part': ['broken'] })
})

test('broken: a connection is refused', () => {
  const history = new PlatformLiteral().asks(throttled)
  const step = history.nextStep()
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step, action: { do: 'connect', client: 0, channel: 'main' } })
  history.leave(history.enter('c0', step, { handler: 'onConnect' }))
  history.client({ at: 'client', kind: 'refused', conn: 'c0', step, status: 500 })
  expect(verdicts(stateless11, history.run())).toEqual({ throttled: ['broken'] })
})

test('more than one batch: none is left, or some are', () => {
  const many = Array.from({ length: 26 }, (_, index) => `1:${String.fromCharCode(97 + index)}`)
  const closed = (left: [string, string][]) => {
    const history = new PlatformLiteral().connect('c0')
    history.act('c0', many.map(sub))
    return history.ends('c0').disconnects('c0').residue([], left).run()
  }
  expect(verdicts(stateless11, closed([]))).toEqual({ 'more than one batch': ['kept'] })
  expect(verdicts(stateless11, closed([['1:z', 'id-c0']]))).toEqual({ 'more than one batch': ['broken'] })
})

test('more than one page: all of a crowd, or not', () => {
  const crowd = (connections: number, proven = 220) => {
    const history = new PlatformLiteral()
    const step = history.nextStep()
    history.client({ at: 'client', kind: 'invoke', step, action: { do: 'crowd', topic: '1:t', size: 220 } })
    history.client({ at: 'client', kind: 'ack', step })
    history.hostPublish('1:t', { m: 'x' })
    const received = [{ text: '{"m":"x"}', connections, copies: connections }]
    return history.client({ at: 'client', kind: 'crowd', step, topic: '1:t', size: 220, open: 220, proven, received }).run()
  }
  expect(verdicts(stateless11, crowd(220))).toEqual({ 'more than one page': ['kept'] })
  expect(verdicts(stateless11, crowd(100))).toEqual({ 'more than one page': ['broken'] })
  expect(verdicts(stateless11, crowd(100, 219))).toEqual({})
})

test('not exercised: no fault; unknown: more than anybody outlasts', () => {
  const history = new PlatformLiteral().connect('c0')
  history.act('c0', [sub()])
  expect(verdicts(stateless11, history.run())).toEqual({})
  const busy = new PlatformLiteral().connect('c0').asks({ ...throttled, times: 9 })
  busy.act('c0', [sub()])
  expect(verdicts(stateless11, busy.run())).toEqual({})
})

const answerLost = { do: 'stores', fault: 'answer lost', times: 1 }

test('an answer that was lost: a connect is accepted, and what onConnect sent arrives', () => {
  const connecting = (of: 'open' | 'refused', arrives = true): PlatformLiteral => {
    const history = new PlatformLiteral().asks(answerLost)
    const step = history.nextStep()
    const action = { do: 'connect', client: 0, channel: 'main', conn: 'c0', step }
    history.client({ at: 'client', kind: 'invoke', conn: 'c0', step, action })
    if (of === 'refused') return history.client({ at: 'client', kind: 'refused', conn: 'c0', step, status: 504 })
    const call = history.enter('c0', step, { handler: 'onConnect', state: 'initial' })
    history.op(call, { op: 'send', value: { m: 'x' } }).leave(call)
    history.client({ at: 'client', kind: 'open', conn: 'c0', step, protocol: '' })
    if (arrives) history.receive('c0', { m: 'x' })
    return history.idle().fence('c0')
  }
  const judged = (history: PlatformLiteral) => verdicts(stateless11, history.run())['answer lost']
  expect(judged(connecting('refused'))).toEqual(['broken'])
  expect(new Set(judged(connecting('open')))).toEqual(new Set(['kept']))
  expect(judged(connecting('open', false))).toContain('broken')
})

test('more lost answers than any client outlasts, and other faults beside them, say nothing', () => {
  const refused = (...faults: object[]) => {
    const history = new PlatformLiteral()
    for (const fault of faults) history.asks(fault as typeof answerLost)
    const step = history.nextStep()
    history.client({ at: 'client', kind: 'invoke', conn: 'c0', step, action: { do: 'connect', client: 0, channel: 'main' } })
    return verdicts(stateless11, history.client({ at: 'client', kind: 'refused', conn: 'c0', step, status: 504 }).run())
  }
  expect(refused(answerLost)).toEqual({ 'answer lost': ['broken'] })
  expect(refused({ ...answerLost, times: 3 })).toEqual({})
  expect(refused(answerLost, throttled)).toEqual({})
})
