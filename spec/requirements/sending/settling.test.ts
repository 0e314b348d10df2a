import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { send08 } from './settling.ts'

const publish = {
  op: 'publish',
  topic: 't',
  exclude: null,
  value: { m: 'p' },
  mode: 'track',
} as const

/** A publish left unawaited while a receiver holds it, and a message sent meanwhile; `steps` in the order given. */
function history(order: ('let go' | 'end' | 'next')[], sentBefore = true): Literal {
  const made = new Literal().connect('c0')
  const first = made.message('c0', { action: 'probe' })
  const call = made.enter('c0', first)
  const index = made.begin(call, publish)
  made.leave(call)
  const send = (): string => made.message('c0', { action: 'probe' })
  let second = sentBefore ? send() : ''
  for (const each of order) {
    if (each === 'let go') {
      made.client({ at: 'client', kind: 'gate', name: 'g' })
      made.server({ at: 'server', kind: 'passed', id: 'r', gate: 'g' })
    } else if (each === 'end') made.end(call, index, 'publish')
    else {
      if (!sentBefore) second = send()
      made.leave(made.enter('c0', second))
    }
  }
  return made
}

test('kept: the next handler starts when the publish has settled', () => {
  expect(verdicts(send08, history(['let go', 'end', 'next']).run())).toEqual({
    'the next handler waits': ['kept'],
  })
})

test('broken: it starts while the publish is held', () => {
  expect(verdicts(send08, history(['next', 'let go', 'end']).run())).toEqual({
    'the next handler waits': ['broken'],
  })
})

test('not exercised: the publish waits for no receiver, or is never known to end', () => {
  expect(verdicts(send08, history(['end', 'next', 'let go']).run())).toEqual({})
  expect(verdicts(send08, history(['next']).run())).toEqual({})
})

test('unknown: the message was sent only afterwards', () => {
  expect(verdicts(send08, history(['let go', 'end', 'next'], false).run())).toEqual({ 'the next handler waits': ['undecided'] })
})
