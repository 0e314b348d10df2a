import { expect, test } from 'vitest'
import type { Op } from '../../probe/ops.ts'
import { EndingLiteral, threw } from '../../testing/ending-literal.ts'
import { verdicts } from '../../testing/literal.ts'
import { life16, life17 } from './isolation.ts'

/** c0's handler waits at a gate and c1 has sent a message meanwhile. */
function meanwhile() {
  const history = new EndingLiteral().connect('c0').connect('c1')
  const { call, goOn } = history.holding('c0')
  const step = history.message('c1', { action: 'probe' })
  const settle = (): EndingLiteral => {
    history.gate()
    goOn()
    return history.leave(call)
  }
  return { history, step, goOn: settle }
}

test('LIFE-16 kept: the other handler starts while the first waits', () => {
  const { history, step, goOn } = meanwhile()
  history.leave(history.enter('c1', step))
  expect(verdicts(life16, goOn().run())).toEqual({ 'a waiting message handler': ['kept'] })
})

test('LIFE-16 broken: it starts only when the kit has let the first go on', () => {
  const { history, step, goOn } = meanwhile()
  history.stall()
  goOn()
  history.leave(history.enter('c1', step))
  expect(verdicts(life16, history.run())).toEqual({ 'a waiting message handler': ['broken'] })
})

test('LIFE-16 undecided: the gate was opened before anybody looked', () => {
  const { history, step, goOn } = meanwhile()
  goOn()
  history.leave(history.enter('c1', step))
  expect(verdicts(life16, history.run())).toEqual({ 'a waiting message handler': ['undecided'] })
})

test('LIFE-16 undecided: it waits behind a handler of its own connection', () => {
  const history = new EndingLiteral().connect('c0').connect('c1')
  history.holding('c1')
  history.holding('c0')
  history.message('c1', { action: 'probe' })
  history.stall().gate()
  expect(verdicts(life16, history.run())['a waiting message handler']).not.toContain('broken')
})

test('LIFE-16: a waiting onConnect and onDisconnect count, and so does another connection’s coming', () => {
  const history = new EndingLiteral().connect('c0', {}, false)
  const goOn = history.held(history.enter('c0', '1.0', { handler: 'onConnect' }))
  history.connect('c1').gate()
  goOn()
  expect(verdicts(life16, history.run())).toEqual({ 'a waiting onConnect': ['kept'] })
  const ending = new EndingLiteral().connect('c0').connect('c1').ends('c0')
  const leaves = ending.held(ending.enter('c0', 'c0~', { handler: 'onDisconnect' }))
  ending.act('c1', [])
  ending.gate()
  leaves()
  expect(verdicts(life16, ending.run())).toEqual({ 'a waiting onDisconnect': ['kept'] })
})

test('LIFE-16 not exercised: nobody waits', () => {
  const history = new EndingLiteral().connect('c0').connect('c1')
  history.act('c0', [])
  expect(verdicts(life16, history.run())).toEqual({})
})

/** c0's handler throws, at once or later. */
function throwing(late = false): EndingLiteral {
  const history = new EndingLiteral().connect('c0').connect('c1')
  const call = history.enter('c0', history.message('c0', { action: 'probe' }))
  history.begin(call, { op: 'throw', error: 'error', ...(late ? { late } : {}) })
  return history.leave(call, threw('thrown by 1.2'))
}

test('LIFE-17 kept: both connections are answered afterwards', () => {
  const found = verdicts(life17, throwing().fence('c0', 'c1').run())
  expect(found).toEqual({ 'thrown at once': ['kept'], 'other connections': ['kept'], 'nothing unhandled': ['kept'] })
  expect(verdicts(life17, throwing(true).fence('c0').run())['thrown later']).toEqual(['kept'])
})

test('LIFE-17 broken: its own connection is closed', () => {
  expect(verdicts(life17, throwing().closed('c0', 1011).run())['thrown at once']).toEqual(['broken'])
  expect(verdicts(life17, throwing(true).closed('c0', 1011).run())['thrown later']).toEqual(['broken'])
})

test('LIFE-17 broken: another connection is closed', () => {
  expect(verdicts(life17, throwing().closed('c1', 1006).run())['other connections']).toEqual(['broken'])
})

test('LIFE-17 broken: an error that nobody handled, whatever threw it', () => {
  const fault = (message: string) => ({ at: 'server', kind: 'fault', what: 'unhandledRejection', message }) as const
  expect(verdicts(life17, throwing().server(fault('Error: thrown by 1.2')).run())['nothing unhandled']).toEqual(['broken'])
  expect(verdicts(life17, new EndingLiteral().connect('c0').server(fault('Error: other')).run())['nothing unhandled']).toEqual([
    'broken',
  ])
})

test('LIFE-17: a fault is another requirement’s only where a call that nobody awaits explains it', () => {
  const after = (message: string, op?: Op, closes = false) => {
    const history = new EndingLiteral().connect('c0')
    const call = history.enter('c0', history.message('c0', { action: 'probe' }))
    if (closes) history.closes(call)
    if (op !== undefined) history.begin(call, op)
    history.leave(call).server({ at: 'server', kind: 'fault', what: 'unhandledRejection', message })
    return verdicts(life17, history.run())['nothing unhandled']
  }
  const float = { op: 'send', mode: 'float' } as const
  const nothing = { $: 'undefined' }
  expect(after('TypeError: x is not a function')).toEqual(['broken'])
  expect(after('TypeError: no', { ...float, value: { m: '1' } })).toEqual(['broken'])
  expect(after('TypeError: no', { op: 'send', value: nothing })).toEqual(['broken'])
  expect(after('TypeError: no', { ...float, value: nothing })).toBeUndefined()
  expect(after('TypeError: no', { op: 'session.set', mode: 'float', value: nothing })).toBeUndefined()
  expect(after('ChannelClosedError: gone', { ...float, value: 1 })).toEqual(['broken'])
  expect(after('ChannelClosedError: gone', undefined, true)).toEqual(['broken'])
  expect(after('ChannelClosedError: gone', { ...float, value: 1 }, true)).toBeUndefined()
})

test('LIFE-17: what the client closed, or what is closed before the fence, says nothing', () => {
  expect(verdicts(life17, throwing().ends('c0').ends('c1').run())).toEqual({ 'nothing unhandled': ['kept'] })
})

test('LIFE-17 not exercised: nobody throws', () => {
  const history = new EndingLiteral().connect('c0')
  history.act('c0', [])
  expect(verdicts(life17, history.fence('c0').run())).toEqual({})
})

/** c1's client goes while c0's onDisconnect waits. */
function leaving(starts: 'at once' | 'later', stalls: boolean): unknown {
  const history = new EndingLiteral().connect('c0').connect('c1').ends('c0')
  const call = history.enter('c0', 'c0~', { handler: 'onDisconnect' })
  const goOn = history.held(call)
  history.ends('c1')
  if (starts === 'at once') history.disconnects('c1')
  if (stalls) history.stall()
  history.gate()
  goOn()
  history.leave(call)
  if (starts === 'later') history.disconnects('c1')
  return verdicts(life16, history.run())
}

test('LIFE-16: another connection’s onDisconnect does not wait either', () => {
  expect(leaving('at once', false)).toEqual({ 'a waiting onDisconnect': ['kept'] })
  expect(leaving('later', true)).toEqual({ 'a waiting onDisconnect': ['broken'] })
  expect(leaving('later', false)).toEqual({ 'a waiting onDisconnect': ['undecided'] })
})
