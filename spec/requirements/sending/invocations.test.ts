/** What SEND-07 to SEND-09 say of systems whose events are invocations. */
import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import type { Op } from '../../probe/ops.ts'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { send09 } from './closed.ts'
import { send07 } from './ordering.ts'
import { send08 } from './settling.ts'

const send = (m: string, mode?: 'float'): Op => ({ op: 'send', value: { m }, ...(mode && { mode }) })
const closed: Outcome = { outcome: 'rejected', error: { name: 'ChannelClosedError', message: 'gone', typeError: false } }

function handling(op: Op, outcome?: Outcome) {
  const history = new PlatformLiteral().connect('c0')
  const step = history.message('c0', { action: 'probe' })
  const message = history.invoked('message', 'c0')
  const call = history.enter('c0', step)
  const index = history.begin(call, op)
  const done = () => (outcome === undefined ? history : history.end(call, index, op.op, outcome)).leave(call)
  return { history, message, done }
}

test('SEND-08: an invocation waits for an unawaited send, or returns before its post', () => {
  const good = handling(send('a', 'float'))
  good.done().posts('c0', { m: 'a' }, { invocation: good.message }).returned(good.message)
  expect(verdicts(send08, good.history.run())).toEqual({ 'its invocation waits': ['kept'] })
  const bad = handling(send('a', 'float'))
  bad.done().returned(bad.message).posts('c0', { m: 'a' }, { invocation: bad.message })
  expect(verdicts(send08, bad.history.run())).toEqual({ 'its invocation waits': ['broken'] })
})

test('SEND-08: not exercised by an awaited send; unknown where it was never posted', () => {
  const awaited = handling(send('a'), { outcome: 'ok' })
  awaited.history.posts('c0', { m: 'a' }, { invocation: awaited.message })
  expect(verdicts(send08, awaited.done().returned(awaited.message).run())).toEqual({})
  const never = handling(send('a', 'float'))
  expect(verdicts(send08, never.done().returned(never.message).run())).toEqual({})
})

test('SEND-09: a send that is answered "gone" rejects with ChannelClosedError', () => {
  const answered = (outcome: Outcome, ...statuses: number[]) => {
    const { history, done } = handling(send('a'), outcome)
    for (const status of statuses) history.posts('c0', { m: 'a' }, { status })
    return verdicts(send09, done().run())['answered gone']
  }
  expect(answered(closed, 410)).toEqual(['kept'])
  expect(answered({ outcome: 'ok' }, 410)).toEqual(['broken'])
  expect(answered({ outcome: 'ok' }, 200)).toBeUndefined()
  expect(answered({ outcome: 'ok' }, 410, 200)).toBeUndefined()
})

test('SEND-07: what onConnect sends is the affair of STATELESS-10, where channels are stateless', () => {
  const history = new PlatformLiteral().connect('c0', {}, false)
  const call = history.enter('c0', '1.0', { handler: 'onConnect' })
  history.op(call, send('a')).op(call, send('b')).leave(call)
  history.receive('c0', { m: 'b' }).receive('c0', { m: 'a' })
  expect(verdicts(send07, history.run({ capabilities: ['stateful', 'ordered'] }))['one handler']).toEqual(['broken'])
  expect(verdicts(send07, history.run({ capabilities: ['stateless'] }))).toEqual({})
})

test('SEND-08: an onDisconnect that a publish of the host may have run belongs to no invocation', () => {
  const judged = (byHost: boolean) => {
    const history = new PlatformLiteral().connect('c0').connect('c1')
    const step = history.nextStep()
    const action = { do: 'publish', topic: '1.t', exclude: null, value: { m: 'h' }, sentinel: false }
    if (byHost) history.client({ at: 'client', kind: 'invoke', step, action })
    const other = history.invoked('message', 'c1')
    const call = history.enter('c0', undefined, { handler: 'onDisconnect', state: 'closed' })
    history.begin(call, { op: 'publish', topic: '1.t', exclude: null, mode: 'float', value: { m: 'd' } })
    history.leave(call).returned(other).posts('c1', { m: 'd' })
    if (byHost) history.client({ at: 'client', kind: 'ack', step })
    return verdicts(send08, history.run())
  }
  expect(judged(false)).toEqual({ 'its invocation waits': ['broken'] })
  expect(judged(true)).toEqual({})
})
