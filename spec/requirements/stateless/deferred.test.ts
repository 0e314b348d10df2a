import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless10 } from './deferred.ts'

const send = (m: string): Op => ({ op: 'send', value: { m } })

/** A connection whose onConnect performs `ops`, with its connect's invocation; opened by the platform behind it. */
function connected(ops: Op[], faults = {}): PlatformLiteral {
  const history = new PlatformLiteral()
  const step = history.nextStep()
  const action = { do: 'connect', client: 0, channel: 'main', conn: 'c0', step, faults }
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step, action })
  const connect = history.invoked('connect', 'c0')
  const call = history.enter('c0', step, { handler: 'onConnect', state: 'initial' })
  for (const op of ops) history.op(call, op)
  history.leave(call).returned(connect)
  history.client({ at: 'client', kind: 'open', conn: 'c0', step, protocol: '' })
  return history
}

/** A deferred invocation that posts these. */
function delivers(history: PlatformLiteral, ...marks: string[]): PlatformLiteral {
  const deliver = history.invoked('deliver', 'c0')
  for (const m of marks) history.posts('c0', { m }, { invocation: deliver })
  return history.returned(deliver)
}

/** A message with its handler. */
function speaks(history: PlatformLiteral): PlatformLiteral {
  const step = history.message('c0', { action: 'probe' })
  const message = history.invoked('message', 'c0')
  history.leave(history.enter('c0', step))
  return history.returned(message)
}

test('kept: delivered by one of several, in order, before a handler starts', () => {
  const history = speaks(delivers(delivers(connected([send('a'), send('b')]), 'a', 'b'))).idle()
  expect(verdicts(stateless10, history.run())).toEqual({
    'at most once': ['kept', 'kept'],
    'after the connect': ['kept', 'kept'],
    'in order': ['kept'],
    'before any message handler': ['kept', 'kept'],
  })
})

test('broken: delivered twice', () => {
  const history = delivers(delivers(connected([send('a')]), 'a'), 'a').idle()
  expect(verdicts(stateless10, history.run())['at most once']).toEqual(['broken'])
})

test('broken: posted before the connection was open, and never again', () => {
  const history = new PlatformLiteral()
  const step = history.nextStep()
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step, action: { do: 'connect', client: 0, channel: 'main' } })
  const connect = history.invoked('connect', 'c0')
  const call = history.enter('c0', step, { handler: 'onConnect' })
  history.op(call, send('a')).leave(call)
  history.posts('c0', { m: 'a' }, { invocation: connect, status: 410 }).returned(connect)
  history.client({ at: 'client', kind: 'open', conn: 'c0', step, protocol: '' }).idle()
  expect(verdicts(stateless10, history.run())).toEqual({ 'after the connect': ['broken'] })
})

test('broken: the other way round', () => {
  const history = delivers(connected([send('a'), send('b')]), 'b', 'a')
  expect(verdicts(stateless10, history.run())['in order']).toEqual(['broken'])
})

test('broken: posted when a message handler had started', () => {
  const history = delivers(speaks(connected([send('a')])), 'a')
  expect(verdicts(stateless10, history.run())['before any message handler']).toEqual(['broken'])
})

test('lost and logged: kept with a line that names the channel, broken without', () => {
  const lost = () => speaks(connected([send('a')]))
  const told = lost().server({
    at: 'server',
    kind: 'log',
    level: 'warn',
    message: 'output lost',
    details: { channelId: 'id-c0' },
  })
  expect(verdicts(stateless10, told.idle().run())['lost and logged']).toEqual(['kept'])
  expect(verdicts(stateless10, lost().idle().run())['lost and logged']).toEqual(['broken'])
  expect(verdicts(stateless10, lost().run())).toEqual({})
})

test('close() is not lost: kept where it was closed though the deliverer died, broken where a message changed nothing', () => {
  const kill = { kill: { event: 'deliver', request: 2, when: 'after' } }
  const dies = () => {
    const history = connected([send('a'), { op: 'close' }], kill)
    return history.returned(history.invoked('deliver', 'c0'), { outcome: 'killed' })
  }
  const closed = dies()
  closed.posts('c0', null, { invocation: closed.invoked('message', 'c0'), status: 204, delivered: true })
  expect(verdicts(stateless10, closed.run())['close() is not lost']).toEqual(['kept'])
  const open = dies()
  open.message('c0', { action: 'probe' })
  open.returned(open.invoked('message', 'c0')).idle()
  expect(verdicts(stateless10, open.run())['close() is not lost']).toEqual(['broken'])
  expect(verdicts(stateless10, speaks(dies()).run())['close() is not lost']).toEqual(['broken'])
  expect(verdicts(stateless10, dies().idle().run())['close() is not lost']).toBeUndefined()
})

test('not exercised: nothing was sent, or onConnect failed', () => {
  expect(verdicts(stateless10, speaks(connected([])).idle().run())).toEqual({})
})

test('close() is not lost: that its client hangs up when all is over changes nothing', () => {
  const delivered = (): PlatformLiteral => {
    const history = connected([{ op: 'close' }])
    return history.returned(history.invoked('deliver', 'c0'))
  }
  const clause = 'close() is not lost'
  const leaves = (history: PlatformLiteral): PlatformLiteral => {
    history.ends('c0')
    return history.returned(history.invoked('disconnect', 'c0'))
  }
  expect(verdicts(stateless10, leaves(delivered().idle()).run())[clause]).toEqual(['broken'])
  expect(verdicts(stateless10, leaves(delivered()).idle().run())[clause]).toBeUndefined()
})
