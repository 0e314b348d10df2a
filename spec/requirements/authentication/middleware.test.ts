import { expect, test } from 'vitest'
import type { MiddlewareAt, Outcome } from '../../history.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import type { Tagged } from '../../values.ts'
import { auth13, auth14 } from './middleware.ts'

const done: Outcome = { outcome: 'ok', value: { m: '1' } }
const failed: Outcome = { outcome: 'rejected', error: { name: 'ForbiddenError', message: 'no', typeError: false } }

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

interface Course {
  order?: ('outer' | 'inner')[]
  handler?: Outcome
  /** What next gives both, in place of what the handler ended in. */
  gives?: Outcome
  /** What the outer one returns. */
  returns?: Outcome
  nexts?: Outcome[]
  runs?: number
}

/** One message through two middleware and a handler; what the client gets is left to the test. */
function through(of: Course = {}, history = new Literal().connect('c0', { channel: 'layered' }, false)): Literal {
  const handler = of.handler ?? done
  const step = history.message('c0', { action: 'probe' })
  const layers = (of.order ?? ['outer', 'inner']).map((which) => {
    const middleware = { which, kind: 'message', action: 'probe' } as const
    const call = history.enter('c0', step, { handler: 'middleware', middleware })
    return { which, call, next: history.begin(call, { op: 'next' }) }
  })
  for (let run = 0; run < (of.runs ?? 1); run++) history.leave(history.enter('c0', step), handler)
  for (const { which, call, next } of layers.toReversed()) {
    history.end(call, next, 'next', of.gives ?? handler)
    if (which === 'inner') for (const outcome of of.nexts ?? []) history.op(call, { op: 'next' }, outcome)
    history.leave(call, which === 'outer' ? (of.returns ?? handler) : handler)
  }
  return history
}

test('kept: both around the handler, once, told of what it returned', () => {
  expect(verdicts(auth13, fenced(through().receive('c0', { m: '1', action: 'probe' })).run())).toEqual({
    'outermost first': ['kept'],
    once: ['kept'],
    'around messages': ['kept'],
    'sees the result': ['kept', 'kept'],
    'told of the event': ['kept', 'kept'],
  })
})

test('each is told of the event as its handler is', () => {
  const told = (
    middleware: MiddlewareAt,
    of: Parameters<Literal['enter']>[2],
    data: Tagged = { m: 1 },
    mutates = false,
  ): unknown => {
    const history = new Literal().connect('c0', { channel: 'layered' }, false)
    const step = history.message('c0', {})
    const told = history.enter('c0', step, { handler: 'middleware', middleware, data })
    if (mutates) history.op(told, { op: 'mutate', what: 'data' })
    history.leave(history.enter('c0', step, { data: { m: 1 }, ...of }))
    return verdicts(auth13, history.run())['told of the event']
  }
  const outer = { which: 'outer', kind: 'message' } as const
  expect(told({ ...outer, action: 'probe' }, {})).toEqual(['kept'])
  expect(told({ ...outer, action: 'other' }, {})).toEqual(['broken'])
  expect(told(outer, {})).toEqual(['broken'])
  expect(told({ ...outer, action: 'probe' }, {}, { m: 1, action: 'probe' })).toEqual(['broken'])
  expect(told({ ...outer, action: 'probe' }, {}, {}, true)).toBeUndefined()
  expect(told({ ...outer, kind: 'connect', action: 'probe' }, {})).toEqual(['broken'])
  expect(told({ ...outer, action: 'nobody' }, { handler: 'onMessage' })).toEqual(['kept'])
  expect(told({ ...outer, kind: 'disconnect' }, { handler: 'onDisconnect' })).toEqual(['kept'])
  expect(told({ ...outer, kind: 'connect', action: 'probe' }, { handler: 'onConnect' })).toEqual(['broken'])
})

test('broken: the wrong one first, or one that did not run', () => {
  expect(verdicts(auth13, through({ order: ['inner', 'outer'] }).run())['outermost first']).toEqual(['broken'])
  expect(verdicts(auth13, through({ order: ['outer'] }).run())['around messages']).toEqual(['broken'])
  expect(verdicts(auth13, through({ order: ['outer', 'outer', 'inner'] }).run()).once).toEqual(['broken'])
})

test('what next gives is what the handler ended in', () => {
  expect(verdicts(auth13, through({ gives: { outcome: 'ok' } }).run())['sees the result']).toEqual(['broken', 'broken'])
  expect(verdicts(auth13, through({ handler: failed }).run())['sees the error']).toEqual(['kept', 'kept'])
  expect(verdicts(auth13, through({ handler: failed, gives: done }).run())['sees the error']).toEqual(['broken', 'broken'])
})

test('what it returns instead is what is sent', () => {
  const instead: Outcome = { outcome: 'ok', value: { instead: true } }
  const sent = fenced(through({ returns: instead }).receive('c0', { instead: true, action: 'probe' }))
  expect(verdicts(auth13, sent.run())['its result is sent']).toEqual(['kept'])
  const ignored = fenced(through({ returns: instead }).receive('c0', { m: '1', action: 'probe' }))
  expect(verdicts(auth13, ignored.run())['its result is sent']).toEqual(['broken'])
  expect(verdicts(auth13, through({ returns: instead }).run())['its result is sent']).toBeUndefined()
  const earlier = fenced(new Literal().connect('c0', { channel: 'layered' }, false))
  through({ returns: instead }, earlier)
  expect(verdicts(auth13, earlier.run())['its result is sent']).toBeUndefined()
})

test('without next no handler runs', () => {
  const stopped = (runs: boolean): Literal => {
    const history = new Literal().connect('c0', { channel: 'layered' }, false)
    const step = history.message('c0', { action: 'probe' })
    history.leave(history.enter('c0', step, { handler: 'middleware', middleware: { which: 'outer', kind: 'message' } }))
    return runs ? history.leave(history.enter('c0', step)) : history
  }
  expect(verdicts(auth13, stopped(false).run())['no next, no handler']).toEqual(['kept'])
  expect(verdicts(auth13, stopped(true).run())['no next, no handler']).toEqual(['broken'])
})

test('it runs before authorisation, and may set the session', () => {
  const refusal = { error: 'x', errorName: 'UnauthorizedError', action: 'protected' }
  const bare = new Literal().connect('c0', { channel: 'layered' }, false)
  bare.message('c0', { action: 'protected' })
  expect(verdicts(auth13, bare.receive('c0', refusal).run())).toEqual({ 'before authorisation': ['broken'] })
  const set = (session: { m: string } | null): Literal => {
    const history = new Literal().connect('c0', { channel: 'layered' }, false)
    const step = history.message('c0', { action: 'protected' })
    const call = history.enter('c0', step, { handler: 'middleware', middleware: { which: 'inner', kind: 'message' } })
    history.op(call, { op: 'session.set', value: { m: '1.s' } })
    const next = history.begin(call, { op: 'next' })
    if (session !== null) return history.leave(history.enter('c0', step, { handler: 'action:protected', session }))
    history.end(call, next, 'next', { outcome: 'rejected', error: { name: 'UnauthorizedError', message: 'x', typeError: false } })
    return history.receive('c0', refusal)
  }
  expect(verdicts(auth13, set({ m: '1.s' }).run())['sets the session']).toEqual(['kept'])
  expect(verdicts(auth13, set(null).run())).toMatchObject({ 'sets the session': ['broken'], 'before authorisation': ['kept'] })
})

test('it runs before validation', () => {
  const history = new Literal().connect('c0', { channel: 'layered' }, false)
  history.message('c0', { action: 'strict', bad: true })
  const refused = history.receive('c0', { error: 'x', errorName: 'ValidationError', issues: [], action: 'strict' })
  expect(verdicts(auth13, refused.run())).toEqual({ 'before validation': ['broken'] })
})

test('AUTH-14: a second next rejects and runs nothing', () => {
  expect(verdicts(auth14, through({ nexts: [failed] }).run())).toEqual({ rejects: ['kept'], 'runs nothing': ['kept'] })
  expect(verdicts(auth14, through({ nexts: [done], runs: 2 }).run())).toEqual({ rejects: ['broken'], 'runs nothing': ['broken'] })
  expect(verdicts(auth14, through().run())).toEqual({})
})

test('other channels have no middleware to be judged', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [])
  expect(verdicts(auth13, history.run())).toEqual({})
})

test('around messages: who does not await next may be over when the handler begins', () => {
  const left = (mode: { mode?: 'track' }): Literal => {
    const history = new Literal().connect('c0', { channel: 'layered' }, false)
    const step = history.message('c0', { action: 'probe' })
    const called = (['outer', 'inner'] as const).map((which) => {
      const call = history.enter('c0', step, { handler: 'middleware', middleware: { which, kind: 'message', action: 'probe' } })
      return [call, history.begin(call, { op: 'next', ...mode })] as const
    })
    for (const [call] of called.toReversed()) history.leave(call)
    history.leave(history.enter('c0', step), done)
    for (const [call, next] of called.toReversed()) history.end(call, next, 'next', { outcome: 'ok' })
    return history
  }
  expect(verdicts(auth13, left({ mode: 'track' }).run())['around messages']).toEqual(['kept'])
  expect(verdicts(auth13, left({}).run())['around messages']).toEqual(['broken'])
})
