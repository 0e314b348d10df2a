import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import type { Op } from '../../probe/ops.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { sub11 } from './custom.ts'

const register: Op = { op: 'register', id: 'r', topics: ['t'] }
const copy = { m: '1' }

/** c0 does these; `r` receives the message so often while the host publishes. */
function after(ops: Op[], copies: number, exclude: string | null = null): Literal {
  const history = new Literal().connect('c0')
  history.act('c0', ops)
  for (let count = 0; count < copies; count++)
    history.server({ at: 'server', kind: 'custom', id: 'r', data: { text: '{"m":"1"}' } })
  return history.hostPublish('t', copy, exclude)
}

test('receives, once', () => {
  expect(verdicts(sub11, after([register], 1).run())).toEqual({ receives: ['kept'] })
  expect(verdicts(sub11, after([register], 0).run())).toEqual({ receives: ['broken'] })
  expect(verdicts(sub11, after([register], 2).run())).toEqual({ receives: ['broken'] })
})

test('is excluded by its id', () => {
  expect(verdicts(sub11, after([register], 0, 'r').run())).toEqual({ excluded: ['kept'] })
  expect(verdicts(sub11, after([register], 1, 'r').run())).toEqual({ excluded: ['broken'] })
})

test('ends', () => {
  const ends: Op[][] = [[{ op: 'unregister', id: 'r' }], [{ op: 'unsubscribe', topic: 't', who: { id: 'r' } }]]
  for (const [end] of ends) {
    expect(verdicts(sub11, after([register, end as Op], 0).run())).toEqual({ ends: ['kept'] })
    expect(verdicts(sub11, after([register, end as Op], 1).run())).toEqual({ ends: ['broken'] })
  }
})

test('an id in use', () => {
  const again = (outcome: Outcome): Literal => {
    const history = new Literal().connect('c0')
    history.act('c0', [register])
    const call = history.enter('c0', history.message('c0', {}))
    return history.op(call, register, outcome).leave(call)
  }
  expect(verdicts(sub11, again({ outcome: 'rejected', error: { name: 'Error', message: '', typeError: false } }).run())).toEqual({
    'an id in use': ['kept'],
  })
  expect(verdicts(sub11, again({ outcome: 'ok' }).run())).toEqual({ 'an id in use': ['broken'] })
  expect(verdicts(sub11, after([register, { op: 'unregister', id: 'r' }, register], 1).run())).toEqual({ receives: ['kept'] })
})

test('harms no other', () => {
  const throwing = (): Literal => after([{ op: 'subscribe', topic: 't' }, { ...register, throws: true } as Op], 1)
  expect(verdicts(sub11, throwing().receive('c0', copy).run())).toEqual({
    receives: ['kept'],
    'harms no other': ['kept', 'kept'],
  })
  expect(verdicts(sub11, throwing().fence('c0').run())['harms no other']).toEqual(['broken', 'kept'])
  expect(verdicts(sub11, throwing().run())['harms no other']).toEqual(['undecided', 'kept'])
  const history = new Literal().connect('c0')
  history.act('c0', [{ ...register, throws: true } as Op])
  const call = history.enter('c0', history.message('c0', {}))
  history.op(
    call,
    { op: 'publish', topic: 't', exclude: null, value: copy },
    { outcome: 'rejected', error: { name: 'Error', message: '', typeError: false } },
  )
  expect(verdicts(sub11, history.run())['harms no other']).toEqual(['broken'])
})

test('unknown: subscribed before it was registered; not exercised: nobody is registered', () => {
  const early: Op = { op: 'subscribe', topic: 't', who: { id: 'r' } }
  expect(verdicts(sub11, after([early, { ...register, topics: [] } as Op], 0).run())).toEqual({ receives: ['undecided'] })
  expect(verdicts(sub11, after([{ op: 'subscribe', topic: 't' }], 0).run())).toEqual({})
})

test('an id in use: that of a channel, while it is open', () => {
  const usurped = (outcome: Outcome, ends = false): Literal => {
    const history = new Literal().connect('c0').connect('c1')
    if (ends) history.client({ at: 'client', kind: 'closed', conn: 'c1', code: 1000, reason: '' })
    const call = history.enter('c0', history.message('c0', {}))
    return history.op(call, { op: 'register', id: 'id-c1', topics: ['t'] }, outcome).leave(call)
  }
  const rejected: Outcome = { outcome: 'rejected', error: { name: 'Error', message: '', typeError: false } }
  expect(verdicts(sub11, usurped(rejected).run())).toEqual({ 'an id in use': ['kept'] })
  expect(verdicts(sub11, usurped({ outcome: 'ok' }).run())).toEqual({ 'an id in use': ['broken'] })
  expect(verdicts(sub11, usurped({ outcome: 'ok' }, true).run())).toEqual({})
})

test('receives whatever is no other publish’s message', () => {
  const bytes = (received: { text: string } | { hex: string }, times: number): Literal => {
    const history = new Literal().connect('c0')
    history.act('c0', [register])
    history.server({ at: 'server', kind: 'custom', id: 'r', data: received })
    for (let time = 0; time < times; time++) history.hostPublish('t', { $: 'bytes', of: '00ff' }, null)
    return history
  }
  expect(verdicts(sub11, bytes({ hex: '00ff' }, 1).run())).toEqual({ receives: ['kept'] })
  expect(verdicts(sub11, bytes({ text: '\u0000\ufffd' }, 1).run())).toEqual({ receives: ['broken'] })
  expect(verdicts(sub11, bytes({ hex: '00ff' }, 2).run())).toEqual({})
})
