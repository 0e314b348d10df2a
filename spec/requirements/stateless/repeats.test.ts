import { expect, test } from 'vitest'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless03, stateless05 } from './repeats.ts'

/** A connection whose disconnect comes twice, and runs onDisconnect so many times. */
function disconnectTwice(beside: boolean, times: number): PlatformLiteral {
  const history = new PlatformLiteral().connect('c0').ends('c0')
  const first = history.invoked('disconnect', 'c0')
  if (!beside) history.disconnects('c0').returned(first)
  const again = history.invoked('disconnect', 'c0', { repeat: true })
  if (beside) history.disconnects('c0').returned(first)
  for (let run = 1; run < times; run++) history.disconnects('c0')
  return history.returned(again)
}

test.each([
  [true, 'beside the first'],
  [false, 'after the first'],
])('a disconnect that comes twice (beside: %s)', (beside, clause) => {
  expect(verdicts(stateless03, disconnectTwice(beside, 1).idle().run())).toEqual({ [clause]: ['kept'] })
  expect(verdicts(stateless03, disconnectTwice(beside, 2).run())).toEqual({ [clause]: ['broken'] })
  expect(verdicts(stateless03, disconnectTwice(beside, 1).run())).toEqual({})
})

test('one disconnect, or a killed one, says nothing of STATELESS-03', () => {
  const once = new PlatformLiteral().connect('c0').ends('c0')
  const event = once.invoked('disconnect', 'c0')
  once.disconnects('c0').returned(event).idle()
  expect(verdicts(stateless03, once.run())).toEqual({})
  const killed = disconnectTwice(false, 2)
  killed.returned(killed.invoked('disconnect', 'c0'), { outcome: 'killed' })
  expect(verdicts(stateless03, killed.idle().run())).toEqual({})
})

/** A connect that comes twice, the second beside the first, with these answers and runs of onConnect. */
function connectTwice(statuses: [number, number], times = 1): PlatformLiteral {
  const history = new PlatformLiteral()
  const events = [history.invoked('connect', 'c0'), history.invoked('connect', 'c0', { repeat: true })]
  history.connect('c0')
  for (let run = 1; run < times; run++) history.leave(history.enter('c0', '1.0', { handler: 'onConnect' }))
  for (const [index, status] of statuses.entries()) history.returned(events[index] ?? 0, { status })
  return history
}

test('a connect that comes twice runs onConnect once', () => {
  expect(verdicts(stateless05, connectTwice([200, 200]).idle().run())['onConnect once']).toEqual(['kept'])
  expect(verdicts(stateless05, connectTwice([200, 200], 2).run())['onConnect once']).toEqual(['broken'])
  expect(verdicts(stateless05, connectTwice([200, 200]).run())['onConnect once']).toBeUndefined()
})

test('both are answered alike', () => {
  expect(verdicts(stateless05, connectTwice([200, 200]).run())['both answer alike']).toEqual(['kept'])
  expect(verdicts(stateless05, connectTwice([403, 410]).run())['both answer alike']).toEqual(['kept'])
  expect(verdicts(stateless05, connectTwice([200, 500]).run())['both answer alike']).toEqual(['broken'])
  const gone = new PlatformLiteral().connect('c0')
  gone.returned(gone.invoked('connect', 'c0')).ends('c0').disconnects('c0')
  gone.returned(gone.invoked('connect', 'c0', { repeat: true }), { status: 410 })
  expect(verdicts(stateless05, gone.run())['both answer alike']).toBeUndefined()
})

/** A connect that comes again once its channel is closed, so many seconds later, and runs onConnect so many times. */
function comesAgain(times: number, seconds = 0): PlatformLiteral {
  const history = new PlatformLiteral()
  history.returned(history.invoked('connect', 'c0')).connect('c0').ends('c0')
  const end = history.invoked('disconnect', 'c0')
  history.disconnects('c0').returned(end)
  if (seconds > 0) history.asks({ do: 'advance', seconds })
  const again = history.invoked('connect', 'c0', { repeat: true })
  for (let run = 0; run < times; run++) history.leave(history.enter('c0', '1.0', { handler: 'onConnect' }))
  return history.returned(again, { status: 410 }).idle()
}

test('a closed id does not come back', () => {
  expect(verdicts(stateless05, comesAgain(0).residue().run())['does not come back']).toEqual(['kept'])
  expect(verdicts(stateless05, comesAgain(0).residue(['id-c0']).run())['does not come back']).toEqual(['broken'])
  expect(verdicts(stateless05, comesAgain(1).run())['does not come back']).toEqual(['broken'])
  expect(verdicts(stateless05, comesAgain(0).run())['does not come back']).toBeUndefined()
})

test('nor most of a day later; two days later it may', () => {
  expect(verdicts(stateless05, comesAgain(0, 72_000).run())['for a day']).toEqual(['kept'])
  expect(verdicts(stateless05, comesAgain(1, 72_000).run())['for a day']).toEqual(['broken'])
  expect(verdicts(stateless05, comesAgain(0, 200_000).run())['for a day']).toBeUndefined()
})

test('a message still being handled when its channel is closed brings it back', () => {
  const history = new PlatformLiteral().connect('c0')
  const message = history.invoked('message', 'c0')
  const call = history.enter('c0', history.message('c0', { action: 'probe' }))
  history.ends('c0')
  const end = history.invoked('disconnect', 'c0')
  history.disconnects('c0').returned(end).leave(call).returned(message).idle()
  expect(verdicts(stateless05, history.residue(['id-c0']).run())['does not come back']).toEqual(['broken'])
})
