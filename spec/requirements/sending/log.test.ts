import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import type { Json } from '../../values.ts'
import { send15 } from './log.ts'

const log = (history: Literal, details: Json, level = 'error'): Literal =>
  history.server({
    at: 'server',
    kind: 'log',
    level,
    message: 'failed',
    details,
  })

/** A handler that throws, with what is logged of it. */
function throws(...logged: Json[]): Literal {
  const history = new Literal().connect('c0')
  const step = history.message('c0', { action: 'probe', password: 'secret-1' })
  const call = history.enter('c0', step)
  history.begin(call, {
    op: 'throw',
    error: 'error',
    message: 'thrown by 1.1',
  })
  history.leave(call, {
    outcome: 'rejected',
    error: { name: 'Error', message: 'thrown by 1.1', typeError: false },
  })
  for (const each of logged) log(history, each)
  return history.receive('c0', {
    error: 'Internal error',
    errorName: 'InternalError',
    action: 'probe',
  })
}

test('masked errors: with message and channel, without either, or an earlier one’s', () => {
  expect(
    verdicts(send15, throws({ channel: 'main', reason: 'Error: thrown by 1.1' }).fence('c0').run())['masked errors'],
  ).toEqual(['kept'])
  expect(verdicts(send15, throws({ channelId: 'id-c0', error: 'thrown by 1.1' }).fence('c0').run())['masked errors']).toEqual([
    'kept',
  ])
  expect(verdicts(send15, throws().fence('c0').run())['masked errors']).toEqual(['broken'])
  expect(verdicts(send15, throws({ reason: 'thrown by 1.1' }).fence('c0').run())['masked errors']).toEqual(['broken'])
  expect(verdicts(send15, throws({ channel: 'main', reason: 'thrown by 1.10' }).fence('c0').run())['masked errors']).toEqual([
    'broken',
  ])
  expect(verdicts(send15, throws().run())).toEqual({})
})

test('refusals: logged or not', () => {
  const refused = (history = new Literal().connect('c0')): Literal => {
    history.message('c0', { action: 'protected' })
    return history.receive('c0', {
      error: 'Authentication required',
      errorName: 'UnauthorizedError',
      action: 'protected',
    })
  }
  const verdict = (details: Json, level = 'warn') => verdicts(send15, log(refused(), details, level).fence('c0').run()).refusals
  const reason = 'UnauthorizedError'
  expect(verdict({ channel: 'main', reason })).toEqual(['kept'])
  expect(verdict({ channel: { name: 'main' }, reason: 'unauthorized' })).toEqual(['kept'])
  expect(verdict({ id: 'id-c0', reason: 'Authentication required' })).toEqual(['kept'])
  expect(verdict({ channel: 'main', reason }, 'debug')).toEqual(['broken'])
  expect(verdict({ channel: 'main' })).toEqual(['broken'])
  expect(verdict({ reason: `${reason} in the main part` })).toEqual(['broken'])
  expect(verdict({ channel: 'main-2', reason })).toEqual(['broken'])
  expect(verdicts(send15, refused().run())).toEqual({})
})

test('refusals: a line from before the message is another refusal’s', () => {
  const earlier = log(new Literal().connect('c0'), { channel: 'main', reason: 'UnauthorizedError' }, 'warn')
  earlier.message('c0', { action: 'protected' })
  earlier.receive('c0', { error: 'Authentication required', errorName: 'UnauthorizedError', action: 'protected' })
  expect(verdicts(send15, earlier.fence('c0').run())).toEqual({ refusals: ['broken'] })
})

test('no secrets: of messages and sessions; the application’s own words are its own affair', () => {
  const clean = { channel: 'main', reason: 'thrown by 1.1' }
  expect(verdicts(send15, throws(clean).run())).toEqual({
    'no secrets': ['kept'],
  })
  expect(verdicts(send15, throws({ ...clean, data: { password: 'secret-1' } }).run())['no secrets']).toEqual(['broken'])
  const session = new Literal().connect('c0')
  session.act('c0', [{ op: 'session.set', value: { token: 'secret-2' } }])
  expect(verdicts(send15, log(session, { session: 'secret-2' }).run())['no secrets']).toEqual(['broken'])
  const own = new Literal().connect('c0')
  own.act('c0', [
    { op: 'log', message: 'failed' },
    { op: 'session.set', value: 'secret-3' },
  ])
  expect(verdicts(send15, log(own, 'secret-3').run())).toEqual({})
})

test('not exercised: nothing happened', () => {
  const quiet = new Literal().connect('c0')
  quiet.act('c0', [])
  expect(verdicts(send15, log(quiet, { channel: 'main' }).fence('c0').run())).toEqual({})
})
