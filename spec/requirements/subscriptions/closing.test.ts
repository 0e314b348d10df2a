import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import type { Op } from '../../probe/ops.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { sub06, sub07 } from './closing.ts'

const sub: Op = { op: 'subscribe', topic: 't' }
type Held = [topic: string, id: string][]

/** c0's onDisconnect runs and settles; then the host is asked what it holds. */
function gone(history: Literal, subscriptions: Held = [], channels: string[] = []): Literal {
  history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
  history.leave(history.enter('c0', undefined, { handler: 'onDisconnect' }))
  return history.client({ at: 'client', kind: 'residue', channels, subscriptions })
}

const ways = [
  ['close', 'its client closes'],
  ['vanish', 'its client is cut off'],
  ['violate', 'a broken protocol'],
] as const

test.each(ways)('SUB-06: %s', (how, clause) => {
  const ending = (): Literal => {
    const history = new Literal().connect('c0')
    history.act('c0', [sub])
    return history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: '1.x', action: { do: how } })
  }
  expect(verdicts(sub06, gone(ending()).run())).toEqual({ [clause]: ['kept'] })
  expect(verdicts(sub06, gone(ending(), [['t', 'id-c0']]).run())).toEqual({ [clause]: ['broken'] })
  expect(verdicts(sub06, gone(ending(), [], ['id-c0']).run())).toEqual({ [clause]: ['broken'] })
  expect(verdicts(sub06, gone(ending(), [['t', 'id-c1']], ['id-c1']).run())).toEqual({ [clause]: ['kept'] })
})

test('SUB-06: it closes itself', () => {
  const closing = (): Literal => {
    const history = new Literal().connect('c0')
    history.act('c0', [sub])
    history.act('c0', [{ op: 'close' }])
    return history
  }
  expect(verdicts(sub06, gone(closing()).run())).toEqual({ 'it closes itself': ['kept'] })
  expect(verdicts(sub06, gone(closing(), [['t', 'id-c0']]).run())).toEqual({ 'it closes itself': ['broken'] })
})

test('SUB-06, SUB-07: it closes itself, and its client sees that before the kit does', () => {
  const closing = (op: Op, held: Held = []): Literal => {
    const history = new Literal().connect('c0')
    history.act('c0', [sub])
    const step = history.message('c0', {})
    history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
    const call = history.enter('c0', step)
    history.op(call, op).op(call, { op: 'subscribe', topic: 'u' }).leave(call)
    history.leave(history.enter('c0', undefined, { handler: 'onDisconnect' }))
    return history.client({ at: 'client', kind: 'residue', channels: [], subscriptions: held })
  }
  const close: Op = { op: 'close' }
  expect(verdicts(sub06, closing(close).run())).toEqual({ 'it closes itself': ['kept'] })
  expect(verdicts(sub06, closing(close, [['t', 'id-c0']]).run())).toEqual({ 'it closes itself': ['broken'] })
  expect(verdicts(sub06, closing(close, [['u', 'id-c0']]).run())).toEqual({ 'it closes itself': ['kept'] })
  expect(verdicts(sub07, closing(close, [['u', 'id-c0']]).run())['after leaves nothing']).toEqual(['broken'])
  expect(verdicts(sub06, closing({ op: 'turn', times: 1 }).run())).toEqual({})
})

test('SUB-06 unknown: its onDisconnect has not settled; not exercised: nothing was subscribed', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [sub])
  history.act('c0', [{ op: 'close' }])
  history.client({ at: 'client', kind: 'residue', channels: [], subscriptions: [['t', 'id-c0']] })
  expect(verdicts(sub06, history.run())).toEqual({})
  const idle = new Literal().connect('c0')
  idle.act('c0', [{ op: 'close' }])
  expect(verdicts(sub06, gone(idle).run())).toEqual({})
})

/** c0 closes itself and subscribes late: after the close, or before it but pending. */
function late(when: 'after' | 'pending', outcome: Outcome = { outcome: 'ok' }, mode?: 'float'): Literal {
  const history = new Literal().connect('c0')
  const call = history.enter('c0', history.message('c0', {}))
  const op: Op = mode === undefined ? sub : { op: 'subscribe', topic: 't', mode }
  if (when === 'after') history.op(call, { op: 'close' })
  const pending = history.begin(call, op)
  if (when === 'pending') history.op(call, { op: 'close' })
  if (mode === undefined) history.end(call, pending, 'subscribe', outcome)
  return history.leave(call)
}

test.each(['after', 'pending'] as const)('SUB-07: %s', (when) => {
  const clause = `${when} leaves nothing`
  expect(verdicts(sub07, gone(late(when)).run())).toMatchObject({ [clause]: ['kept'], 'ChannelClosedError or nothing': ['kept'] })
  expect(verdicts(sub07, gone(late(when), [['t', 'id-c0']]).run())).toMatchObject({ [clause]: ['broken'] })
  expect(verdicts(sub07, late(when).run())[clause]).toBeUndefined()
  expect(verdicts(sub06, gone(late(when), [['t', 'id-c0']]).run())).toEqual({})
})

test('SUB-07: how it may reject', () => {
  const rejected = (name: string): Outcome => ({ outcome: 'rejected', error: { name, message: '', typeError: false } })
  expect(verdicts(sub07, late('after', rejected('ChannelClosedError')).run())).toEqual({
    'ChannelClosedError or nothing': ['kept'],
  })
  expect(verdicts(sub07, late('after', rejected('Error')).run())).toEqual({ 'ChannelClosedError or nothing': ['broken'] })
})

test('SUB-07: left unawaited', () => {
  const fault = { at: 'server', kind: 'fault', what: 'unhandledRejection', message: 'ChannelClosedError' } as const
  expect(verdicts(sub07, gone(late('after', undefined, 'float')).run())['crashes nothing']).toEqual(['kept'])
  expect(verdicts(sub07, gone(late('after', undefined, 'float').server(fault)).run())['crashes nothing']).toEqual(['broken'])
  expect(verdicts(sub07, late('after', undefined, 'float').run())['crashes nothing']).toBeUndefined()
})

test('SUB-07 not exercised: it subscribed in time', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [sub])
  history.act('c0', [{ op: 'close' }])
  expect(verdicts(sub07, gone(history).run())).toEqual({})
})

test('SUB-06 [stateless]: a session written for a closed channel leaves only its mark', () => {
  const written = (late: boolean): PlatformLiteral => {
    const history = new PlatformLiteral().connect('c0')
    const call = history.enter('c0', history.message('c0', { action: 'probe' }))
    if (!late) history.op(call, { op: 'session.set' })
    history.ends('c0').disconnects('c0')
    if (late) history.op(call, { op: 'session.set' })
    return history.leave(call)
  }
  const clause = 'nothing but its mark'
  expect(verdicts(sub06, written(true).residue().run())[clause]).toEqual(['kept'])
  expect(verdicts(sub06, written(true).residue(['id-c0']).run())[clause]).toEqual(['broken'])
  expect(verdicts(sub06, written(true).run())[clause]).toBeUndefined()
  expect(verdicts(sub06, written(false).residue().run())[clause]).toBeUndefined()
})

test('SUB-06 [stateless]: so does a connect whose disconnect came before it', () => {
  const clause = 'nothing but its mark'
  const overtaken = (channels: string[]) => {
    const history = new PlatformLiteral()
    const step = history.nextStep()
    const at = { conn: 'c0', step }
    history.client({ at: 'client', kind: 'invoke', ...at, action: { do: 'connect', client: 0, channel: 'main' } })
    for (const [invocation, event] of (['disconnect', 'connect'] as const).entries()) {
      history.server({ at: 'server', kind: 'invoked', ...at, invocation, event, channelId: 'id-c0' })
      history.server({ at: 'server', kind: 'returned', ...at, invocation, event, channelId: 'id-c0', outcome: 'ok' })
    }
    return history.client({ at: 'client', kind: 'refused', ...at, status: 410 }).residue(channels)
  }
  expect(verdicts(sub06, overtaken([]).run())[clause]).toEqual(['kept'])
  expect(verdicts(sub06, overtaken(['id-c0']).run())[clause]).toEqual(['broken'])
})

test('SUB-07 [stateless]: a publish that meets it shows it too, though it takes it away', () => {
  const subscribed = (met: boolean): PlatformLiteral => {
    const history = new PlatformLiteral().connect('c0')
    const call = history.ends('c0').enter('c0', history.message('c0', { action: 'probe' }))
    history.op(call, { op: 'subscribe', topic: '1:t' }).leave(call).disconnects('c0').idle()
    history.hostPublish('1:t', { m: 'x' })
    if (met) history.posts('c0', { m: 'x' }, { status: 410 })
    return history.residue()
  }
  const judged = (met: boolean) =>
    Object.entries(verdicts(sub07, subscribed(met).run())).filter(([clause]) => clause.endsWith('leaves nothing'))
  expect(judged(false).map(([, found]) => found)).toEqual([['kept']])
  expect(judged(true).map(([, found]) => found)).toEqual([['broken']])
})
