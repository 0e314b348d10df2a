import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { pub12 } from './crowd.ts'

/** A crowd that has assembled, a publish, and what came of it. */
function crowd(connections: number, copies: number, proven = 1_000): Literal {
  const history = new Literal()
  history.client({ at: 'client', kind: 'invoke', step: '1.c', action: { do: 'crowd', topic: 't', size: 1_000 } })
  history.client({ at: 'client', kind: 'ack', step: '1.c' }).hostPublish('t', { m: '1' })
  const received = connections === 0 ? [] : [{ text: '{"m":"1"}', connections, copies }]
  return history.client({ at: 'client', kind: 'crowd', step: '1.c', topic: 't', size: 1_000, open: 1_000, proven, received })
}

test('kept: all have it, once each', () => {
  expect(verdicts(pub12, crowd(1_000, 1_000).run())).toEqual({ all: ['kept'], 'once each': ['kept'] })
})

test('broken: one has not, all have not, one has it twice', () => {
  expect(verdicts(pub12, crowd(999, 999).run()).all).toEqual(['broken'])
  expect(verdicts(pub12, crowd(0, 0).run()).all).toEqual(['broken'])
  expect(verdicts(pub12, crowd(1_000, 1_001).run())['once each']).toEqual(['broken'])
})

test('not exercised: no crowd, or one that is not known to have everything', () => {
  expect(verdicts(pub12, new Literal().hostPublish('t', { m: '1' }).run())).toEqual({})
  expect(verdicts(pub12, crowd(999, 999, 998).run())).toEqual({})
})
