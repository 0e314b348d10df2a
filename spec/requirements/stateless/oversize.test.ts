import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import type { Op } from '../../probe/ops.ts'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import type { Json } from '../../values.ts'
import { stateless15 } from './oversize.ts'

const limit = 128 * 1024
const sized = (bytes: number): Json => ({ $: 'repeat', of: ['x', bytes] })
const big = sized(limit + 1)
const refused: Outcome = { outcome: 'rejected', error: { name: 'PayloadTooLargeError', message: 'too large', typeError: false } }

function handler(op: Op, outcome?: Outcome): PlatformLiteral {
  const history = new PlatformLiteral().connect('c0').connect('c1')
  const call = history.enter('c0', history.message('c0', { action: 'probe' }))
  history.op(call, op, outcome)
  return history.leave(call, op.op === 'return' ? { outcome: 'ok', value: op.value ?? null } : undefined)
}

test('a send: rejects, resolves, is within the limit', () => {
  const send: Op = { op: 'send', value: big }
  expect(verdicts(stateless15, handler(send, refused).run())).toEqual({ 'a send rejects': ['kept'] })
  expect(verdicts(stateless15, handler(send).run())).toEqual({ 'a send rejects': ['broken'] })
  const within: Op = { op: 'send', value: sized(limit) }
  expect(verdicts(stateless15, handler(within).run())).toEqual({ 'up to the limit': ['kept'] })
  expect(verdicts(stateless15, handler(within, refused).run())).toEqual({ 'up to the limit': ['broken'] })
})

test('a reply: becomes the error, or nothing', () => {
  const reply = () => handler({ op: 'return', value: big })
  const error = { error: 'too large', errorName: 'PayloadTooLargeError', action: 'probe' }
  expect(verdicts(stateless15, reply().receive('c0', error).run())['a reply becomes the error']).toEqual(['kept'])
  expect(verdicts(stateless15, reply().idle().fence('c0').run())['a reply becomes the error']).toEqual(['broken'])
  expect(verdicts(stateless15, reply().run())).toEqual({})
})

test('a publish: resolves and is logged, or not', () => {
  const publish = (outcome?: Outcome): PlatformLiteral => {
    const history = new PlatformLiteral().connect('c0').connect('c1')
    history.act('c1', [{ op: 'subscribe', topic: '1:t' }])
    const call = history.enter('c0', history.message('c0', { action: 'probe' }))
    return history.op(call, { op: 'publish', topic: '1:t', exclude: null, value: big }, outcome).leave(call)
  }
  const told = publish().server({ at: 'server', kind: 'log', level: 'warn', message: 'too large', details: null })
  expect(verdicts(stateless15, told.idle().run())).toEqual({ 'a publish resolves': ['kept'], 'a publish is logged': ['kept'] })
  expect(verdicts(stateless15, publish().idle().run())['a publish is logged']).toEqual(['broken'])
  expect(verdicts(stateless15, publish(refused).idle().run())).toEqual({ 'a publish resolves': ['broken'] })
})

test('its sender alone: nobody else is told or closed', () => {
  const sent = () => handler({ op: 'send', value: big }, refused)
  expect(verdicts(stateless15, sent().fence('c1').run())['its sender alone']).toEqual(['kept'])
  const told = sent().receive('c1', { error: 'too large', errorName: 'PayloadTooLargeError' })
  expect(verdicts(stateless15, told.run())['its sender alone']).toEqual(['broken'])
  expect(verdicts(stateless15, sent().closed('c1', 1006).run())['its sender alone']).toEqual(['broken'])
})

test('not exercised: small messages; unknown: a platform that takes more', () => {
  expect(verdicts(stateless15, handler({ op: 'send', value: { m: 'a' } }).run())).toEqual({})
  const larger = handler({ op: 'send', value: big })
  larger.posts('c0', { text: 'x'.repeat(limit + 1) })
  expect(verdicts(stateless15, larger.run())).toEqual({})
})

test('in onConnect: nothing is said of what is sent once it is closed', () => {
  const connecting = (closes: boolean, outcome: Outcome, value = big): unknown => {
    const history = new PlatformLiteral().connect('c0', {}, false)
    const call = history.enter('c0', '1.0', { handler: 'onConnect', state: 'initial' })
    if (closes) history.closes(call)
    history.op(call, { op: 'send', value }, outcome)
    return verdicts(stateless15, history.leave(call).run())
  }
  const closed: Outcome = { outcome: 'rejected', error: { name: 'ChannelClosedError', message: 'closed', typeError: false } }
  expect(connecting(false, { outcome: 'ok' })).toMatchObject({ 'a send rejects': ['broken'] })
  expect(connecting(false, refused, sized(limit))).toEqual({ 'up to the limit': ['broken'] })
  expect(connecting(true, closed)).toEqual({})
  expect(connecting(true, refused, sized(limit))).toEqual({})
  expect(connecting(false, closed, sized(limit))).toEqual({})
})
