import { expect, test } from 'vitest'
import type { StoreRequests } from '../../platform.ts'
import type { Op } from '../../probe/ops.ts'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless16 } from './costs.ts'

const requests = (of: Partial<StoreRequests> = {}): { requests: StoreRequests } => ({
  requests: { get: 1, query: 0, write: 0, scan: 0, ...of },
})

/** A channel with `count` subscriptions handles a message that costs so much. */
function message(ops: Op[], of: Partial<StoreRequests>, count = 14): PlatformLiteral {
  const history = new PlatformLiteral().connect('c0').connect('c1')
  const topics = Array.from({ length: count }, (_, index) => `1:${String.fromCharCode(97 + index)}`)
  history.act(
    'c0',
    topics.map((topic) => ({ op: 'subscribe', topic })),
  )
  const step = history.message('c0', { action: 'probe' })
  const invocation = history.invoked('message', 'c0')
  const call = history.enter('c0', step)
  for (const op of ops) history.op(call, op)
  return history.leave(call).returned(invocation, requests(of))
}
const publish: Op = { op: 'publish', topic: '1:a', exclude: null }

test('no scan', () => {
  expect(verdicts(stateless16, message([], {}).run())['no scan']).toEqual(['kept'])
  expect(verdicts(stateless16, message([], { scan: 1 }).run())['no scan']).toEqual(['broken'])
})

test('a message: a fixed number of requests, whatever its channel has subscribed to', () => {
  expect(verdicts(stateless16, message([], { get: 2 }).run())['a message']).toEqual(['kept'])
  expect(verdicts(stateless16, message([], { get: 14 }).run())['a message']).toEqual(['broken'])
  expect(verdicts(stateless16, message([], { get: 14 }, 2).run())['a message']).toBeUndefined()
})

test('a publish: reads in proportion to its subscribers', () => {
  expect(verdicts(stateless16, message([publish], { query: 8 }).run())['a publish']).toEqual(['kept'])
  expect(verdicts(stateless16, message([publish], { query: 60 }).run())['a publish']).toEqual(['broken'])
})

test('one post at a time: judged where posts overlap at all', () => {
  const history = new PlatformLiteral().connect('c0')
  const one = history.invoked('message', 'c0')
  const first = history.post('c0', { m: 'a' }, { invocation: one })
  const other = history.post('c1', { m: 'a' }, { invocation: one })
  history.posted(first, 'c0').posted(other, 'c1').posts('c0', { m: 'b' }, { invocation: one })
  expect(verdicts(stateless16, history.run())).toEqual({ 'one post at a time': ['kept'] })
  const both = new PlatformLiteral().connect('c0')
  const two = both.invoked('message', 'c0')
  const a = both.post('c0', { m: 'a' }, { invocation: two })
  const b = both.post('c0', { m: 'b' }, { invocation: two })
  both.posted(a, 'c0').posted(b, 'c0')
  expect(verdicts(stateless16, both.run())).toEqual({ 'one post at a time': ['broken'] })
  expect(verdicts(stateless16, new PlatformLiteral().connect('c0').posts('c0', { m: 'a' }).run())).toEqual({})
  // An invocation that finds a connection gone may run its onDisconnect, which posts as well.
  const removing = new PlatformLiteral().connect('c0').connect('c1')
  const three = removing.invoked('message', 'c0')
  removing.posts('c1', { m: 'a' }, { invocation: three, status: 410 })
  const own = removing.post('c0', { m: 'a' }, { invocation: three })
  const ofAnother = removing.post('c0', { m: 'b' }, { invocation: three })
  removing.posted(own, 'c0').posted(ofAnother, 'c0')
  expect(verdicts(stateless16, removing.run())).toEqual({})
})

test('bounded posts: to a crowd', () => {
  const crowd = (atOnce: number): PlatformLiteral => {
    const history = new PlatformLiteral()
    const step = history.nextStep()
    history.client({ at: 'client', kind: 'crowd', step, topic: '1:t', size: 220, open: 220, proven: 220, received: [] })
    const posts = Array.from({ length: atOnce }, (_, index) => history.post(`k${index}`, { m: 'x' }))
    for (const [index, post] of posts.entries()) history.posted(post, `k${index}`)
    return history.hostPublish('1:t', { m: 'x' })
  }
  expect(verdicts(stateless16, crowd(50).run())['bounded posts']).toEqual(['kept'])
  expect(verdicts(stateless16, crowd(220).run())['bounded posts']).toEqual(['broken'])
  expect(verdicts(stateless16, crowd(1).run())['bounded posts']).toBeUndefined()
})

test('a sweep: reads what has expired, or what lives', () => {
  const sweep = (of: Partial<StoreRequests>, living = 30): PlatformLiteral => {
    const history = new PlatformLiteral()
    history.returned(history.invoked('connect', 'c0'))
    history.asks({ do: 'advance', seconds: 9_000 })
    for (let index = 0; index < living; index++) history.returned(history.invoked('connect', `k${index}`), requests())
    return history.returned(history.invoked('sweep'), requests(of))
  }
  expect(verdicts(stateless16, sweep({ get: 2, query: 40 }).run())['a sweep']).toEqual(['kept'])
  expect(verdicts(stateless16, sweep({ get: 31 }).run())['a sweep']).toEqual(['broken'])
  expect(verdicts(stateless16, sweep({ get: 2 }, 3).run())['a sweep']).toBeUndefined()
})
