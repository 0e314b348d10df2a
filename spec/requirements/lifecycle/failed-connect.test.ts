import { expect, test } from 'vitest'
import { threw } from '../../testing/ending-literal.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import type { Json } from '../../values.ts'
import { life09 } from './failed-connect.ts'

/** A connection whose onConnect subscribes and throws. */
function failed(): Literal {
  const history = new Literal().connect('c0', {}, false)
  const call = history.enter('c0', '1.0', { handler: 'onConnect', state: 'initial' })
  history.op(call, { op: 'subscribe', topic: 't' })
  return history.leave(call, { outcome: 'rejected', error: { name: 'Error', message: 'thrown', typeError: false } })
}

const closed = (history: Literal, code: number): Literal =>
  history.client({ at: 'client', kind: 'closed', conn: 'c0', code, reason: '' })
const residue = <L extends Literal>(history: L, subscriptions: [string, string][]): L =>
  history.client({ at: 'client', kind: 'residue', channels: [], subscriptions })

test('kept: closed with 1011, and nothing is left', () => {
  expect(verdicts(life09, residue(closed(failed(), 1011), []).run())).toEqual({
    'refused or closed': ['kept'],
    'no error reply': ['kept'],
    'no other handler': ['kept'],
    'subscriptions gone': ['kept'],
  })
})

test('kept or broken: refused, by its status', () => {
  const refused = (status: number | null) => {
    const history = failed()
    return verdicts(life09, history.client({ at: 'client', kind: 'refused', conn: 'c0', step: '1.0', status }).run())[
      'refused or closed'
    ]
  }
  expect([refused(503), refused(403), refused(null)]).toEqual([['kept'], ['kept'], ['broken']])
})

test('broken: it stays open, another code, an error reply, another handler, a subscription left', () => {
  expect(verdicts(life09, failed().fence('c0').run())['refused or closed']).toEqual(['broken'])
  expect(verdicts(life09, closed(failed(), 1000).run())['refused or closed']).toEqual(['broken'])
  expect(
    verdicts(life09, closed(failed().receive('c0', { error: 'x', errorName: 'InternalError' }), 1011).run())['no error reply'],
  ).toEqual(['broken'])
  const disconnected = closed(failed(), 1011)
  disconnected.leave(disconnected.enter('c0', '1.0~', { handler: 'onDisconnect', state: 'closed' }))
  expect(verdicts(life09, disconnected.run())['no other handler']).toEqual(['broken'])
  expect(verdicts(life09, residue(closed(failed(), 1011), [['t', 'id-c0']]).run())['subscriptions gone']).toEqual(['broken'])
})

test('unknown: an error that may answer a message, a code where none is promised, an end that was asked for', () => {
  const answered = new Literal().connect('c0', {}, false)
  const call = answered.enter('c0', '1.0', { handler: 'onConnect' })
  answered.message('c0', { action: 'probe' })
  answered.leave(call, { outcome: 'rejected', error: { name: 'Error', message: 'thrown', typeError: false } })
  answered.receive('c0', { action: 'probe', error: 'x', errorName: 'UnauthorizedError' })
  expect(verdicts(life09, closed(answered, 1011).run())['no error reply']).toEqual(['kept'])
  expect(verdicts(life09, closed(failed(), 1006).run({ capabilities: [] }))['refused or closed']).toEqual(['kept'])
  const asked = failed().client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'x', action: { do: 'close', client: 0 } })
  expect(verdicts(life09, closed(asked, 1000).run())).toEqual({})
})

test('not exercised: onConnect succeeded', () => {
  expect(verdicts(life09, new Literal().connect('c0').fence('c0').run())).toEqual({})
})

/** An onConnect that closes its own channel before it throws. */
function closedItself(code: number): Literal {
  const history = new Literal().connect('c0', {}, false)
  const call = history.enter('c0', '1.0', { handler: 'onConnect', state: 'initial' })
  history.op(call, { op: 'close' })
  return closed(history.leave(call, { outcome: 'rejected', error: { name: 'Error', message: 'thrown', typeError: false } }), code)
}

test('a close() before the throw changes nothing: 1011, and no onDisconnect', () => {
  expect(verdicts(life09, closedItself(1011).run())).toMatchObject({
    'refused or closed': ['kept'],
    'no other handler': ['kept'],
  })
  expect(verdicts(life09, closedItself(1000).run())['refused or closed']).toEqual(['broken'])
  const gone = failed().client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'x', action: { do: 'close', client: 0 } })
  gone.op(0, { op: 'close' })
  expect(verdicts(life09, closed(gone, 1000).run())['refused or closed']).toBeUndefined()
})

test('unknown: cut off behind much that was sent, which a system may do', () => {
  const behind = (code: number) => {
    const history = new Literal().connect('c0', {}, false)
    const call = history.enter('c0', '1.0', { handler: 'onConnect', state: 'initial' })
    history.op(call, { op: 'send', value: { $: 'repeat', of: ['* ', 1_000_000] } })
    history.leave(call, { outcome: 'rejected', error: { name: 'Error', message: 'thrown', typeError: false } })
    return verdicts(life09, closed(history, code).run())['refused or closed']
  }
  expect([behind(1011), behind(1013), behind(1006), behind(1000)]).toEqual([['kept'], ['undecided'], ['undecided'], ['broken']])
})

/** A publish before or after a refusal by a throwing onConnect, posted to the connection that was refused. */
function posted(publish: 'before' | 'after' | 'before and after', status: number | null, value: Json = { m: 'p' }): unknown {
  const history = new PlatformLiteral()
  history.connect('c0', {}, false)
  const call = history.enter('c0', '1.0', { handler: 'onConnect', state: 'initial' })
  history.op(call, { op: 'subscribe', topic: 't' })
  history.leave(call, threw())
  const publishes = (): PlatformLiteral =>
    history.client({
      ...{ at: 'client', kind: 'invoke', step: 'p' },
      action: { do: 'publish', topic: 't', exclude: null, value: { m: 'p' } },
    })
  if (publish !== 'after') publishes()
  if (status !== null) history.client({ at: 'client', kind: 'refused', conn: 'c0', step: '1.0', status })
  if (publish !== 'before') publishes()
  history.posts('c0', value, { status: 410 })
  history.client({ at: 'client', kind: 'hosted', step: 'p', outcome: 'ok' })
  return verdicts(life09, residue(history, []).run())['subscriptions gone']
}

test('broken: what was published after the refusal is posted to it, which takes away what was left', () => {
  expect(posted('after', 500)).toEqual(['broken', 'kept'])
  expect(posted('before', 500)).toEqual(['kept'])
  expect(posted('before and after', 500)).toEqual(['kept'])
  expect(posted('after', 500, { m: 'other' })).toEqual(['kept'])
  expect(posted('after', null)).toBeUndefined()
})
