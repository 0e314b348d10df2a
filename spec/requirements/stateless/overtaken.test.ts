import { expect, test } from 'vitest'
import { threw } from '../../testing/ending-literal.ts'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless17 } from './overtaken.ts'

function asked(): { history: PlatformLiteral; step: string } {
  const history = new PlatformLiteral()
  const step = history.nextStep()
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step, action: { do: 'connect', client: 0, channel: 'main' } })
  return { history, step }
}

function early(handler: boolean, status = 410): PlatformLiteral {
  const { history, step } = asked()
  history.returned(history.invoked('disconnect', 'c0'))
  const connect = history.invoked('connect', 'c0')
  if (handler) history.leave(history.enter('c0', step, { handler: 'onConnect' }))
  history.returned(connect, { status })
  // The platform names the channel; its connection is known by any event of its own.
  history.enter('c0', `${step}~`, { handler: 'middleware' })
  return history.idle()
}

test('before the connect: refused without a handler, or not', () => {
  expect(verdicts(stateless17, early(false).run())).toEqual({ 'not alive': ['kept'], 'before the connect': ['kept'] })
  expect(verdicts(stateless17, early(true).run())['before the connect']).toEqual(['broken'])
  expect(verdicts(stateless17, early(false, 200).run())).toEqual({ 'not alive': ['broken'], 'before the connect': ['broken'] })
})

/** A disconnect while onConnect runs; onDisconnect when asked for. */
function overtaken(when: 'early' | 'inside' | 'after' | 'never', fails = false): PlatformLiteral {
  const { history, step } = asked()
  const connect = history.invoked('connect', 'c0')
  const call = history.enter('c0', step, { handler: 'onConnect' })
  history.returned(history.invoked('disconnect', 'c0'))
  if (when === 'early') history.disconnects('c0')
  history.leave(call, fails ? threw() : undefined)
  if (when === 'inside') history.disconnects('c0')
  history.returned(connect, { status: 410 })
  if (when === 'after') history.disconnects('c0')
  return history.idle()
}

test('while onConnect ran: onDisconnect once, inside the connect, after onConnect', () => {
  expect(verdicts(stateless17, overtaken('inside').run())).toEqual({ 'not alive': ['kept'], 'onDisconnect follows': ['kept'] })
  for (const when of ['early', 'after', 'never'] as const)
    expect(verdicts(stateless17, overtaken(when).run())['onDisconnect follows'], when).toEqual(['broken'])
})

test('where onConnect failed: none', () => {
  expect(verdicts(stateless17, overtaken('never', true).run())['not after a failure']).toEqual(['kept'])
  expect(verdicts(stateless17, overtaken('inside', true).run())['not after a failure']).toEqual(['broken'])
})

test('broken: a message handler runs later', () => {
  const history = overtaken('inside')
  history.leave(history.enter('c0', history.message('c0', { action: 'probe' })))
  expect(verdicts(stateless17, history.run())['not alive']).toEqual(['broken'])
})

test('not exercised: a disconnect in its time; unknown: an invocation died', () => {
  const { history, step } = asked()
  const connect = history.invoked('connect', 'c0')
  history.leave(history.enter('c0', step, { handler: 'onConnect' })).returned(connect)
  history.returned(history.invoked('disconnect', 'c0')).idle()
  expect(verdicts(stateless17, history.run())).toEqual({})
  const dying = overtaken('never')
  dying.returned(dying.invoked('sweep'), { outcome: 'killed' })
  expect(verdicts(stateless17, dying.run())).toEqual({})
})
