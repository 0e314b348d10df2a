import { expect, test } from 'vitest'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless07 } from './undelivered.ts'

/** An act that sends twice; the first of what it sends is answered with `status`, and posted again where `again`. */
function sends(status: number, of: { again?: boolean; log?: string; swapped?: boolean; level?: string } = {}): PlatformLiteral {
  const history = new PlatformLiteral()
  history.returned(history.invoked('connect', 'c0')).connect('c0')
  const invocation = history.invoked('message', 'c0')
  const step = history.message('c0', { action: 'probe' })
  const call = history.enter('c0', step)
  const [first, second] = [{ m: '1.1.0' }, { m: '1.1.1' }]
  const sent = [first, second].map((value) => history.begin(call, { op: 'send', value, mode: 'track' }))
  history.posts('c0', first, { status, delivered: false })
  if (of.log !== undefined)
    history.server({
      at: 'server',
      kind: 'log',
      level: of.level ?? 'warn',
      message: 'not delivered',
      details: { channelId: of.log },
    })
  if (of.swapped === true) history.posts('c0', second)
  if (of.again === true) history.posts('c0', first)
  if (of.swapped !== true) history.posts('c0', second)
  for (const op of sent) history.end(call, op, 'send')
  return history.leave(call).returned(invocation)
}

const judged = (history: PlatformLiteral) => verdicts(stateless07, history.run())

test.each([
  [429, 'throttled is retried'],
  [0, 'a refused connection is retried'],
] as const)('what proves that nothing was delivered is tried again: %s', (status, clause) => {
  expect(judged(sends(status, { again: true }))[clause]).toEqual(['kept'])
  expect(judged(sends(status).idle())[clause]).toEqual(['broken'])
  expect(judged(sends(status))[clause]).toBeUndefined()
  expect(judged(sends(status).ends('c0').idle())[clause]).toBeUndefined()
})

test('in order', () => {
  expect(judged(sends(429, { again: true }))['in order']).toEqual(['kept'])
  expect(judged(sends(429, { again: true, swapped: true }))['in order']).toEqual(['broken'])
  expect(judged(sends(429))['in order']).toBeUndefined()
})

test('what leaves delivery open is not', () => {
  expect(judged(sends(500).idle())['unknown is not retried']).toEqual(['kept'])
  expect(judged(sends(500, { again: true }))['unknown is not retried']).toEqual(['broken'])
  expect(judged(sends(500))['unknown is not retried']).toBeUndefined()
})

test.each([
  [500, 'unknown is logged'],
  [403, 'refused for good is logged'],
  [413, 'refused for good is logged'],
] as const)('it is logged with its channel: %s', (status, clause) => {
  expect(judged(sends(status, { log: 'id-c0' }))[clause]).toEqual(['kept'])
  expect(judged(sends(status, { log: 'id-c1' }).idle())[clause]).toEqual(['broken'])
  expect(judged(sends(status, { log: 'id-c0', level: 'debug' }).idle())[clause]).toEqual(['broken'])
  expect(judged(sends(status))[clause]).toBeUndefined()
})

test('the channel stays', () => {
  const later = sends(500)
  later.act('c0', [])
  expect(judged(later)['the channel stays']).toEqual(['kept'])
  expect(judged(sends(500).disconnects('c0'))['the channel stays']).toEqual(['broken'])
  expect(judged(sends(500))['the channel stays']).toBeUndefined()
  expect(judged(sends(500).ends('c0').disconnects('c0'))['the channel stays']).toBeUndefined()
  expect(judged(sends(410).disconnects('c0'))).toEqual({})
})

test('a killed invocation excuses everything', () => {
  const history = sends(429)
  history.returned(history.invoked('message', 'c0'), { outcome: 'killed' })
  expect(judged(history.idle())).toEqual({})
})

test('a close that was throttled is made again, unless its client leaves before', () => {
  const closes = (again: boolean): PlatformLiteral => {
    const history = new PlatformLiteral()
    history.returned(history.invoked('connect', 'c0')).connect('c0')
    const invocation = history.invoked('message', 'c0')
    const call = history.enter('c0', history.message('c0', { action: 'probe' }))
    history.posts('c0', null, { status: 429 })
    if (again) history.posts('c0', null)
    return history.closes(call).leave(call).returned(invocation)
  }
  const clause = 'throttled is retried'
  expect(judged(closes(true).idle())[clause]).toEqual(['kept'])
  expect(judged(closes(false).idle())[clause]).toEqual(['broken'])
  expect(judged(closes(false))[clause]).toBeUndefined()
  expect(judged(closes(false).ends('c0').idle())[clause]).toBeUndefined()
})
