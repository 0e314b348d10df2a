import { expect, test } from 'vitest'
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
