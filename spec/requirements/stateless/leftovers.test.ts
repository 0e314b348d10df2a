import { expect, test } from 'vitest'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless12 } from './leftovers.ts'

/** Two subscribers; the first has said something, and ends. */
function ended(crash = false): PlatformLiteral {
  const history = new PlatformLiteral().connect('c0').connect('c1')
  for (const conn of ['c0', 'c1']) {
    const message = history.invoked('message', conn)
    history.act(conn, [{ op: 'subscribe', topic: '1:t' }])
    history.returned(message)
  }
  history.ends('c0')
  if (crash) return history.returned(history.invoked('disconnect', 'c0'), { outcome: 'killed' })
  return history.disconnects('c0')
}

/** A publish of the host's that reaches the second, and tries the first where it says so. */
function publishes(history: PlatformLiteral, m: string, tries: boolean, status = 410): PlatformLiteral {
  const step = history.nextStep()
  const action = { do: 'publish', topic: '1:t', exclude: null, value: { m } }
  history.client({ at: 'client', kind: 'invoke', step, action })
  if (tries) history.posts('c0', { m }, { status })
  history.posts('c1', { m })
  return history.client({ at: 'client', kind: 'hosted', step, outcome: 'ok' }).fence('c1')
}

test('kept: no publish tries the closed channel, or only the first', () => {
  const none = publishes(publishes(ended(), 'a', false), 'b', false)
  expect(verdicts(stateless12, none.run())).toEqual({ 'closed channels': ['kept'], 'live channels': ['kept', 'kept'] })
  const one = publishes(publishes(ended(true), 'a', true), 'b', false)
  expect(verdicts(stateless12, one.run())['after a crash']).toEqual(['kept'])
})

test('broken: the second publish tries it too', () => {
  const two = (crash: boolean) => publishes(publishes(ended(crash), 'a', true), 'b', true)
  expect(verdicts(stateless12, two(false).run())['closed channels']).toEqual(['broken'])
  expect(verdicts(stateless12, two(true).run())['after a crash']).toEqual(['broken'])
})

test('broken: the publish that removed it has left it for the next', () => {
  const removing = (tries: boolean) => {
    const history = new PlatformLiteral().connect('c0').connect('c1')
    const message = history.invoked('message', 'c1')
    history.act('c1', [{ op: 'subscribe', topic: '1:t' }])
    history.returned(message)
    const killed = history.invoked('message', 'c0')
    history.act('c0', [{ op: 'subscribe', topic: '1:t' }])
    history.returned(killed, { outcome: 'killed' }).ends('c0')
    const step = history.nextStep()
    const action = { do: 'publish', topic: '1:t', exclude: null, value: { m: 'a' } }
    history.client({ at: 'client', kind: 'invoke', step, action }).posts('c0', { m: 'a' }, { status: 410 })
    history.disconnects('c0').posts('c1', { m: 'a' })
    history.client({ at: 'client', kind: 'hosted', step, outcome: 'ok' }).fence('c1')
    return publishes(history, 'b', tries)
  }
  expect(verdicts(stateless12, removing(false).run())['after a crash']).toEqual(['kept'])
  expect(verdicts(stateless12, removing(true).run())['after a crash']).toEqual(['broken'])
})

test('unknown: one publish alone, or a first that was not answered "gone"', () => {
  expect(verdicts(stateless12, publishes(ended(), 'a', true).run())['closed channels']).toBeUndefined()
  const failing = publishes(publishes(ended(), 'a', true, 500), 'b', true)
  expect(verdicts(stateless12, failing.run())['closed channels']).toEqual(['kept'])
})

test('broken: a live channel has lost its subscription when the other ended', () => {
  const history = ended()
  history.hostPublish('1:t', { m: 'x' }).fence('c1')
  expect(verdicts(stateless12, history.run())['live channels']).toEqual(['broken'])
})

test('not exercised: nobody ended; open: the channel was known open and answered "gone"', () => {
  const quiet = new PlatformLiteral().connect('c1')
  quiet.act('c1', [{ op: 'subscribe', topic: '1:t' }])
  quiet.hostPublish('1:t', { m: 'x' }).fence('c1')
  expect(verdicts(stateless12, quiet.run())).toEqual({})
  const gone = ended().posts('c1', { m: 'y' }, { status: 410 })
  gone.hostPublish('1:t', { m: 'x' }).fence('c1')
  expect(verdicts(stateless12, gone.run())['live channels']).toBeUndefined()
})
