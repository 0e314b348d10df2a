import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { send10, send14 } from './errors.ts'
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

const masked = {
  error: 'Internal error',
  errorName: 'InternalError',
  action: 'probe',
}
const shown = { error: 'no', errorName: 'ForbiddenError', action: 'probe' }
const forbidden: Act['throws'] = {
  error: 'forbidden',
  name: 'ForbiddenError',
  message: 'no',
}
const error: Act['throws'] = { error: 'error', message: 'secret' }

test('SEND-10: public errors show themselves, others nothing', () => {
  expect(verdicts(send10, run({ throws: forbidden, receives: [shown] }))).toEqual({
    'one reply': ['kept'],
    'public errors': ['kept'],
  })
  expect(verdicts(send10, run({ throws: error, receives: [masked] }))).toEqual({
    'one reply': ['kept'],
    'masked errors': ['kept'],
  })
  expect(verdicts(send10, run({ throws: forbidden, receives: [masked] }))).toEqual({
    'one reply': ['kept'],
    'public errors': ['broken'],
  })
  expect(verdicts(send10, run({ throws: error, receives: [{ ...masked, error: 'secret' }] }))).toEqual({
    'one reply': ['kept'],
    'masked errors': ['broken'],
  })
  expect(verdicts(send10, run({ throws: error, receives: [{ ...masked, stack: 'at x' }] }))['masked errors']).toEqual(['broken'])
})

test('SEND-10: one reply, not none and not two', () => {
  expect(verdicts(send10, run({ throws: error }))).toEqual({
    'one reply': ['broken'],
  })
  expect(verdicts(send10, run({ throws: error, receives: [masked, masked] }))['one reply']).toEqual(['broken'])
  expect(verdicts(send10, after({ throws: error }).run())).toEqual({
    'one reply': ['undecided'],
  })
})

test('SEND-10: after what the handler had sent', () => {
  const sends: Act = {
    ops: [{ op: 'send', value: { m: 's' } }],
    throws: forbidden,
  }
  expect(verdicts(send10, run({ ...sends, receives: [{ m: 's' }, shown] }))['after its own sends']).toEqual(['kept'])
  expect(verdicts(send10, run({ ...sends, receives: [shown, { m: 's' }] }))['after its own sends']).toEqual(['broken'])
})

test('SEND-10: nobody threw', () => {
  expect(verdicts(send10, run({ receives: [{ action: 'probe' }] }))).toEqual({})
})

test('SEND-10: the reply to a message without a routing key has none', () => {
  expect(
    verdicts(
      send10,
      run({
        action: null,
        throws: forbidden,
        receives: [{ error: 'no', errorName: 'ForbiddenError' }],
      }),
    )['public errors'],
  ).toEqual(['kept'])
})

const own: Act['throws'] = {
  error: 'public subclass',
  name: 'ProbeRefusal',
  message: 'no',
}
const impostor: Act['throws'] = {
  error: 'named like a public error',
  name: 'UnauthorizedError',
  message: 'no',
}

test('SEND-14: an own subclass shows itself, any other class does not', () => {
  const refusal = { error: 'no', errorName: 'ProbeRefusal', action: 'probe' }
  expect(verdicts(send14, run({ throws: own, receives: [refusal] }))).toEqual({
    'its own subclass': ['kept'],
  })
  expect(verdicts(send14, run({ throws: own, receives: [masked] }))).toEqual({
    'its own subclass': ['broken'],
  })
  expect(
    verdicts(
      send14,
      run({
        throws: own,
        receives: [{ ...refusal, internal: 'not for clients' }],
      }),
    ),
  ).toEqual({ 'its own subclass': ['broken'] })
  expect(verdicts(send14, run({ throws: impostor, receives: [masked] }))).toEqual({ 'any other class': ['kept'] })
  expect(
    verdicts(
      send14,
      run({
        throws: impostor,
        receives: [{ ...refusal, errorName: 'UnauthorizedError' }],
      }),
    ),
  ).toEqual({ 'any other class': ['broken'] })
})

test('SEND-14: blames only what is wrong of two that throw, and nothing where nobody threw or no reply came', () => {
  const both = run(
    {
      throws: impostor,
      receives: [{ error: 'no', errorName: 'UnauthorizedError', action: 'probe' }],
    },
    { throws: error, receives: [masked] },
  )
  expect(verdicts(send14, both)).toEqual({ 'any other class': ['broken'] })
  expect(verdicts(send10, both)).toEqual({
    'one reply': ['kept', 'kept'],
    'masked errors': ['kept'],
  })
  expect(verdicts(send14, run({}))).toEqual({})
  expect(verdicts(send14, after({ throws: own }).run())).toEqual({})
})
