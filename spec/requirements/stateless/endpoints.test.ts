import { expect, test } from 'vitest'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless18 } from './endpoints.ts'

const [a, b] = ['http://a', 'http://b']

/** `c0` on one API and `c1` on another, each answered at its own; `c0` publishes `x`. */
function two(): PlatformLiteral {
  const history = new PlatformLiteral().connect('c0').connect('c1', { channel: 'open' })
  history.posts('c0', { m: 'r0' }, { endpoint: a }).posts('c1', { m: 'r1' }, { endpoint: b })
  history.act('c0', [{ op: 'publish', topic: '1:t', exclude: null, value: { m: 'x' } }])
  return history
}

test("from another endpoint: posted to the receiver's own, or to the publisher's", () => {
  expect(verdicts(stateless18, two().posts('c1', { m: 'x' }, { endpoint: b }).run())).toEqual({
    'from another endpoint': ['kept'],
  })
  const wrong = two().posts('c1', { m: 'x' }, { endpoint: a, status: 410 })
  expect(verdicts(stateless18, wrong.run())['from another endpoint']).toEqual(['broken'])
})

test('from the host', () => {
  const hosted = (endpoint: string) => {
    const history = two().hostPublish('1:t', { m: 'y' })
    return history.posts('c1', { m: 'y' }, { endpoint, status: endpoint === b ? 200 : 403 }).run()
  }
  expect(verdicts(stateless18, hosted(b))).toEqual({ 'from the host': ['kept'] })
  expect(verdicts(stateless18, hosted(a))).toEqual({ 'from the host': ['broken'] })
})

test('the answer of another: removes nothing, or this one', () => {
  const gone = () => two().posts('c1', { m: 'x' }, { endpoint: b, status: 410 })
  expect(verdicts(stateless18, gone().fence('c0').run())['the answer of another']).toEqual(['kept'])
  expect(verdicts(stateless18, gone().disconnects('c0').run())['the answer of another']).toEqual(['broken'])
})

test('not exercised: one endpoint; unknown: its own disconnect has come', () => {
  const one = new PlatformLiteral().connect('c0').posts('c0', { m: 'r' })
  expect(verdicts(stateless18, one.run())).toEqual({})
  const ended = two().posts('c1', { m: 'x' }, { endpoint: b, status: 410 })
  ended.invoked('disconnect', 'c0')
  expect(verdicts(stateless18, ended.disconnects('c0').run())['the answer of another']).toBeUndefined()
})
