import { expect, test } from 'vitest'
import { capabilityNames } from '../../capabilities.ts'
import { EndingLiteral } from '../../testing/ending-literal.ts'
import { verdicts } from '../../testing/literal.ts'
import { life18 } from './stop.ts'

const sent = { op: 'send', value: { m: 's' } } as const

/** A system with this stop deadline, and a connection to it. */
function launched(stop: number): EndingLiteral {
  const history = new EndingLiteral()
  history.client({ at: 'client', kind: 'invoke', step: 'l', action: { do: 'launch', stop } })
  return history.connect('c0')
}

const asked = (history: EndingLiteral): EndingLiteral =>
  history.client({ at: 'client', kind: 'invoke', step: 's', action: { do: 'stop' } })
const resolved = (history: EndingLiteral): EndingLiteral =>
  history.client({ at: 'client', kind: 'hosted', step: 's', outcome: 'ok' })

/** c0's handler waits while the stop begins, and goes on during it. */
function running(): { history: EndingLiteral; goOn(): EndingLiteral } {
  const history = launched(60_000)
  const { call, goOn } = history.holding('c0')
  asked(history)
  return {
    history,
    goOn: () => {
      goOn()
      return history.op(call, sent).leave(call, { outcome: 'ok', value: { m: 'r' } })
    },
  }
}

test('kept: it settles, its output arrives, everything is over before the stop resolves', () => {
  const { history, goOn } = running()
  history.gate()
  goOn().receive('c0', { m: 's' }).receive('c0', { action: 'probe', m: 'r' }).closed('c0', 1001).disconnects('c0')
  expect(verdicts(life18, resolved(history).run())).toEqual({
    'closes each': ['kept'],
    'code 1001': ['kept'],
    'running handlers': ['kept'],
    delivery: ['kept', 'kept'],
    'onDisconnect first': ['kept'],
  })
})

test('broken: it is cut off', () => {
  const { history, goOn } = running()
  history.closed('c0', 1001).gate()
  expect(verdicts(life18, goOn().run())['running handlers']).toEqual(['broken'])
})

test('broken: what it sent and returned is lost, and the code is another', () => {
  const { history, goOn } = running()
  history.gate()
  const found = verdicts(life18, goOn().closed('c0', 1000).run())
  expect([found.delivery, found['code 1001']]).toEqual([['broken', 'broken'], ['broken']])
})

test('closes each: broken where a connection stays open', () => {
  const history = resolved(asked(launched(60_000))).absent('c0', 'the close')
  expect(verdicts(life18, history.run())['closes each']).toEqual(['broken'])
})

test('closes each: broken where only its client closes the connection in the end; kept where the stop does, however late', () => {
  const missed = () => resolved(asked(launched(60_000))).absent('c0', 'the close')
  for (const capabilities of [capabilityNames, capabilityNames.filter((name) => name !== 'closeCodes')])
    expect(
      verdicts(
        life18,
        missed()
          .ends('c0')
          .run({ capabilities: [...capabilities] }),
      ),
    ).toEqual({ 'closes each': ['broken'] })
  expect(verdicts(life18, missed().closed('c0', 1001).run())['closes each']).toEqual(['kept'])
})

test('onDisconnect first: broken where it goes on after the stop has resolved', () => {
  const history = asked(launched(60_000))
  const call = history.enter('c0', 'c0~', { handler: 'onDisconnect', state: 'closed' })
  const goOn = history.held(call)
  resolved(history).gate()
  goOn()
  expect(verdicts(life18, history.leave(call).run())['onDisconnect first']).toEqual(['broken'])
})

test('new handshakes: refused once the stop has begun; before that nothing is said', () => {
  const comes = (answer: 'open' | 'refused', known = true) => {
    const history = asked(launched(60_000))
    if (known) history.client({ at: 'client', kind: 'stopping', step: 's' })
    if (answer === 'open') history.connect('c1')
    else {
      history.client({
        at: 'client',
        kind: 'invoke',
        conn: 'c1',
        step: 'x',
        action: { do: 'connect', client: 1, channel: 'main' },
      })
      history.client({ at: 'client', kind: 'refused', conn: 'c1', step: 'x', status: 503 })
    }
    return verdicts(life18, resolved(history).run())['new handshakes']
  }
  expect(comes('refused')).toEqual(['kept'])
  expect(comes('open')).toEqual(['broken'])
  expect(comes('open', false)).toBeUndefined()
})

const handshake = { conn: 'c1', step: 'x' }

/** The handshake of c1 has come, and waits for its schema. */
function waitingFor(history: EndingLiteral): EndingLiteral {
  const action = { do: 'connect', client: 1, channel: 'opened', gate: 'g' }
  history.client({ at: 'client', kind: 'invoke', ...handshake, action })
  return history.server({ at: 'server', kind: 'waits', ...handshake, gate: 'g' })
}

/** A stop while the handshake of c1 waits for its schema, which answers during it or after it. */
function unanswered(answer: 'open' | 'refused', when: 'during' | 'after' | 'before'): string[] | undefined {
  const history = waitingFor(launched(20))
  if (when === 'before') history.gate()
  asked(history)
  if (when === 'during') history.gate()
  if (answer === 'refused') history.client({ at: 'client', kind: 'refused', ...handshake, status: 503 })
  resolved(history)
  if (when === 'after') history.gate()
  if (answer === 'open') history.client({ at: 'client', kind: 'open', ...handshake, protocol: '' })
  return verdicts(life18, history.run())['new handshakes']
}

test('new handshakes: one whose schema answers when the stop is over is refused; while it lasts it may be taken', () => {
  expect(unanswered('refused', 'after')).toEqual(['kept'])
  expect(unanswered('refused', 'during')).toEqual(['kept'])
  expect(unanswered('open', 'after')).toEqual(['broken'])
  expect(unanswered('open', 'during')).toEqual(['undecided'])
  expect(unanswered('open', 'before')).toEqual(['undecided'])
})

test('new handshakes: no handler runs for one that is answered when the stop is over', () => {
  const history = resolved(asked(waitingFor(launched(20)))).gate()
  history.leave(history.enter('c1', 'x', { handler: 'onConnect', state: 'initial' }))
  history.client({ at: 'client', kind: 'refused', ...handshake, status: 503 })
  expect(verdicts(life18, history.run())['new handshakes']).toEqual(['broken'])
})

test('no longer: a handler that outlasts a short deadline holds the stop up, or does not', () => {
  const inTime = launched(20)
  inTime.holding('c0')
  expect(verdicts(life18, resolved(asked(inTime)).gate().run())['no longer']).toEqual(['kept'])
  const late = launched(20)
  late.holding('c0')
  expect(verdicts(life18, resolved(asked(late).stall('s').gate()).run())['no longer']).toEqual(['broken'])
})

test('cuts who does not read: the stop resolves, or waits until the client reads', () => {
  const paused = () => launched(20).client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'p', action: { do: 'pause' } })
  expect(verdicts(life18, resolved(asked(paused())).run())['cuts who does not read']).toEqual(['kept'])
  expect(verdicts(life18, resolved(asked(paused()).stall('s')).run())['cuts who does not read']).toEqual(['broken'])
})

test('unknown: with a deadline that is neither short nor generous nothing is said of handlers and codes', () => {
  const history = launched(5_000)
  history.holding('c0')
  expect(verdicts(life18, resolved(asked(history).closed('c0', 1006)).run())).toEqual({})
})

test('not exercised: nobody stops it', () => {
  expect(verdicts(life18, launched(60_000).ends('c0').run())).toEqual({})
})

const noStop = (history: EndingLiteral): EndingLiteral =>
  history.client({ at: 'client', kind: 'absent', what: 'the stop', step: 's', patience: 5 })

test('resolves: kept where it does; broken where its deadline is short and it stays away', () => {
  expect(verdicts(life18, resolved(asked(launched(20))).run())).toMatchObject({ resolves: ['kept'] })
  expect(verdicts(life18, noStop(asked(launched(20))).run())).toMatchObject({ resolves: ['broken'] })
  expect(verdicts(life18, noStop(asked(launched(60_000))).run()).resolves).toBeUndefined()
})

test('closes each: broken where a handshake that waited for its schema was let in and left open', () => {
  const waited = (left: boolean) => {
    const history = launched(60_000)
    history.server({ at: 'server', kind: 'waits', conn: 'c1', gate: 'g' })
    asked(history).gate().connect('c1', { channel: 'opened', gate: 'g' })
    return verdicts(life18, (left ? noStop(history).absent('c1', 'the close') : resolved(history)).run())['closes each']
  }
  expect(waited(true)).toEqual(['broken'])
  expect(waited(false)).toBeUndefined()
})

test('closes each: nothing is said of a stop that may still wait for a handler', () => {
  const history = launched(60_000)
  history.holding('c0')
  noStop(asked(history)).absent('c0', 'the close')
  expect(verdicts(life18, history.run())['closes each']).toBeUndefined()
})

/** c0's onConnect waits while the stop begins, and sends before it returns. */
function connecting(outcome: 'ok' | 'rejected', code: number | 'left open' = 1001) {
  const history = launched(60_000)
  const step = '9'
  history.client({
    at: 'client',
    kind: 'invoke',
    conn: 'c1',
    step,
    action: { do: 'connect', client: 1, channel: 'main', conn: 'c1', step },
  })
  const call = history.enter('c1', step, { handler: 'onConnect', state: 'initial' })
  history.client({ at: 'client', kind: 'open', conn: 'c1', step, protocol: '' })
  const goOn = history.held(call)
  asked(history).gate()
  goOn()
  const closedError = { name: 'ChannelClosedError', message: '', typeError: false }
  history.op(call, sent, outcome === 'ok' ? { outcome } : { outcome, error: closedError }).leave(call)
  if (outcome === 'ok') history.receive('c1', { m: 's' })
  if (code === 'left open') resolved(history.closed('c0', 1001)).absent('c1', 'the close').ends('c1').disconnects('c1')
  else resolved(history.closed('c1', code).disconnects('c1').closed('c0', 1001))
  return verdicts(life18, history.run())
}

test('running handlers: an onConnect too, whose connection is closed like any other', () => {
  expect(connecting('ok')).toMatchObject({ 'running handlers': ['kept'], delivery: ['kept'], 'code 1001': ['kept', 'kept'] })
  expect(connecting('rejected')['running handlers']).toEqual(['broken'])
  expect(connecting('ok', 1000)['code 1001']).toEqual(['kept', 'broken'])
  const forgotten = connecting('ok', 'left open')
  expect([forgotten['closes each'], forgotten['code 1001']]).toEqual([['kept', 'broken'], ['kept']])
})

/** c0's handler outlasts a short deadline. */
function outlasting(code: number, disconnect: 'before' | 'after', pauses = false) {
  const history = launched(20)
  const { call, goOn } = history.holding('c0')
  if (pauses) history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'p', action: { do: 'pause', client: 0 } })
  asked(history).closed('c0', code)
  if (disconnect === 'before') history.disconnects('c0')
  resolved(history).gate()
  goOn()
  history.leave(call)
  if (disconnect === 'after') history.disconnects('c0')
  return verdicts(life18, history.run())
}

test('no longer: who is left alone is closed with 1001 all the same, and has its onDisconnect', () => {
  expect(outlasting(1001, 'before')).toMatchObject({ 'code 1001': ['kept'], 'onDisconnect first': ['kept'] })
  expect(outlasting(1006, 'before')['code 1001']).toEqual(['broken'])
  expect(outlasting(1006, 'before', true)['code 1001']).toBeUndefined()
  expect(outlasting(1001, 'after')['onDisconnect first']).toEqual(['broken'])
})

test('code 1001: a connection whose opening data a schema took, too', () => {
  const closedWith = (code: number) => {
    const history = launched(60_000)
    const action = { do: 'connect', client: 1, channel: 'opened', conn: 'c1', step: '1.1' }
    history.client({ at: 'client', kind: 'invoke', conn: 'c1', step: '1.1', action })
    history.leave(history.enter('c1', '1.1', { handler: 'onConnect', state: 'initial' }))
    history.client({ at: 'client', kind: 'open', conn: 'c1', step: '1.1', protocol: '' })
    history.client({ at: 'client', kind: 'ack', conn: 'c1', step: '1.1' })
    asked(history).closed('c1', code).closed('c0', 1001)
    return verdicts(life18, resolved(history).run())['code 1001']
  }
  expect(closedWith(1001)).toEqual(['kept', 'kept'])
  expect(closedWith(1006)).toEqual(['kept', 'broken'])
})
