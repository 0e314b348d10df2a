import { expect, test } from 'vitest'
import type { HistoryEvent } from '../../spec/history.ts'
import { PlatformLiteral } from '../../spec/testing/platform-literal.ts'
import { Invocations } from './invocations.ts'

/** What is told of a history so far, read as it grows. */
function reading(history: PlatformLiteral): Invocations {
  return new Invocations(() => history.run().events as HistoryEvent[])
}

test('a message is taken up by its invocation, and handled once that has returned', () => {
  const history = new PlatformLiteral().connect('c0') as PlatformLiteral
  const invocations = reading(history)
  history.message('c0', {})
  expect(invocations.of('c0')).toMatchObject({ sent: 1, taken: 0, open: 0 })
  const invocation = history.invoked('message', 'c0')
  expect(invocations.of('c0')).toMatchObject({ sent: 1, taken: 1, open: 1 })
  history.returned(invocation)
  expect(invocations.of('c0')).toMatchObject({ taken: 1, open: 0 })
})

test('a repeated message was not sent again, and an invocation of an earlier program is nobody’s', () => {
  const history = new PlatformLiteral().connect('c0') as PlatformLiteral
  history.invoked('message', 'c0', { repeat: true })
  history.server({ at: 'server', kind: 'returned', invocation: 99, event: 'disconnect', channelId: 'id-c0', outcome: 'ok' })
  expect(reading(history).of('c0')).toMatchObject({ taken: 0, open: 1, ends: 0 })
})

test('what was delivered, what was closed, and who was killed', () => {
  const history = new PlatformLiteral().connect('c0') as PlatformLiteral
  history.posts('c0', { m: '1' }).posts('c0', { m: '2' }, { status: 410 })
  history.posted(history.post('c0', null), 'c0', 204, true)
  history.returned(history.invoked('disconnect', 'c0'))
  const invocations = reading(history)
  expect(invocations.of('c0')).toMatchObject({ delivered: ['{"m":"1"}'], closes: 1, ends: 1 })
  expect(invocations.killed).toBe(false)
  history.returned(history.invoked('message', 'c0'), { outcome: 'killed' })
  expect(invocations.killed).toBe(true)
})
