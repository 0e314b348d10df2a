import { expect, test } from 'vitest'
import { type Capability, capabilityNames } from '../../capabilities.ts'
import { EndingLiteral, threw } from '../../testing/ending-literal.ts'
import { verdicts } from '../../testing/literal.ts'
import type { Json } from '../../values.ts'
import { life14 } from './close.ts'

const sent = { op: 'send', value: { m: 's' } } as const
const returned = { outcome: 'ok', value: { m: 'r' } } as const

/** A handler of c0 that sends, closes and returns; what the client sees of it is still to come. */
function closed(): EndingLiteral {
  const history = new EndingLiteral().connect('c0')
  const call = history.enter('c0', history.message('c0', { action: 'probe' }))
  return history.op(call, sent).closes(call).leave(call, returned, 'closed')
}

test('kept: what it sent before arrives, what it returned does not, and the socket closes', () => {
  const history = closed().receive('c0', { m: 's' }).closed('c0')
  expect(verdicts(life14, history.run())).toEqual({
    state: ['kept'],
    'waits for no handler': ['kept'],
    'socket closes': ['kept'],
    'code 1000': ['kept'],
    'sent before': ['kept'],
    'returned value': ['kept'],
  })
})

test('broken: what it sent is lost, what it returned arrives, the code is another', () => {
  const history = closed().receive('c0', { action: 'probe', m: 'r' }).closed('c0', 1006)
  const found = verdicts(life14, history.run())
  expect([found['sent before'], found['returned value'], found['code 1000']]).toEqual([['broken'], ['broken'], ['broken']])
})

test('broken: what it sent before is refused because the channel was closed meanwhile; not where a platform had called it gone', () => {
  const overtaken = (faults?: Json) => {
    const history = new EndingLiteral().connect('c0', faults === undefined ? {} : { faults })
    const call = history.enter('c0', history.message('c0', { action: 'probe' }))
    const begun = history.begin(call, sent)
    history.closes(call)
    const error = { name: 'ChannelClosedError', message: 'closed', typeError: false }
    return history.end(call, begun, 'send', { outcome: 'rejected', error }).leave(call, returned, 'closed').closed('c0')
  }
  expect(verdicts(life14, overtaken().run())['sent before']).toEqual(['broken'])
  expect(verdicts(life14, overtaken({ posts: ['slow'] }).run())['sent before']).toEqual(['broken'])
  expect(verdicts(life14, overtaken({ posts: ['gone'] }).run())['sent before']).toBeUndefined()
})

test('nothing is said of what is refused behind another close(), though the first by its handler comes later', () => {
  const history = new EndingLiteral().connect('c0')
  const message = history.message('c0', { action: 'probe' })
  const first = history.enter('c0', message)
  const second = history.enter('c0', message)
  // The client may see its socket close before the kit learns of any of it.
  history.closed('c0').closes(second)
  const error = { name: 'ChannelClosedError', message: 'closed', typeError: false }
  history.op(second, sent, { outcome: 'rejected', error }).closes(first).leave(first, returned, 'closed')
  expect(verdicts(life14, history.leave(second, returned, 'closed').run())['sent before']).toBeUndefined()
})

test('undecided: what was held for the client is more than a system with limits may hold; not where it has none, or held less', () => {
  const behind = (times: number) => {
    const history = new EndingLiteral().connect('c0')
    const call = history.enter('c0', history.message('c0', { action: 'probe' }))
    history.op(call, { op: 'send', value: { $: 'repeat', of: ['x', times] } })
    return history.closes(call).leave(call).closed('c0', 1013)
  }
  const limited = verdicts(life14, behind(2 ** 21).run())
  expect([limited['sent before'], limited['code 1000']]).toEqual([undefined, ['undecided']])
  const unlimited = capabilityNames.filter((name) => name !== 'limits')
  for (const run of [behind(2 ** 21).run({ capabilities: unlimited }), behind(2 ** 10).run()]) {
    const found = verdicts(life14, run)
    expect([found['sent before'], found['code 1000']]).toEqual([['broken'], ['broken']])
  }
})

test('broken: the socket stays open', () => {
  expect(verdicts(life14, closed().absent('c0', 'the close').run())['socket closes']).toEqual(['broken'])
})

test('broken: the socket stays open until its client closes it; not where the client left before it was missed', () => {
  const found = (history: EndingLiteral) => {
    const { 'socket closes': socket, 'code 1000': code, 'returned value': value } = verdicts(life14, history.run())
    return [socket, code, value]
  }
  expect(found(closed().absent('c0', 'the close').ends('c0'))).toEqual([['broken'], undefined, undefined])
  expect(found(closed().ends('c0').absent('c0', 'the close'))).toEqual([undefined, undefined, undefined])
  expect(found(closed().ends('c0', 'close', null).absent('c0', 'the close').closed('c0'))).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  // Late, but the server's own.
  expect(found(closed().absent('c0', 'the close').closed('c0'))).toEqual([['kept'], ['kept'], ['kept']])
})

test('broken: the socket of what closes in onConnect stays open until its client closes it', () => {
  const history = inConnect().receive('c0', { m: 's' }).absent('c0', 'the close').ends('c0', 'close', 1005).disconnects('c0')
  const found = verdicts(life14, history.run())
  expect([found['socket closes'], found['code 1000']]).toEqual([['broken'], undefined])
})

test('undecided: nobody has waited for the socket to close', () => {
  expect(verdicts(life14, closed().run())['socket closes']).toEqual(['undecided'])
})

test('nothing is said of what the client saw where it left by itself', () => {
  const history = closed().ends('c0', 'vanish', 1006)
  expect(verdicts(life14, history.run())).toEqual({ state: ['kept'], 'waits for no handler': ['kept'] })
})

test('state and further calls: kept and broken', () => {
  const twice = (state: string, outcome: 'ok' | 'rejected') => {
    const history = new EndingLiteral().connect('c0')
    const call = history.enter('c0', history.message('c0', { action: 'probe' }))
    return verdicts(life14, history.closes(call, state).closes(call, state, outcome).leave(call).run())
  }
  expect(twice('closed', 'ok')).toMatchObject({ state: ['kept', 'kept'], idempotent: ['kept'] })
  expect(twice('open', 'rejected')).toMatchObject({ state: ['broken', 'broken'], idempotent: ['broken'] })
})

test('broken: its promise is pending until the kit lets everything go', () => {
  const history = new EndingLiteral().connect('c0')
  const call = history.enter('c0', history.message('c0', { action: 'probe' }))
  history.begin(call, { op: 'close' })
  history.closed('c0').stall()
  expect(verdicts(life14, history.run())['waits for no handler']).toEqual(['broken'])
})

test('queued messages: kept where none is handled, broken where one is', () => {
  const queued = () => {
    const history = new EndingLiteral().connect('c0')
    const { call, goOn } = history.holding('c0')
    const step = history.message('c0', { action: 'probe' })
    history.gate()
    goOn()
    return { history: history.closes(call).leave(call), step }
  }
  expect(verdicts(life14, queued().history.closed('c0').run())['queued messages']).toEqual(['kept'])
  const { history, step } = queued()
  history.leave(history.enter('c0', step))
  expect(verdicts(life14, history.closed('c0').run())['queued messages']).toEqual(['broken'])
})

/** An onConnect that sends and closes. */
function inConnect(outcome: typeof returned | ReturnType<typeof threw> = returned): EndingLiteral {
  const history = new EndingLiteral().connect('c0', {}, false)
  const call = history.enter('c0', '1.0', { handler: 'onConnect', state: 'initial' })
  return history.op(call, sent).closes(call).leave(call, outcome, 'closed')
}

test('in onConnect: what it sent arrives and onDisconnect runs', () => {
  const kept = verdicts(life14, inConnect().receive('c0', { m: 's' }).closed('c0').disconnects('c0').run())
  expect([kept['onConnect’s output'], kept['onDisconnect follows'], kept['code 1000']]).toEqual([['kept'], ['kept'], ['kept']])
  const broken = verdicts(life14, inConnect().closed('c0', 1006).absent('c0', 'onDisconnect').run())
  expect([broken['onConnect’s output'], broken['onDisconnect follows']]).toEqual([['broken'], ['broken']])
  expect(verdicts(life14, inConnect().closed('c0').run())['onDisconnect follows']).toEqual(['undecided'])
})

test('in an onConnect that fails the refusal is another requirement’s', () => {
  const found = verdicts(life14, inConnect(threw()).closed('c0', 1011).run())
  expect(Object.keys(found)).toEqual(['state', 'waits for no handler'])
})

test('not exercised: nobody calls close()', () => {
  expect(verdicts(life14, new EndingLiteral().connect('c0').ends('c0').run())).toEqual({})
})

test('idempotent: a timer may close what its client has closed long since', () => {
  const late = (outcome: 'ok' | 'rejected') => {
    const history = new EndingLiteral().connect('c0').ends('c0').disconnects('c0')
    const call = history.enter('c0', 'x', { handler: 'armed', state: 'closed' })
    history.end(call, history.begin(call, { op: 'close' }), 'close', { ...threw(), outcome }, 'closed')
    return verdicts(life14, history.run()).idempotent
  }
  expect([late('ok'), late('rejected')]).toEqual([['kept'], ['broken']])
})

test('where handlers overlap, nothing is said of what another one’s close() refused', () => {
  const crossed = (capabilities: Capability[]) => {
    const history = new EndingLiteral().connect('c0')
    const sends = history.enter('c0', history.message('c0', { action: 'probe' }))
    const begun = history.begin(sends, sent)
    const closes = history.enter('c0', history.message('c0', { action: 'probe' }))
    history.closes(closes).leave(closes, returned, 'closed')
    const error = { name: 'ChannelClosedError', message: 'closed', typeError: false }
    history.end(sends, begun, 'send', { outcome: 'rejected', error }).leave(sends, returned, 'closed').closed('c0')
    return verdicts(life14, history.run({ capabilities }))['sent before']
  }
  expect(crossed([...capabilityNames])).toEqual(['broken'])
  expect(crossed(capabilityNames.filter((name) => name !== 'ordered'))).toBeUndefined()
})
