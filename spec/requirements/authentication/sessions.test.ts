import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import type { Json } from '../../values.ts'
import { auth07, auth08, auth11 } from './changes.ts'
import { auth12 } from './disconnection.ts'
import { auth05, auth06, auth10 } from './sessions.ts'

const none = { $: 'undefined' }
const a = { m: '1.a' }
const b = { m: '1.b' }
const set = (value: Json): Op => ({ op: 'session.set', value })
const clear: Op = { op: 'session.clear' }
const refusal = { error: 'Authentication required', errorName: 'UnauthorizedError', action: 'protected' }

/** A public act with these operations, acknowledged. */
function did(history: Literal, ops: Op[], of: { conn?: string; session?: Json; throws?: boolean; got?: Json } = {}): void {
  const conn = of.conn ?? 'c0'
  const step = history.message(conn, { action: 'probe' })
  const call = history.enter(conn, step, { session: of.session ?? none })
  for (const op of ops)
    history.op(call, op, op.op === 'session.get' ? { outcome: 'ok', value: of.got ?? none } : { outcome: 'ok' })
  if (of.throws === true) {
    history.leave(call, { outcome: 'rejected', error: { name: 'Error', message: 'x', typeError: false } })
    history.receive(conn, { error: 'Internal error', errorName: 'InternalError', action: 'probe' })
  } else {
    history.leave(call)
    history.receive(conn, { action: 'probe' })
  }
}

/** A protected act that is given this session, or is refused (null). */
function used(history: Literal, session: Json | null, conn = 'c0'): Literal {
  const step = history.message(conn, { action: 'protected' })
  if (session === null) return history.receive(conn, refusal)
  history.leave(history.enter(conn, step, { handler: 'action:protected', session }))
  return history.receive(conn, { action: 'protected' })
}

function after(...acts: Parameters<typeof did> extends [Literal, ...infer Rest] ? Rest[] : never): Literal {
  const history = new Literal().connect('c0')
  for (const act of acts) did(history, ...act)
  return history
}

test('AUTH-05: a protected handler after a set is given the session, and nothing less', () => {
  expect(verdicts(auth05, used(after([[set(a)]]), a).run())).toEqual({ 'the next handler': ['kept'] })
  expect(verdicts(auth05, used(after([[set(a)]]), null).run())).toEqual({ 'the next handler': ['broken'] })
  expect(verdicts(auth05, used(after([[]]), null).run())).toEqual({})
})

test('AUTH-05: also one that was sent before the set was answered', () => {
  const pipelined = (session: Json | null): Literal => {
    const history = new Literal().connect('c0')
    const first = history.message('c0', { action: 'probe' })
    const second = history.message('c0', { action: 'protected' })
    const call = history.enter('c0', first)
    history.op(call, set(a)).leave(call).receive('c0', { action: 'probe' })
    if (session === null) return history.receive('c0', refusal)
    return history.leave(history.enter('c0', second, { handler: 'action:protected', session }))
  }
  expect(verdicts(auth05, pipelined(a).run())).toEqual({ 'sent without waiting': ['kept'] })
  expect(verdicts(auth05, pipelined(null).run())).toEqual({ 'sent without waiting': ['broken'] })
  expect(verdicts(auth05, pipelined(a).run({ capabilities: [] }))).toEqual({ 'the next handler': ['undecided'] })
})

test('AUTH-05: what its trace had shown to be over was waited for, though its reply came later', () => {
  const shown = (acknowledged: boolean) => {
    const history = new Literal().connect('c0')
    const step = history.message('c0', { action: 'probe' })
    const call = history.enter('c0', step)
    history.op(call, set(a)).leave(call)
    if (acknowledged) history.client({ at: 'client', kind: 'ack', conn: 'c0', step })
    history.message('c0', { action: 'protected' })
    return verdicts(auth05, history.receive('c0', { action: 'probe' }).receive('c0', refusal).run())
  }
  expect(shown(true)).toEqual({ 'the next handler': ['broken'] })
  expect(shown(false)).toEqual({ 'sent without waiting': ['broken'] })
})

test('AUTH-05: get gives what the handler set itself, or what is stored', () => {
  expect(verdicts(auth05, after([[set(a), { op: 'session.get' }], { got: a }]).run())).toEqual({ 'get: own set': ['kept'] })
  expect(verdicts(auth05, after([[set(a), { op: 'session.get' }], {}]).run())).toEqual({ 'get: own set': ['broken'] })
  expect(verdicts(auth05, after([[set(a)]], [[{ op: 'session.get' }], { session: a, got: a }]).run())).toEqual({
    'get: stored': ['kept'],
  })
  expect(verdicts(auth05, after([[set(a)]], [[{ op: 'session.get' }], { session: a }]).run())).toEqual({
    'get: stored': ['broken'],
  })
})

test('AUTH-05: what counts as set last is what was set last, whoever was entered first', () => {
  const history = new Literal().connect('c0')
  const step = history.message('c0', { action: 'probe' })
  const around = history.enter('c0', step, { handler: 'middleware', middleware: { which: 'outer', kind: 'message' } })
  const call = history.enter('c0', step)
  history.op(call, set(a)).leave(call)
  history.op(around, set(b)).op(around, { op: 'session.get' }, { outcome: 'ok', value: b }).leave(around)
  expect(verdicts(auth05, history.run())).toEqual({ 'get: own set': ['kept'] })
})

test('AUTH-06: no other connection is given it, nor a later one of the client', () => {
  const other = (session: Json): Literal => {
    const history = after([[set(a)]]).connect('c1')
    did(history, [], { conn: 'c1', session })
    return history
  }
  expect(verdicts(auth06, other(none).run())).toEqual({ 'no other connection': ['kept'] })
  expect(verdicts(auth06, other(a).run())).toEqual({ 'no other connection': ['broken'] })
  expect(verdicts(auth06, other({ m: '0.earlier' }).run())).toEqual({ 'no other connection': ['broken'] })
  expect(verdicts(auth06, after([[]]).run())).toEqual({})
  const later = (session: Json): Literal => {
    const history = after([[set(a)]]).connect('c0+1')
    did(history, [], { conn: 'c0+1', session })
    return history
  }
  expect(verdicts(auth06, later(none).run())).toEqual({ 'no later connection': ['kept'] })
  expect(verdicts(auth06, later(a).run())).toEqual({ 'no later connection': ['broken'] })
})

test('AUTH-07: a second set replaces the first, and clear ends it', () => {
  expect(verdicts(auth07, used(after([[set(a)]], [[set(b)], { session: a }]), b).run())['set again']).toEqual(['kept'])
  expect(verdicts(auth07, used(after([[set(a)]], [[set(b)], { session: a }]), a).run())['set again']).toEqual(['broken'])
  expect(verdicts(auth07, used(after([[set(a)]], [[clear], { session: a }]), null).run())).toEqual({ 'refused again': ['kept'] })
  expect(verdicts(auth07, used(after([[set(a)]], [[clear], { session: a }]), a).run())).toEqual({ 'refused again': ['broken'] })
  expect(verdicts(auth07, used(after([[set(a)]]), a).run())).toEqual({})
})

test('AUTH-08: a throw neither ends a session nor takes one back', () => {
  const bare = (session: Json | null): Literal => used(after([[set(a)]], [[], { session: a, throws: true }]), session)
  expect(verdicts(auth08, bare(a).run())).toEqual({ 'thrown without setting': ['kept'] })
  expect(verdicts(auth08, bare(null).run())).toEqual({ 'thrown without setting': ['broken'] })
  expect(verdicts(auth05, bare(null).run())).toEqual({})
  const setting = (session: Json | null): Literal => used(after([[set(a)], { throws: true }]), session)
  expect(verdicts(auth08, setting(a).run())).toEqual({ 'set, then thrown': ['kept'] })
  expect(verdicts(auth08, setting(null).run())).toEqual({ 'set, then thrown': ['broken'] })
  expect(verdicts(auth08, used(after([[set(a)]]), a).run())).toEqual({})
})

test('AUTH-10: a public handler is given the session, or undefined', () => {
  expect(verdicts(auth10, after([[set(a)]], [[], { session: a }]).run())).toEqual({
    undefined: ['kept'],
    'the session': ['kept'],
  })
  expect(verdicts(auth10, after([[set(a)]], [[]]).run())).toEqual({ undefined: ['kept'], 'the session': ['broken'] })
  const cleared = after([[set(a)]], [[clear], { session: a }], [[], { session: a }])
  expect(verdicts(auth10, cleared.run()).undefined).toEqual(['kept', 'broken'])
  expect(verdicts(auth10, used(after(), null).run())).toEqual({})
})

test('AUTH-11: a change in place is seen by nobody later', () => {
  const mutated = { ...a, mutated: true }
  const given: Op = { op: 'mutate', what: 'session' }
  const stored: Op = { op: 'mutate', what: 'stored' }
  const kept: Op = { op: 'session.set', value: a, then: 'mutate' }
  expect(verdicts(auth11, used(after([[set(a)]], [[given], { session: a }]), a).run())['what it was given']).toEqual(['kept'])
  expect(verdicts(auth11, used(after([[set(a)]], [[given], { session: a }]), mutated).run())['what it was given']).toEqual([
    'broken',
  ])
  expect(verdicts(auth11, used(after([[set(a)]], [[stored], { session: a }]), mutated).run())['what get gave']).toEqual([
    'broken',
  ])
  expect(verdicts(auth11, used(after([[kept]]), a).run())).toEqual({ 'what it set': ['kept'] })
  expect(verdicts(auth11, used(after([[kept]]), mutated).run())).toEqual({ 'what it set': ['broken'] })
  expect(verdicts(auth11, used(after([[set(a)]]), a).run())).toEqual({})
})

test('AUTH-12: onDisconnect reads the last session', () => {
  const left = (got: Json): Literal => {
    const history = after([[set(a)]])
    history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
    const call = history.enter('c0', '1.0~', { handler: 'onDisconnect', state: 'closed' })
    history.op(call, { op: 'session.get' }, { outcome: 'ok', value: got })
    return history.leave(call)
  }
  expect(verdicts(auth12, left(a).run())).toEqual({ 'the last session': ['kept'] })
  expect(verdicts(auth12, left(none).run())).toEqual({ 'the last session': ['broken'] })
  expect(verdicts(auth12, after([[set(a)]]).run())).toEqual({})
})
