import { expect, test } from 'vitest'
import { EndingLiteral, threw } from '../../testing/ending-literal.ts'
import { verdicts } from '../../testing/literal.ts'
import type { Json } from '../../values.ts'
import { life11, life13 } from './last-handler.ts'

/** A handler waits, the client closes, and both are still to come. */
function closing() {
  const history = new EndingLiteral().connect('c0')
  const { call, goOn } = history.holding('c0')
  history.ends('c0')
  const settle = (): void => {
    history.gate()
    goOn()
    history.leave(call)
  }
  return { history, settle }
}

test('LIFE-11 kept: it starts after the handler that was running', () => {
  const { history, settle } = closing()
  settle()
  expect(verdicts(life11, history.disconnects('c0').run())).toEqual({ 'after every handler': ['kept'] })
})

test('LIFE-11 broken: it starts while a handler is running', () => {
  const { history, settle } = closing()
  history.disconnects('c0')
  settle()
  expect(verdicts(life11, history.run())['after every handler']).toEqual(['broken'])
})

test('LIFE-11: with a deadline that may have passed nothing is said of the order', () => {
  const history = new EndingLiteral()
  history.client({ at: 'client', kind: 'invoke', step: 'l', action: { do: 'launch', handler: 1 } })
  history.connect('c0')
  const { call, goOn } = history.holding('c0')
  history.ends('c0').disconnects('c0').gate()
  goOn()
  expect(verdicts(life11, history.leave(call).run())).toEqual({ 'no longer than the deadline': ['kept'] })
})

interface Outlasting {
  disconnect: 'meanwhile' | 'after the stall' | 'afterwards' | 'never'
  patience: 'stalls' | 'none' | 'stalls afterwards'
  launch?: { handler: number; stop?: number }
  ends?: 'close' | 'vanish' | 'violate' | 'at the server'
  connect?: { [key: string]: Json }
  refused?: boolean
  /** The trace of onDisconnect comes after the gate was opened, whenever it started. */
  unseen?: boolean
}

/** A handler waits past a short deadline, and the kit lets it go on in the end. */
function outlasting(of: Outlasting) {
  const { disconnect, patience, ends = 'close', connect = {}, launch = { handler: 20 } } = of
  const history = new EndingLiteral()
  history.client({ at: 'client', kind: 'invoke', step: 'l', action: { do: 'launch', ...launch } })
  history.connect('c0', connect, of.refused !== true)
  if (of.refused === true) history.leave(history.enter('c0', '1.0', { handler: 'onConnect' }), threw())
  const { call, goOn } = history.holding('c0')
  if (ends === 'at the server') history.closed('c0')
  else history.ends('c0', ends)
  if (disconnect === 'meanwhile') history.disconnects('c0')
  if (patience === 'stalls') history.stall()
  if (disconnect === 'after the stall') history.disconnects('c0')
  history.gate()
  if (patience === 'stalls afterwards') history.stall()
  if (of.unseen === true) history.disconnects('c0')
  goOn()
  history.leave(call)
  if (disconnect === 'afterwards') history.disconnects('c0')
  return verdicts(life11, history.run())['no longer than the deadline']
}

test('LIFE-11: a deadline that has passed lets onDisconnect start', () => {
  expect(outlasting({ disconnect: 'meanwhile', patience: 'none' })).toEqual(['kept'])
  expect(outlasting({ disconnect: 'meanwhile', patience: 'stalls' })).toEqual(['kept'])
  expect(outlasting({ disconnect: 'after the stall', patience: 'stalls' })).toEqual(['kept'])
  expect(outlasting({ disconnect: 'afterwards', patience: 'stalls' })).toEqual(['broken'])
  expect(outlasting({ disconnect: 'never', patience: 'stalls', ends: 'vanish' })).toEqual(['broken'])
})

test.each<[string, Partial<Outlasting>]>([
  ['nobody waited long enough', { patience: 'none' }],
  ['the system only stalled when the handler had been let go on', { patience: 'stalls afterwards' }],
  ['it may have started before the handler was let go on', { unseen: true }],
  ['its deadline is a long one', { launch: { handler: 600_000 } }],
  ['a stop of the system may be what it waits for', { launch: { handler: 20, stop: 20 } }],
  ['its connection has no onDisconnect', { connect: { channel: 'bare' } }],
  ['middleware may hold it up', { connect: { middleware: { outer: {} } } }],
  ['the protocol was violated', { ends: 'violate' }],
  ['the end was the server’s', { ends: 'at the server' }],
  ['onConnect had refused', { refused: true }],
])('LIFE-11: nothing is said of the deadline where %s', (_why, of) => {
  expect(outlasting({ disconnect: 'never', patience: 'stalls', ...of })).toBeUndefined()
})

test('LIFE-11 not exercised: the handler was over before the close', () => {
  const history = new EndingLiteral().connect('c0')
  history.act('c0', [])
  expect(verdicts(life11, history.ends('c0').disconnects('c0').run())).toEqual({})
})

test('LIFE-11 kept and broken: what was queued does not start after it', () => {
  const dropped = closing()
  const kept = new EndingLiteral().connect('c0')
  kept.message('c0', { action: 'probe' })
  kept.ends('c0').disconnects('c0')
  expect(verdicts(life11, kept.run())).toEqual({ 'no handler after it': ['kept'] })
  dropped.settle()
  const late = dropped.history.disconnects('c0')
  late.leave(late.enter('c0', late.message('c0', { action: 'probe' })))
  expect(verdicts(life11, late.run())['no handler after it']).toEqual(['broken'])
})

test('LIFE-11 undecided: nothing tells whether it waited', () => {
  const { history } = closing()
  history.client({ at: 'client', kind: 'timeout', waitingFor: 'x', patience: 1 })
  expect(verdicts(life11, history.disconnects('c0').run())['after every handler']).toEqual(['undecided'])
})

/** c0's onDisconnect throws while c1 is connected. */
const failing = (): EndingLiteral =>
  new EndingLiteral().connect('c0').connect('c1').ends('c0').disconnects('c0', { outcome: threw() })

test('LIFE-13 kept: nothing is left, the other is answered, nothing escapes', () => {
  const history = failing().fence('c1').residue(['id-c1'])
  expect(verdicts(life13, history.run())).toEqual({
    'clean-up completes': ['kept'],
    'other connections': ['kept'],
    'nothing unhandled': ['kept'],
  })
})

test('LIFE-13 broken: it is still held', () => {
  expect(verdicts(life13, failing().residue(['id-c0']).run())['clean-up completes']).toEqual(['broken'])
  expect(
    verdicts(
      life13,
      failing()
        .residue([], [['t', 'id-c0']])
        .run(),
    )['clean-up completes'],
  ).toEqual(['broken'])
})

test('LIFE-13 broken: the other is closed', () => {
  expect(verdicts(life13, failing().closed('c1', 1006).run())['other connections']).toEqual(['broken'])
})

test('LIFE-13 broken: what it threw is handled by nobody', () => {
  const history = failing().server({ at: 'server', kind: 'fault', what: 'unhandledRejection', message: 'Error: boom' })
  expect(verdicts(life13, history.run())['nothing unhandled']).toEqual(['broken'])
})

test('LIFE-13: an error of somebody else is not its doing, nor is a close that the other asked for', () => {
  const history = failing()
    .server({ at: 'server', kind: 'fault', what: 'unhandledRejection', message: 'Error: other' })
    .ends('c1')
  expect(verdicts(life13, history.run())).toEqual({ 'nothing unhandled': ['kept'] })
})

test('LIFE-13 not exercised: it does not throw', () => {
  expect(verdicts(life13, new EndingLiteral().connect('c0').ends('c0').disconnects('c0').residue().run())).toEqual({})
})
