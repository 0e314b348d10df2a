import { expect, test } from 'vitest'
import { Literal } from '../testing/literal.ts'
import { fenceAfter, lastedAfter } from './fences.ts'
import type { Run } from './run.ts'

/** The connection of a run, and its message of a step. */
function of(run: Run, step: string) {
  const [connection] = run.connections
  if (connection === undefined) throw new Error('there is no connection')
  return { connection, message: connection.messages.find((each) => each.step === step)?.event }
}

test('a fence proves what came before it was sent, and nothing of what came between its sending and its answer', () => {
  const history = new Literal().connect('c0')
  const before = history.message('c0', { action: 'probe' })
  history.client({ at: 'client', kind: 'message', conn: 'c0', step: 'f', data: { text: '{"fence":"f"}' } })
  const between = history.message('c0', { action: 'probe' })
  history.client({ at: 'client', kind: 'fenced', conn: 'c0', step: 'f' })
  const after = history.message('c0', { action: 'probe' })
  const run = history.run()
  const proof = (step: string) => fenceAfter(run, of(run, step).connection, of(run, step).message)?.step
  expect([before, between, after].map(proof)).toEqual(['f', undefined, undefined])
})

test('a connection lasted only until it was asked to end', () => {
  const lasts = (history: Literal) => {
    const step = history.message('c0', { action: 'probe' })
    return { step, history }
  }
  const open = lasts(new Literal().connect('c0'))
  const run = open.history.fence('c0').run()
  expect(lastedAfter(run, of(run, open.step).connection, of(run, open.step).message)).toBeDefined()
  const ending = lasts(new Literal().connect('c0'))
  const ended = ending.history.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' }).fence('c0').run()
  expect(lastedAfter(ended, of(ended, ending.step).connection, of(ended, ending.step).message)).toBeUndefined()
})
