import { expect, test } from 'vitest'
import { EndingLiteral } from '../../testing/ending-literal.ts'
import { Literal, verdicts, withoutPlatform } from '../../testing/literal.ts'
import type { Json } from '../../values.ts'
import { auth03 } from './connecting.ts'
import { auth01, auth02 } from './protection.ts'
import { auth04, auth09 } from './refusal.ts'

const refusal = { error: 'Authentication required', errorName: 'UnauthorizedError' }

/** A fence sent, answered, and with it everything before. */
function fenced(history: Literal): Literal {
  const step = '1.f0'
  history.client({
    at: 'client',
    kind: 'message',
    conn: 'c0',
    step,
    data: { text: JSON.stringify({ action: 'fence', fence: step }) },
  })
  history.receive('c0', { action: 'fence', fence: step })
  return history.client({ at: 'client', kind: 'fenced', conn: 'c0', step })
}

/** One act of an anonymous client: handled, or refused with these replies. */
function asked(channel: string, action: string, replies: Json[] | 'ran', more: { [key: string]: Json } = {}): Literal {
  const history = new Literal().connect('c0', { channel })
  const step = history.message('c0', { action, ...more })
  if (replies === 'ran') return history.leave(history.enter('c0', step, { handler: `action:${action}` }))
  for (const reply of replies) history.receive('c0', reply)
  return fenced(history)
}

const refused = (channel: string, action: string, more?: { [key: string]: Json }): Literal =>
  asked(channel, action, [{ ...refusal, action }], more)

test('AUTH-01: what nothing is said of is protected', () => {
  expect(verdicts(auth01, refused('keys', 'bare').run())).toEqual({ 'an action': ['kept'] })
  expect(verdicts(auth01, asked('keys', 'bare', 'ran').run())).toEqual({ 'an action': ['broken'] })
  expect(verdicts(auth01, asked('keys-public', 'bare', 'ran').run())).toEqual({})
  expect(verdicts(auth01, asked('keys', 'bare', []).run())).toEqual({})
})

test('AUTH-01: onMessage, too', () => {
  const unrouted = new Literal().connect('c0', { channel: 'keys' })
  unrouted.message('c0', { other: 1 })
  expect(verdicts(auth01, unrouted.receive('c0', refusal).run())).toEqual({ onMessage: ['kept'] })
  const handled = new Literal().connect('c0', { channel: 'keys' })
  handled.leave(handled.enter('c0', handled.message('c0', { other: 1 }), { handler: 'onMessage' }))
  expect(verdicts(auth01, handled.run())).toEqual({ onMessage: ['broken'] })
})

test.each([
  ['keys', 'true over false', 'entry over function', true],
  ['keys-public', 'true over absent', 'entry over channel', true],
  ['keys-protected', 'false over absent', 'entry over channel', false],
  ['keys-public', 'absent over true', 'function over channel', true],
  ['keys', 'false over absent', 'entry over default', false],
  ['keys', 'absent over false', 'function over default', false],
  ['keys-public', 'absent over absent', 'channel over default', false],
])('AUTH-02: on %s, "%s": %s', (channel, action, clause, guarded) => {
  expect(verdicts(auth02, refused(channel, action).run())).toEqual({ [clause]: [guarded ? 'kept' : 'broken'] })
  expect(verdicts(auth02, asked(channel, action, 'ran').run())).toEqual({ [clause]: [guarded ? 'broken' : 'kept'] })
})

test('AUTH-02: nothing is judged where all that is said agrees', () => {
  expect(verdicts(auth02, refused('keys-protected', 'true over true').run())).toEqual({})
})

test.each([
  ['lowered action', 'rejected', 'kept'],
  ['lowered action', 'ok', 'broken'],
  ['public action', 'ok', 'kept'],
  ['public action', 'rejected', 'broken'],
] as const)('AUTH-02: the wiring "%s" that is %s', (variant, outcome, verdict) => {
  const history = new Literal()
  history.client({ at: 'client', kind: 'invoke', step: '1.0', action: { do: 'start', variant } })
  history.client({ at: 'client', kind: 'hosted', step: '1.0', outcome })
  expect(verdicts(auth02, history.run())).toEqual({ 'lowering is refused': [verdict] })
})

test('AUTH-03: a client without a session connects to a protected channel', () => {
  expect(verdicts(auth03, new Literal().connect('c0', { channel: 'keys' }).run())).toEqual({ connecting: ['kept'] })
  expect(verdicts(auth03, new Literal().connect('c0', { channel: 'main' }).run())).toEqual({})
  const turned = new Literal()
  turned.client({ at: 'client', kind: 'invoke', conn: 'c0', step: '1.0', action: { do: 'connect', client: 0, channel: 'keys' } })
  turned.client({ at: 'client', kind: 'refused', conn: 'c0', step: '1.0', status: 401 })
  expect(verdicts(auth03, turned.run())).toEqual({ connecting: ['broken'] })
})

test('AUTH-03: and disconnects from one', () => {
  const history = new Literal().connect('c0', { channel: 'keys' })
  history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
  const gone = (): Literal => history.leave(history.enter('c0', '1.0~', { handler: 'onDisconnect', state: 'closed' }))
  expect(verdicts(auth03, history.run()).disconnecting).toBeUndefined()
  expect(verdicts(auth03, gone().run()).disconnecting).toEqual(['kept'])
})

test('AUTH-03: an onDisconnect that the kit waited for in vain, of this very connection', () => {
  const ended = (missing: string): EndingLiteral =>
    new EndingLiteral().connect('c1', { channel: 'keys' }).ends('c1').absent(missing, 'onDisconnect')
  expect(verdicts(auth03, ended('c1').run()).disconnecting).toEqual(['broken'])
  expect(verdicts(auth03, ended('c10').run()).disconnecting).toBeUndefined()
  const left = new EndingLiteral().connect('c1', { channel: 'keys' }).closed('c1').absent('c1', 'the close')
  expect(verdicts(auth03, left.run()).disconnecting).toBeUndefined()
})

test('AUTH-04: one refusal with the routing key, no handler, an open connection', () => {
  const all = { 'no handler': ['kept'], 'its routing key': ['kept'], 'one reply': ['kept'], 'stays open': ['kept'] }
  expect(verdicts(auth04, refused('keys', 'absent over true').run())).toEqual(all)
  expect(verdicts(auth04, asked('keys', 'absent over true', 'ran').run())).toEqual({ 'no handler': ['broken'] })
  expect(verdicts(auth04, asked('keys', 'absent over true', [refusal]).run())['its routing key']).toEqual(['broken'])
  const talkative = { ...refusal, action: 'absent over true', needs: 'a session' }
  expect(verdicts(auth04, asked('keys', 'absent over true', [talkative]).run())['its routing key']).toEqual(['broken'])
  const twice = { ...refusal, action: 'absent over true' }
  expect(verdicts(auth04, asked('keys', 'absent over true', [twice, twice]).run())['one reply']).toEqual(['broken'])
  expect(verdicts(auth04, asked('keys', 'absent over true', []).run())).toEqual({ 'one reply': ['broken'] })
  expect(verdicts(auth04, asked('keys', 'absent over false', 'ran').run())).toEqual({})
})

test('AUTH-04: a connection that ends unasked after a refusal', () => {
  const history = new Literal().connect('c0', { channel: 'keys' })
  history.message('c0', { action: 'absent over true' })
  history.receive('c0', { ...refusal, action: 'absent over true' })
  history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
  expect(verdicts(auth04, history.run())['stays open']).toEqual(['broken'])
  const later = refused('keys', 'absent over true').client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
  expect(verdicts(auth04, later.run(withoutPlatform))['stays open']).toEqual(['broken'])
  expect(verdicts(auth04, later.run())['stays open']).toEqual(['kept'])
})

test('AUTH-09: bad data of an anonymous client', () => {
  const bad = { bad: true }
  const issues = { error: 'Invalid data', errorName: 'ValidationError', issues: [], action: 'strict' }
  expect(verdicts(auth09, refused('keys', 'strict', bad).run())).toEqual({ 'only that it is unauthorised': ['kept'] })
  expect(verdicts(auth09, asked('keys', 'strict', [issues], bad).run())).toEqual({ 'only that it is unauthorised': ['broken'] })
  expect(verdicts(auth09, refused('keys', 'strict').run())).toEqual({})
})
