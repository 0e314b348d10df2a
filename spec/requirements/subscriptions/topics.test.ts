import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { sub05 } from './topics.ts'

const ok: Outcome = { outcome: 'ok' }
const failed = (typeError: boolean): Outcome => ({
  outcome: 'rejected',
  error: { name: typeError ? 'TypeError' : 'Error', message: '', typeError },
})
const long = 'x'.repeat(257)

/** c0 subscribes to a topic with this outcome. */
function subscribing(topic: string, outcome: Outcome): Literal {
  const history = new Literal().connect('c0')
  const step = history.message('c0', {})
  const call = history.enter('c0', step)
  history.op(call, { op: 'subscribe', topic }, outcome).leave(call)
  return history.client({ at: 'client', kind: 'ack', conn: 'c0', step })
}

test.each(['', '#', '__proto__', 'x'.repeat(256), '\u{1f600}'.repeat(64)])('%j is taken, and delivered', (topic) => {
  expect(verdicts(sub05, subscribing(topic, ok).hostPublish(topic, { m: '1' }).receive('c0', { m: '1' }).run())).toEqual({
    'any text': ['kept', 'kept'],
  })
  expect(verdicts(sub05, subscribing(topic, ok).hostPublish(topic, { m: '1' }).fence('c0').run())).toEqual({
    'any text': ['kept', 'broken'],
  })
  expect(verdicts(sub05, subscribing(topic, ok).hostPublish(topic, { m: '1' }).run())).toEqual({
    'any text': ['kept', 'undecided'],
  })
  expect(verdicts(sub05, subscribing(topic, failed(true)).run())).toEqual({ 'any text': ['broken'] })
})

test.each([
  [long, 'too long'],
  ['\u00e9'.repeat(129), 'too long'],
  ['a\ud800', 'ill-formed'],
])('%j is refused', (topic, clause) => {
  expect(verdicts(sub05, subscribing(topic, failed(true)).run())).toEqual({ [clause]: ['kept'] })
  expect(verdicts(sub05, subscribing(topic, failed(false)).run())).toEqual({ [clause]: ['broken'] })
  expect(verdicts(sub05, subscribing(topic, ok).run())).toEqual({ [clause]: ['broken'] })
})

test('the host’s hub refuses them too', () => {
  const host = (outcome: Outcome): Literal =>
    new Literal()
      .client({
        at: 'client',
        kind: 'invoke',
        step: '1.p',
        action: { do: 'publish', topic: long, exclude: null, value: { m: '1' } },
      })
      .client({ at: 'client', kind: 'hosted', step: '1.p', outcome: outcome.outcome, error: outcome.error })
  expect(verdicts(sub05, host(failed(true)).run())).toEqual({ 'refused by the host’s hub': ['kept'] })
  expect(verdicts(sub05, host(failed(false)).run())).toEqual({ 'refused by the host’s hub': ['broken'] })
  expect(verdicts(sub05, host(ok).run())).toEqual({ 'refused by the host’s hub': ['broken'] })
})

test('a topic that is alike is another', () => {
  const alike = (): Literal => subscribing('a/#', ok).hostPublish('a/b', { m: '1' })
  expect(verdicts(sub05, alike().fence('c0').run())).toEqual({ 'any text': ['kept'], exactly: ['kept'] })
  expect(verdicts(sub05, alike().receive('c0', { m: '1' }).run())).toEqual({ 'any text': ['kept'], exactly: ['broken'] })
  expect(verdicts(sub05, alike().run())).toEqual({ 'any text': ['kept'], exactly: ['undecided'] })
})

test('a refused subscribe subscribes to nothing', () => {
  const refused = (): Literal => subscribing(long, failed(true)).hostPublish('x'.repeat(256), { m: '1' })
  expect(verdicts(sub05, refused().fence('c0').run())).toEqual({ 'too long': ['kept'], 'refusals change nothing': ['kept'] })
  expect(verdicts(sub05, refused().receive('c0', { m: '1' }).run())).toEqual({
    'too long': ['kept'],
    'refusals change nothing': ['broken'],
  })
})

test('not exercised: ordinary topics', () => {
  expect(verdicts(sub05, subscribing('t', ok).hostPublish('t', { m: '1' }).fence('c0').run())).toEqual({})
})
