import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import type { Run } from '../../run/run.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import type { Tagged } from '../../values.ts'
import { send04, send05, send12 } from './encoding.ts'
import { type Act, act, ok, rejected } from './testing.ts'

const after = (...acts: Act[]): Literal => {
  const history = new Literal().connect('c0', {}, false)
  for (const each of acts) act(history, each)
  return history
}
const run = (...acts: Act[]) =>
  after(...acts)
    .fence('c0')
    .run()
const send = (value: Tagged, then: Partial<Op> = {}): Op => ({ op: 'send', value, ...then }) as Op
const reply = { action: 'probe' }
const nothing = { $: 'undefined' }

test('SEND-04: bare, keyed, lost', () => {
  expect(verdicts(send04, run({ ops: [send({ m: 's' })], receives: [{ m: 's' }, reply] }))).toEqual({
    'the value itself': ['kept'],
  })
  expect(
    verdicts(
      send04,
      run({
        ops: [send({ m: 's' })],
        receives: [{ m: 's', action: 'probe' }, reply],
      }),
    ),
  ).toEqual({ 'the value itself': ['broken'] })
  expect(verdicts(send04, run({ ops: [send({ m: 's' })], receives: [reply] }))).toEqual({ 'the value itself': ['broken'] })
})

test('SEND-04: unrouted handlers have no key, and without a fence nothing is lost', () => {
  expect(verdicts(send04, run({ action: null, ops: [send({ m: 's' })], receives: [{ m: 's' }] }))).toEqual({})
  expect(verdicts(send04, after({ ops: [send({ m: 's' })], receives: [reply] }).run())).toEqual({})
})

test('SEND-04: undefined', () => {
  const refused: Act = {
    ops: [[send(nothing), rejected('TypeError')]],
    receives: [reply],
  }
  expect(verdicts(send04, run(refused))).toEqual({
    'send of undefined': ['kept'],
    'nothing of undefined': ['kept'],
  })
  expect(verdicts(send04, run({ ...refused, ops: [[send(nothing), ok]] }))['send of undefined']).toEqual(['broken'])
  expect(verdicts(send04, run({ ...refused, receives: ['undefined', reply] }))['nothing of undefined']).toEqual(['broken'])
  expect(verdicts(send04, after(refused).run())['nothing of undefined']).toEqual(['undecided'])
  const publish: Op = {
    op: 'publish',
    topic: 't',
    exclude: null,
    value: nothing,
  }
  expect(verdicts(send04, run({ ops: [[publish, rejected('TypeError')]], receives: [reply] }))).toEqual({
    'publish of undefined': ['kept'],
  })
  expect(verdicts(send04, run({ ops: [[publish, rejected('Error')]], receives: [reply] }))).toEqual({
    'publish of undefined': ['broken'],
  })
})

test.each<[clause: string, value: Tagged, wire: string | { hex: string }, wrong: string]>([
  ['a falsy value', 0, '0', 'null'],
  ['a falsy value', '', '', '""'],
  ['a string', 'text', 'text', '"text"'],
  ['bytes', { $: 'view', of: '0102' }, { hex: '0102' }, '{"0":1}'],
  ['any other value', [1], '[1]', '1'],
])('SEND-05: %s', (clause, value, wire, wrong) => {
  expect(verdicts(send05, run({ ops: [send(value)], receives: [wire, reply] }))).toEqual({ [clause]: ['kept'] })
  expect(verdicts(send05, run({ action: null, returns: value, receives: [wire] }))).toEqual({ [clause]: ['kept'] })
  expect(verdicts(send05, run({ ops: [send(value)], receives: [wrong, reply] }))).toEqual({ [clause]: ['broken'] })
  expect(verdicts(send05, after({ ops: [send(value)], receives: [reply] }).run())).toEqual({})
})

test('SEND-05: a falsy value that is dropped is broken, a lost message of another kind is others’; a system without binary owes no bytes', () => {
  expect(verdicts(send05, run({ ops: [send(0)], receives: [reply] }))).toEqual({
    'a falsy value': ['broken'],
  })
  expect(verdicts(send05, run({ ops: [send([1])], receives: [reply] }))).toEqual({})
  const bytes = after({
    ops: [send({ $: 'bytes', of: '00' })],
    receives: [reply],
  }).fence('c0')
  expect(verdicts(send05, bytes.run({ capabilities: ['stateful', 'ordered'] }))).toEqual({})
})

test('SEND-05: of two messages that look alike, only as many are missing as their number shows', () => {
  const history = after({
    ops: [send(0), send(0)],
    receives: ['0', reply],
  }).fence('c0')
  expect(verdicts(send05, history.run())).toEqual({
    'a falsy value': ['kept', 'broken'],
  })
})

const long = { $: 'repeat', of: ['é', 32_768] }

/** What is judged of texts; that a fence came in frames that can be read is `frames.test.ts`'s. */
const texts = (of: Run) => {
  const { 'frames that can be read': _, ...others } = verdicts(send12, of)
  return others
}

test('SEND-12: any text, a long one, one inside a value', () => {
  expect(texts(run({ ops: [send('😀\u0000')], receives: ['😀\u0000', reply] }))).toEqual({ 'any text': ['kept'] })
  expect(texts(run({ ops: [send('\ufeffa')], receives: ['a', reply] }))).toEqual({ 'any text': ['broken'] })
  expect(texts(run({ ops: [send(long)], receives: ['é'.repeat(32_768), reply] }))).toEqual({
    'a text of 64 KiB': ['kept'],
  })
  expect(texts(run({ ops: [send(long)], receives: ['é'.repeat(32_767), reply] }))).toEqual({
    'a text of 64 KiB': ['broken'],
  })
  expect(
    texts(
      run({
        returns: { m: 'r', t: '😀' },
        receives: [{ m: 'r', t: '😀', ...reply }],
      }),
    ),
  ).toEqual({ 'inside JSON': ['kept'] })
  expect(
    texts(
      run({
        returns: { m: 'r', t: '😀' },
        receives: [{ m: 'r', t: '??', ...reply }],
      }),
    ),
  ).toEqual({ 'inside JSON': ['broken'] })
})

test('SEND-12: plain texts are not about it, another form with its strings whole neither, and without a fence nothing is lost', () => {
  expect(texts(run({ ops: [send('plain')], receives: ['plain', reply] }))).toEqual({})
  expect(
    texts(
      run({
        returns: { m: 'r', t: '😀' },
        receives: [{ result: { m: 'r', t: '😀' } }],
      }),
    ),
  ).toEqual({})
  expect(texts(after({ ops: [send('😀')], receives: [reply] }).run())).toEqual({})
})

test('a send that is refused though nothing is wrong with its connection will not arrive, fence or not', () => {
  const text = 'x'.repeat(40_000)
  const refused = (name: string, over?: 'closes' | 'pauses') => {
    const history = new Literal().connect('c0', {}, false)
    if (over === 'pauses')
      history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'p', action: { do: 'pause', client: 0 } })
    act(history, { ops: [[send(text), rejected(name)]], receives: [] })
    if (over === 'closes') history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1006, reason: '' })
    return verdicts(send12, history.run())['a text of 64 KiB']
  }
  expect(refused('ChannelClosedError')).toEqual(['broken'])
  expect(refused('PayloadTooLargeError')).toBeUndefined()
  expect(refused('ChannelClosedError', 'closes')).toBeUndefined()
  expect(refused('ChannelClosedError', 'pauses')).toBeUndefined()
})

test('what is refused while its handshake is had nobody to go to', () => {
  const sent = (end: 'refused' | 'open'): unknown => {
    const history = new Literal()
    const connect = { do: 'connect', client: 0, channel: 'main' }
    history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: '1.0', action: connect })
    const call = history.enter('c0', '1.0', { handler: 'onConnect', state: 'initial' })
    const begun = history.begin(call, send('x'.repeat(40_000)))
    if (end === 'open') history.client({ at: 'client', kind: 'open', conn: 'c0', step: '1.0', protocol: '' })
    history.end(call, begun, 'send', rejected('ChannelClosedError')).leave(call)
    if (end === 'refused') history.client({ at: 'client', kind: 'refused', conn: 'c0', step: '1.0', status: 500 })
    return verdicts(send12, history.run())['a text of 64 KiB']
  }
  expect(sent('open')).toEqual(['broken'])
  expect(sent('refused')).toBeUndefined()
})
