import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { type Act, act, ok, rejected } from './testing.ts'
import { send11 } from './unsendable.ts'

const fresh = (): Literal => new Literal().connect('c0', {}, false)
const after = (...acts: Act[]): Literal => {
  const history = fresh()
  for (const each of acts) act(history, each)
  return history
}
const run = (...acts: Act[]) =>
  after(...acts)
    .fence('c0')
    .run()

const cycle = { $: 'cycle' }
const send: Op = { op: 'send', value: cycle }
const publish: Op = { op: 'publish', topic: 't', exclude: null, value: cycle }
const reply = { action: 'probe' }
const masked = {
  error: 'Internal error',
  errorName: 'InternalError',
  action: 'probe',
}
const open = { 'the connection stays open': ['kept'] }

test('a returned one', () => {
  expect(verdicts(send11, run({ returns: cycle, receives: [masked] }))).toEqual({ returned: ['kept'], ...open })
  expect(verdicts(send11, run({ returns: cycle }))).toEqual({
    returned: ['broken'],
    ...open,
  })
  expect(verdicts(send11, run({ returns: cycle, receives: [{ ...masked, error: 'circular' }] }))).toEqual({
    returned: ['broken'],
    ...open,
  })
  expect(verdicts(send11, after({ returns: cycle }).run())).toEqual({})
})

test('a sent one and a published one', () => {
  const type = rejected('TypeError')
  expect(verdicts(send11, run({ ops: [[send, type]], receives: [reply] }))).toEqual({
    'send rejects': ['kept'],
    'nothing is sent': ['kept'],
    ...open,
  })
  expect(verdicts(send11, run({ ops: [[publish, type]], receives: [reply] }))).toEqual({ 'publish rejects': ['kept'], ...open })
  expect(verdicts(send11, run({ ops: [[send, ok]], receives: [reply] }))['send rejects']).toEqual(['broken'])
  expect(verdicts(send11, run({ ops: [[publish, rejected('Error')]], receives: [reply] }))['publish rejects']).toEqual(['broken'])
  expect(verdicts(send11, run({ ops: [[send, type]], receives: ['{}', reply] }))['nothing is sent']).toEqual(['broken'])
  expect(verdicts(send11, after({ ops: [[send, type]], receives: [reply] }).run())['nothing is sent']).toEqual(['undecided'])
})

test('one published by the host', () => {
  const hosted = (name: string) =>
    fresh()
      .client({
        at: 'client',
        kind: 'invoke',
        step: '1.9',
        action: { do: 'publish', topic: 't', exclude: null, value: cycle },
      })
      .client({
        at: 'client',
        kind: 'hosted',
        step: '1.9',
        outcome: 'rejected',
        error: { name, message: '', typeError: name === 'TypeError' },
      })
  expect(verdicts(send11, hosted('TypeError').run())).toEqual({
    'publish rejects': ['kept'],
  })
  expect(verdicts(send11, hosted('Error').run())).toEqual({
    'publish rejects': ['broken'],
  })
})

test('left unawaited', () => {
  const floats = (told?: (history: Literal) => void): Literal => {
    const history = fresh()
    const step = history.message('c0', { action: 'probe' })
    const call = history.enter('c0', step)
    history.begin(call, { ...send, mode: 'float' } as Op)
    told?.(history)
    return history.leave(call).receive('c0', reply)
  }
  const log = (history: Literal) =>
    history.server({
      at: 'server',
      kind: 'log',
      level: 'warn',
      message: 'send refused',
      details: {},
    })
  const fault = (history: Literal) =>
    history.server({
      at: 'server',
      kind: 'fault',
      what: 'unhandledRejection',
      message: 'TypeError: cycle',
    })
  expect(verdicts(send11, floats(log).fence('c0').run())['left unawaited']).toEqual(['kept'])
  expect(verdicts(send11, floats().fence('c0').run())['left unawaited']).toEqual(['broken'])
  expect(
    verdicts(
      send11,
      floats((history) => fault(log(history)))
        .fence('c0')
        .run(),
    )['left unawaited'],
  ).toEqual(['broken'])
  expect(verdicts(send11, floats().run())['left unawaited']).toBeUndefined()
})

test('the connection that ends', () => {
  const history = after({ ops: [[send, rejected('TypeError')]] }).client({
    at: 'client',
    kind: 'closed',
    conn: 'c0',
    code: 1011,
    reason: '',
  })
  expect(verdicts(send11, history.run())['the connection stays open']).toEqual(['broken'])
})

/** c0's handler returns what cannot be sent, and its socket closes in place of an answer. */
function hangsUp(before?: (history: Literal) => unknown, ...acts: Act[]): Literal {
  const history = after(...acts, { returns: cycle })
  before?.(history)
  return history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
}

test('a returned one that ends the connection in place of a reply', () => {
  const broken = { returned: ['broken'], 'the connection stays open': ['broken'] }
  expect(verdicts(send11, hangsUp().run())).toEqual(broken)
  expect(verdicts(send11, hangsUp((history) => history.receive('c0', masked)).run())).toEqual({ ...broken, returned: ['kept'] })
})

/** What is told of the connection that does not stay open. */
const toldOf = (history: Literal): (string | undefined)[] =>
  [...send11.judge(history.run())].flatMap((each) =>
    each.clause === 'the connection stays open' ? [each.verdict === 'broken' ? each.expected : each.verdict] : [],
  )

test('a returned one that ends the connection is told with its own step, also behind a send that was refused', () => {
  expect(toldOf(hangsUp())).toEqual(['c0 open after step 1.1 had a value that cannot be encoded'])
  const refused: Act = { ops: [[send, rejected('TypeError')]], receives: [reply] }
  expect(toldOf(hangsUp(undefined, refused))).toEqual(['c0 open after step 1.2 had a value that cannot be encoded'])
  const fenced = after(refused).fence('c0')
  act(fenced, { returns: cycle })
  fenced.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
  expect(toldOf(fenced)).toEqual(['c0 open after step 1.2 had a value that cannot be encoded'])
})

test('a client that fails its connection over a frame is no server that hangs up', () => {
  const history = after({ returns: cycle }).client({
    ...{ at: 'client', kind: 'closed', conn: 'c0', code: 1006, reason: '', fault: 'invalid frame' },
  })
  expect(verdicts(send11, history.run()).returned).toBeUndefined()
})

test('nothing is said where something else may have ended the connection', () => {
  const invoke = (action: { do: string }) => (history: Literal) =>
    history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'x', action })
  for (const what of ['close', 'vanish', 'violate', 'text', 'bytes', 'stop', 'pause'])
    expect(verdicts(send11, hangsUp(invoke({ do: what })).run()).returned).toBeUndefined()
  const fault = { at: 'server', kind: 'fault', what: 'uncaughtException', message: 'x' } as const
  const others: Literal[] = [
    hangsUp((history) => history.server(fault)),
    hangsUp(undefined, { ops: [{ op: 'close' }] }),
    hangsUp(undefined, { throws: { error: 'error', message: 'boom' } }),
    // A message behind it, of which nothing is known.
    hangsUp((history) => history.message('c0', { action: 'probe' })),
  ]
  for (const history of others) expect(verdicts(send11, history.run()).returned).toBeUndefined()
  // The one before it was answered, and what came after it may be why.
  expect(verdicts(send11, hangsUp(undefined, { returns: 1, receives: [{ ...reply, result: 1 }] }).run()).returned).toEqual([
    'broken',
  ])
  const stateless = hangsUp().run({ capabilities: ['stateless'] })
  expect(verdicts(send11, stateless).returned).toBeUndefined()
})

test('not exercised: everything could be sent', () => {
  expect(verdicts(send11, run({ ops: [{ op: 'send', value: 1 }], receives: ['1', reply] }))).toEqual({})
})

test('bytes cannot be sent by a system without binary', () => {
  const history = after({
    ops: [[{ op: 'send', value: { $: 'bytes', of: '00' } }, rejected('TypeError')]],
    receives: [reply],
  }).fence('c0')
  expect(verdicts(send11, history.run({ capabilities: ['stateful', 'ordered'] }))['send rejects']).toEqual(['kept'])
  expect(verdicts(send11, history.run())).toEqual({})
})
