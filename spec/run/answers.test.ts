import { expect, test } from 'vitest'
import { Literal } from '../testing/literal.ts'

const overlapping = { capabilities: ['stateless' as const] }

/** Two handlers answer alike; the first closes its channel, the second's reply arrives. */
function alike(): Literal {
  const history = new Literal().connect('c0')
  const closing = history.enter('c0', history.message('c0', { action: 'probe' }))
  const other = history.enter('c0', history.message('c0', { action: 'probe' }))
  history.leave(other).op(closing, { op: 'close' }).leave(closing)
  return history.receive('c0', { action: 'probe' })
}

const answeredStep = (run: ReturnType<Literal['run']>): string | undefined => {
  const answers = run.connections[0]?.received[0]?.answers
  return answers?.kind === 'reply' ? answers.call.step : answers?.kind
}

test('of replies that look alike the first is meant where messages are handled in turn', () => {
  const run = alike().run()
  expect(answeredStep(run)).toBe(run.connections[0]?.messages[0]?.step)
})

test('where they overlap, one whose handler did not close its channel', () => {
  const run = alike().run(overlapping)
  expect(answeredStep(run)).toBe(run.connections[0]?.messages[1]?.step)
})

test('bytes become no message where none are carried', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [{ op: 'publish', topic: 't', exclude: null, value: { $: 'bytes', of: '00' } }])
  expect(history.run().publishes[0]?.wire).toEqual({ hex: '00' })
  expect(history.run(overlapping).publishes[0]?.wire).toBeUndefined()
})

test('an error without a routing key answers a message that holds none', () => {
  const history = new Literal().connect('c0')
  history.message('c0', { action: 'protected' })
  history.message('c0', { other: 1 })
  history.receive('c0', { error: 'no session', errorName: 'UnauthorizedError' })
  const run = history.run(overlapping)
  const answers = run.connections[0]?.received[0]?.answers
  expect(answers?.kind === 'error' && answers.message).toBe(run.connections[0]?.messages[1])
})
