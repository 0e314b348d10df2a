import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { life15 } from './ordering.ts'

/** Two messages sent one after the other before either is handled. */
function pipelined(): { history: Literal; first: string; second: string } {
  const history = new Literal().connect('c0')
  const first = history.message('c0', { action: 'probe', n: 1 })
  const second = history.message('c0', { action: 'probe', n: 2 })
  return { history, first, second }
}

test('kept: the second starts when the first has settled', () => {
  const { history, first, second } = pipelined()
  const call = history.enter('c0', first)
  const held = history.begin(call, { op: 'hold', gate: 'g' })
  history.client({ at: 'client', kind: 'gate', name: 'g' })
  history.end(call, held, 'hold').leave(call)
  history.leave(history.enter('c0', second))
  expect(verdicts(life15, history.run())).toEqual({
    'each in its turn': ['kept'],
    'in the order sent': ['kept'],
    'one at a time': ['kept'],
  })
})

test('broken: they overlap', () => {
  const { history, first, second } = pipelined()
  const one = history.enter('c0', first)
  const two = history.enter('c0', second)
  history.leave(one).leave(two)
  expect(verdicts(life15, history.run())).toEqual({
    'each in its turn': ['kept'],
    'in the order sent': ['kept'],
    'one at a time': ['broken'],
  })
})

test('the end that counts is the handler’s, not that of middleware which did not await it', () => {
  const outlived = (overlapped: boolean): Literal => {
    const { history, first, second } = pipelined()
    const around = { handler: 'middleware', middleware: { which: 'outer', kind: 'message' } } as const
    const outer = history.enter('c0', first, around)
    history.begin(outer, { op: 'next', mode: 'track' })
    const one = history.enter('c0', first)
    history.leave(outer)
    const held = history.begin(one, { op: 'hold', gate: 'g' })
    history.client({ at: 'client', kind: 'gate', name: 'g' })
    if (!overlapped) history.end(one, held, 'hold').leave(one)
    const two = history.enter('c0', second)
    return overlapped ? history.end(one, held, 'hold').leave(one).leave(two) : history.leave(two)
  }
  expect(verdicts(life15, outlived(true).run())['one at a time']).toEqual(['broken'])
  expect(verdicts(life15, outlived(false).run())['one at a time']).toEqual(['kept'])
})

test('broken: the second is handled first', () => {
  const { history, first, second } = pipelined()
  history.leave(history.enter('c0', second))
  history.leave(history.enter('c0', first))
  expect(verdicts(life15, history.run())['in the order sent']).toEqual(['broken'])
})

test('not exercised: one message', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [])
  expect(verdicts(life15, history.run())).toEqual({})
})

test('unknown: nothing shows that the second was sent before the first was over', () => {
  const history = new Literal().connect('c0')
  history.act('c0', [])
  history.act('c0', [])
  expect(verdicts(life15, history.run())).toEqual({
    'each in its turn': ['kept'],
    'in the order sent': ['kept'],
    'one at a time': ['undecided'],
  })
})

/** A message behind one that has been handled, and the end of the kit's patience with it. */
function leftBehind(meanwhile: (history: Literal, call: number) => void = (history, call) => history.leave(call)): Literal {
  const { history, first } = pipelined()
  meanwhile(history, history.enter('c0', first))
  return history.client({ at: 'client', kind: 'timeout', waitingFor: 'the fence of c0', patience: 10_000 })
}

test('kept: the last message is handled', () => {
  const { history, first, second } = pipelined()
  history.leave(history.enter('c0', first))
  history.leave(history.enter('c0', second))
  expect(verdicts(life15, history.run())['each in its turn']).toEqual(['kept'])
})

test('broken: a message is left out, and one behind it handled; what may have been refused, or is not known in full, is not blamed', () => {
  const skipping = (channel: string, json = {}, behind: 'a handler' | 'nothing' | 'onConnect' = 'a handler'): Literal => {
    const history = new Literal().connect('c0', { channel }, behind === 'onConnect' ? false : undefined)
    const connecting = behind === 'onConnect' ? history.enter('c0', '1.0', { handler: 'onConnect' }) : undefined
    const first = history.enter('c0', history.message('c0', { action: 'probe' }))
    const held = history.begin(first, { op: 'hold', gate: 'g' })
    const goOn = (): void => void history.client({ at: 'client', kind: 'gate', name: 'g' }).end(first, held, 'hold').leave(first)
    if (behind === 'nothing') goOn()
    history.message('c0', { action: 'probe', ...json })
    const next = history.message('c0', { action: 'probe' })
    if (behind !== 'nothing') goOn()
    if (connecting !== undefined) history.leave(connecting)
    return history.leave(history.enter('c0', next))
  }
  expect(verdicts(life15, skipping('main').run())['each in its turn']).toEqual(['kept', 'broken'])
  expect(verdicts(life15, skipping('bare').run())['each in its turn']).toEqual(['kept'])
  expect(verdicts(life15, skipping('main', { action: 'protected' }).run())['each in its turn']).toEqual(['kept'])
  // Lost behind a connect that had not settled, or with nothing before it: others blame that.
  expect(verdicts(life15, skipping('main', {}, 'onConnect').run())['each in its turn']).toEqual(['kept'])
  expect(verdicts(life15, skipping('main', {}, 'nothing').run())['each in its turn']).toEqual(['kept'])
  const unfinished = skipping('main').client({ at: 'client', kind: 'timeout', waitingFor: 'the fence of c0', patience: 10_000 })
  expect(verdicts(life15, unfinished.run())['each in its turn']).toEqual(['kept'])
})

test('broken: a message that is not taken up though nothing is before it any more', () => {
  expect(verdicts(life15, leftBehind().run())['each in its turn']).toEqual(['broken'])
})

test('a message behind a handler that never settles, of a client that leaves, or not waited for is not blamed', () => {
  const busy = leftBehind(() => undefined)
  expect(verdicts(life15, busy.run())['each in its turn']).toBeUndefined()
  const left = leftBehind((history, call) => {
    history.leave(call).client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
  })
  expect(verdicts(life15, left.run())['each in its turn']).toBeUndefined()
  const { history, first } = pipelined()
  history.leave(history.enter('c0', first))
  expect(verdicts(life15, history.run())['each in its turn']).toBeUndefined()
  // Whether a fence was handled or its reply lost cannot be told.
  const fenced = new Literal().connect('c0')
  fenced.leave(fenced.enter('c0', fenced.message('c0', { action: 'probe' })))
  fenced.message('c0', { action: 'fence', fence: 'f0' })
  fenced.client({ at: 'client', kind: 'timeout', waitingFor: 'the fence of c0', patience: 10_000 })
  expect(verdicts(life15, fenced.run())['each in its turn']).toBeUndefined()
})
