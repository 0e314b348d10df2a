import { expect, test } from 'vitest'
import { outputIssue } from '../../probe/channels/shaped.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { send13 } from './output.ts'
import { type Act, act, ok, rejected } from './testing.ts'

const after = (...acts: Act[]): Literal => {
  const history = new Literal().connect('c0', { channel: 'shaped' }, false)
  for (const each of acts) act(history, each)
  return history
}
const run = (...acts: Act[]) =>
  after(...acts)
    .fence('c0')
    .run()

const full = { m: '1', kept: 1, passwordHash: 'x' }
const bad = { m: '1', bad: true }
const stripped = { m: '1', kept: 1 }

test('what the schema returned', () => {
  const clause = 'what the schema returned'
  expect(
    verdicts(
      send13,
      run({
        action: 'strip',
        returns: full,
        receives: [{ ...stripped, action: 'strip' }],
      }),
    ),
  ).toEqual({ [clause]: ['kept'] })
  expect(
    verdicts(
      send13,
      run({
        action: 'strip',
        returns: full,
        receives: [{ ...full, action: 'strip' }],
      }),
    ),
  ).toEqual({ [clause]: ['broken'] })
  const sends: Act = { action: 'strip', ops: [{ op: 'send', value: full }] }
  expect(verdicts(send13, run({ ...sends, receives: [stripped, { action: 'strip' }] }))).toEqual({ [clause]: ['kept'] })
  expect(verdicts(send13, run({ ...sends, receives: [full, { action: 'strip' }] }))).toEqual({ [clause]: ['broken'] })
  expect(verdicts(send13, after({ action: 'strip', returns: full }).run())).toEqual({})
  expect(
    verdicts(
      send13,
      run({
        action: 'strip',
        returns: { m: '1' },
        receives: [{ m: '1', action: 'strip' }],
      }),
    ),
  ).toEqual({})
})

const logged = (history: Literal): Literal =>
  history.server({
    at: 'server',
    kind: 'log',
    level: 'error',
    message: 'refused',
    details: { reason: outputIssue },
  })

test('a refused return, and the log', () => {
  const masked = {
    error: 'Internal error',
    errorName: 'InternalError',
    action: 'refuse',
  }
  const refused = (receives: Act['receives']) => after({ action: 'refuse', returns: bad, receives })
  expect(
    verdicts(
      send13,
      logged(refused([masked]))
        .fence('c0')
        .run(),
    ),
  ).toEqual({
    'a refused return': ['kept'],
    'nothing refused is sent': ['kept'],
    'the log has the issue': ['kept'],
  })
  expect(verdicts(send13, refused([masked]).fence('c0').run())['the log has the issue']).toEqual(['broken'])
  expect(
    verdicts(
      send13,
      refused([{ ...bad, action: 'refuse' }])
        .fence('c0')
        .run(),
    ),
  ).toMatchObject({
    'a refused return': ['broken'],
    'nothing refused is sent': ['broken'],
  })
  expect(verdicts(send13, refused([masked]).run())).toEqual({
    'nothing refused is sent': ['undecided'],
  })
})

test('a refused return that ends the connection in place of a reply; not where the client left', () => {
  const returned = (leaves: boolean) => {
    const history = after({ action: 'refuse', returns: bad })
    if (leaves) history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'x', action: { do: 'close' } })
    history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
    return verdicts(send13, history.run())['a refused return']
  }
  expect([returned(false), returned(true)]).toEqual([['broken'], undefined])
})

test('a refused send and an asynchronous schema', () => {
  const sends = (action: string, outcome: typeof ok) =>
    verdicts(
      send13,
      run({
        action,
        ops: [[{ op: 'send', value: bad }, outcome]],
        receives: [{ action }],
      }),
    )
  expect(sends('refuse', rejected('ValidationError'))['a refused send']).toEqual(['kept'])
  expect(sends('refuse', ok)['a refused send']).toEqual(['broken'])
  expect(sends('asynchronous', rejected('TypeError'))['an asynchronous one']).toEqual(['kept'])
  expect(sends('asynchronous', rejected('Error'))['an asynchronous one']).toEqual(['broken'])
})
