import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { send01, send02, send03 } from './replies.ts'
import { type Act, act } from './testing.ts'

const after = (...acts: Act[]): Literal => {
  const history = new Literal().connect('c0', {}, false)
  for (const each of acts) act(history, each)
  return history
}
const run = (...acts: Act[]) =>
  after(...acts)
    .fence('c0')
    .run()
const send = { op: 'send', value: { m: 's' } } as const
const value = { m: 'r' }
const reply = { m: 'r', action: 'probe' }

test('SEND-01: one message, after the sends', () => {
  expect(verdicts(send01, run({ ops: [send], returns: value, receives: [{ m: 's' }, reply] }))).toEqual({
    'exactly one message': ['kept'],
    'after its own sends': ['kept'],
  })
})

test('SEND-01: twice, never, or too early', () => {
  expect(verdicts(send01, run({ returns: value, receives: [reply, reply] }))['exactly one message']).toEqual(['broken'])
  expect(verdicts(send01, run({ returns: value }))['exactly one message']).toEqual(['broken'])
  expect(verdicts(send01, run({ ops: [send], returns: value, receives: [reply, { m: 's' }] }))['after its own sends']).toEqual([
    'broken',
  ])
})

test('SEND-01: nothing was returned, or nothing proves absence', () => {
  expect(verdicts(send01, run({ receives: [{ action: 'probe' }] }))).toEqual({})
  expect(verdicts(send01, after({ returns: value }).run())).toEqual({
    'exactly one message': ['undecided'],
  })
})

test('SEND-02: silence, and a message of nothing', () => {
  expect(verdicts(send02, run({ action: null }))).toEqual({
    onMessage: ['kept'],
  })
  expect(verdicts(send02, run({ action: null, receives: ['undefined'] }))).toEqual({ onMessage: ['broken'] })
  expect(verdicts(send02, new Literal().connect('c0').fence('c0').run())).toEqual({ onConnect: ['kept'] })
  expect(verdicts(send02, new Literal().connect('c0').receive('c0', null).fence('c0').run())).toEqual({ onConnect: ['broken'] })
})

test('SEND-02: nobody returned undefined, nothing proves silence, or something else explains the message', () => {
  expect(verdicts(send02, run({ action: null, returns: value, receives: [value] }))).toEqual({})
  expect(verdicts(send02, after({ action: null }).run())).toEqual({
    onMessage: ['undecided'],
  })
  const refused = { op: 'send', value: { $: 'cycle' }, mode: 'float' } as const
  expect(
    verdicts(
      send02,
      run({
        action: null,
        ops: [[refused, null]],
        receives: ['[object Object]'],
      }),
    ),
  ).toEqual({ onMessage: ['undecided'] })
})

test('SEND-03: every form of reply', () => {
  const acts: Act[] = [
    { returns: { m: 'r', action: 'stolen' }, receives: [reply] },
    { receives: [{ action: 'probe' }] },
    { returns: 0, receives: [{ action: 'probe', result: 0 }] },
    { returns: { $: 'bytes', of: '00' }, receives: [{ hex: '00' }] },
  ]
  expect(verdicts(send03, run(...acts))).toEqual({
    'an object': ['kept'],
    nothing: ['kept'],
    'any other value': ['kept'],
    bytes: ['kept'],
  })
})

test('SEND-03: each in another form', () => {
  expect(verdicts(send03, run({ returns: value, receives: [value] }))).toEqual({
    'an object': ['broken'],
  })
  expect(verdicts(send03, run({}))).toEqual({ nothing: ['broken'] })
  expect(verdicts(send03, run({ returns: 0, receives: [{ action: 'probe' }] }))).toEqual({ 'any other value': ['broken'] })
  expect(
    verdicts(
      send03,
      run({
        returns: { $: 'bytes', of: '00' },
        receives: [{ action: 'probe', result: {} }],
      }),
    ),
  ).toEqual({ bytes: ['broken'] })
})

test('SEND-03: a reply that is lost altogether is SEND-01’s; without a fence nothing is lost; unrouted handlers have no key', () => {
  expect(verdicts(send03, run({ returns: value }))).toEqual({})
  expect(verdicts(send03, after({ returns: 0 }).run())).toEqual({})
  expect(verdicts(send03, run({ action: null, returns: 0, receives: ['0'] }))).toEqual({})
})
