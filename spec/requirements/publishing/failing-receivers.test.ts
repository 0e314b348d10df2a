import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { pub10 } from './failing-receivers.ts'

const subscribe = { op: 'subscribe', topic: 't' } as const
const publish = { op: 'publish', topic: 't', exclude: null, value: { m: '1' } } as const

/** c0 and c2 are subscribed; c2 does this, and c1 publishes before c2's onDisconnect, if it has one, has settled. */
function meeting(trouble: 'vanish' | 'pause' | undefined, outcome: Outcome = { outcome: 'ok' }): Literal {
  const history = new Literal().connect('c0').connect('c1').connect('c2')
  history.act('c0', [subscribe])
  history.act('c2', [subscribe])
  if (trouble !== undefined) history.client({ at: 'client', kind: 'invoke', conn: 'c2', step: '1.x', action: { do: trouble } })
  const step = history.message('c1', {})
  const call = history.enter('c1', step)
  const leaving = trouble === 'vanish' ? history.enter('c2', '1.x', { handler: 'onDisconnect' }) : undefined
  history.op(call, publish, outcome).leave(call)
  if (leaving !== undefined) history.leave(leaving)
  return history.client({ at: 'client', kind: 'ack', conn: 'c1', step })
}

test.each([
  ['vanish', 'others while one is gone'],
  ['pause', 'others while one is slow'],
] as const)('%s', (trouble, clause) => {
  expect(verdicts(pub10, meeting(trouble).receive('c0', { m: '1' }).fence('c0').run())).toMatchObject({
    [clause]: ['kept'],
    resolves: ['kept'],
  })
  expect(verdicts(pub10, meeting(trouble).fence('c0').run())).toMatchObject({ [clause]: ['broken'] })
  expect(verdicts(pub10, meeting(trouble).run())).toMatchObject({ [clause]: ['undecided'] })
  const rejected: Outcome = { outcome: 'rejected', error: { name: 'Error', message: 'closed', typeError: false } }
  expect(verdicts(pub10, meeting(trouble, rejected).run())).toMatchObject({ resolves: ['broken'] })
})

test('not exercised: nobody is in trouble', () => {
  expect(verdicts(pub10, meeting(undefined).fence('c0').run())).toEqual({})
})
