import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { life05 } from './state.ts'

/** A connection on which a handler closes and looks at its state, then disconnects. */
function closed(after: string, last: string): Literal {
  const history = new Literal().connect('c0', {}, false)
  history.leave(history.enter('c0', '1.0', { handler: 'onConnect', state: 'initial' }), { outcome: 'ok' }, 'open')
  const call = history.enter('c0', history.message('c0', { action: 'probe' }))
  history.end(call, history.begin(call, { op: 'close' }), 'close', { outcome: 'ok' }, after)
  history.leave(call, { outcome: 'ok' }, after)
  history.leave(history.enter('c0', undefined, { handler: 'onDisconnect', state: last }), { outcome: 'ok' }, last)
  return history
}

test('kept: initial, open, closed', () => {
  expect(verdicts(life05, closed('closed', 'closed').run())).toEqual({
    'in onConnect': ['kept'],
    'in a message handler': ['kept'],
    'in onDisconnect': ['kept'],
    'never back': ['kept'],
    'after close()': ['kept', 'kept', 'kept', 'kept'],
  })
})

test('broken: open after close(), open in onDisconnect, back to open, closed in a handler', () => {
  expect(verdicts(life05, closed('open', 'closed').run())['after close()']).toContain('broken')
  expect(verdicts(life05, closed('closed', 'open').run())).toMatchObject({
    'in onDisconnect': ['broken'],
    'never back': ['broken'],
  })
  const early = new Literal().connect('c0', {}, false)
  early.leave(early.enter('c0', '1.0', { handler: 'onConnect', state: 'closed' }))
  early.leave(early.enter('c0', early.message('c0', { action: 'probe' }), { state: 'initial' }))
  expect(verdicts(life05, early.run())).toMatchObject({ 'in onConnect': ['broken'], 'in a message handler': ['broken'] })
})

test('unknown: closed in a handler of a connection that may be ending', () => {
  const history = new Literal().connect('c0')
  const step = history.message('c0', { action: 'probe' })
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'x', action: { do: 'close', client: 0 } })
  history.leave(history.enter('c0', step, { state: 'closed' }), { outcome: 'ok' }, 'closed')
  expect(verdicts(life05, history.run())['in a message handler']).toEqual(['undecided'])
})

test('not exercised: close() in onConnect may take effect later', () => {
  const history = new Literal().connect('c0', {}, false)
  const call = history.enter('c0', '1.0', { handler: 'onConnect' })
  history.op(call, { op: 'close' }).leave(call)
  expect(verdicts(life05, history.run())['after close()']).toBeUndefined()
})

test('where every event may meet a fresh process, each handler has a state of its own', () => {
  const history = new Literal().connect('c0')
  const first = history.enter('c0', history.message('c0', { action: 'probe' }))
  const second = history.enter('c0', history.message('c0', { action: 'probe' }))
  history.end(first, history.begin(first, { op: 'close' }), 'close', { outcome: 'ok' }, 'closed')
  history.leave(first, { outcome: 'ok' }, 'closed')
  history.leave(second, { outcome: 'ok' }, 'open')
  const serverless = { capabilities: ['stateless' as const] }
  expect(verdicts(life05, history.run(serverless))).toMatchObject({
    'never back': ['kept', 'kept'],
    'after close()': ['kept', 'kept'],
  })
  expect(verdicts(life05, history.run())).toMatchObject({ 'never back': ['broken'] })
  const back = new Literal().connect('c0')
  const call = back.enter('c0', back.message('c0', { action: 'probe' }))
  back.end(call, back.begin(call, { op: 'close' }), 'close', { outcome: 'ok' }, 'closed')
  back.leave(call, { outcome: 'ok' }, 'open')
  expect(verdicts(life05, back.run(serverless))['never back']).toContain('broken')
})
