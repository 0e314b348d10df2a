import { expect, test } from 'vitest'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import type { Json } from '../../values.ts'
import { stateless02 } from './overlap.ts'

const [one, other] = [{ m: '1.1.0' }, { m: '1.2.0' }]

/** Two handlers that write a session side by side, and then handlers that are given `seen`, in turn. */
function writers(...seen: Json[]): PlatformLiteral {
  const history = new PlatformLiteral().connect('c0')
  const steps = [history.message('c0', { action: 'probe' }), history.message('c0', { action: 'probe' })]
  const calls = steps.map((step) => history.enter('c0', step))
  const ops = [one, other].map((value, index) => history.begin(calls[index] ?? 0, { op: 'session.set', value }))
  for (const [index, call] of calls.entries()) history.end(call, ops[index] ?? 0, 'session.set').leave(call)
  for (const session of seen) {
    const step = history.message('c0', { action: 'probe' })
    history.leave(history.enter('c0', step, { session }))
    history.client({ at: 'client', kind: 'ack', conn: 'c0', step })
  }
  return history
}

const judged = (history: PlatformLiteral) => verdicts(stateless02, history.run())

test('of two sessions written side by side one is there, whole', () => {
  expect(judged(writers(one))['one of those written']).toEqual(['kept'])
  expect(judged(writers(other))['one of those written']).toEqual(['kept'])
  expect(judged(writers({ $: 'undefined' }))['one of those written']).toEqual(['broken'])
  expect(judged(writers({ ...one, ...{ n: 1 } }))['one of those written']).toEqual(['broken'])
  expect(judged(writers())['one of those written']).toBeUndefined()
})

test('it stays the same one', () => {
  expect(judged(writers(one, one))['stays so']).toEqual(['kept'])
  expect(judged(writers(one, other))['stays so']).toEqual(['broken'])
  expect(judged(writers(one))['stays so']).toBeUndefined()
})

test('one write after the other leaves no choice, and is not judged here', () => {
  const history = new PlatformLiteral().connect('c0')
  history.act('c0', [{ op: 'session.set', value: one }])
  history.act('c0', [{ op: 'session.set', value: other }])
  history.leave(history.enter('c0', history.message('c0', { action: 'probe' }), { session: one }))
  expect(judged(history)).toEqual({})
})

/** Two messages, the handlers of the second running so many times while the first's runs; behind both every invocation has returned. */
function overlapping(times: number): PlatformLiteral {
  const history = new PlatformLiteral().connect('c0')
  const first = history.enter('c0', history.message('c0', { action: 'probe' }))
  const step = history.message('c0', { action: 'probe' })
  for (let run = 0; run < times; run++) history.leave(history.enter('c0', step))
  return history.leave(first)
}

test('overlapping messages run their handlers once each', () => {
  expect(judged(overlapping(1).idle().fence('c0'))).toEqual({
    'nothing lost': ['kept', 'kept'],
    'nothing duplicated': ['kept', 'kept'],
  })
  expect(judged(overlapping(0).idle().fence('c0'))['nothing lost']).toEqual(['broken'])
  expect(judged(overlapping(2).idle().fence('c0'))['nothing duplicated']).toContain('broken')
})

test('until every invocation has returned nothing is lost, nor where the connection did not last, or one was killed', () => {
  expect(judged(overlapping(0).fence('c0'))).toEqual({})
  expect(judged(overlapping(0).ends('c0').idle())['nothing lost']).toBeUndefined()
  // It was answered before they were sent, and what closed the connection may have come first.
  const fencedBefore = new PlatformLiteral().connect('c0').fence('c0')
  const closing = fencedBefore.enter('c0', fencedBefore.message('c0', { action: 'probe' }))
  fencedBefore.message('c0', { action: 'probe' })
  fencedBefore.end(closing, fencedBefore.begin(closing, { op: 'close' }), 'close').leave(closing)
  expect(judged(fencedBefore.ends('c0').idle())['nothing lost']).toBeUndefined()
  const killed = overlapping(0)
  killed.returned(killed.invoked('message', 'c0'), { outcome: 'killed' })
  expect(judged(killed.idle().fence('c0'))).toEqual({})
})
