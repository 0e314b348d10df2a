import { expect, test } from 'vitest'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless09 } from './expiry.ts'

const hours = (count: number) => ({ do: 'advance', seconds: count * 3600 })

/** A subscribed connection whose disconnect is lost, some hours later. */
function lost(after = 3): PlatformLiteral {
  const history = new PlatformLiteral()
  history.returned(history.invoked('connect', 'c0')).connect('c0')
  const message = history.invoked('message', 'c0')
  history.act('c0', [{ op: 'subscribe', topic: '1:t' }])
  return history.returned(message).asks(hours(after)).closed('c0', 1001)
}

/** A sweep that runs onDisconnect so many times. */
function sweeps(history: PlatformLiteral, times: number): PlatformLiteral {
  const step = history.nextStep()
  history.client({ at: 'client', kind: 'invoke', step, action: { do: 'sweep' } })
  const sweep = history.invoked('sweep')
  for (let run = 0; run < times; run++) history.disconnects('c0')
  return history.returned(sweep).client({ at: 'client', kind: 'platform', step })
}

const judged = (history: PlatformLiteral) => verdicts(stateless09, history.run())

test('no publish is tried on what has expired', () => {
  const published = (tried: boolean, after = 3) => {
    const history = lost(after)
    const step = history.nextStep()
    const value = { m: step }
    history.client({ at: 'client', kind: 'invoke', step, action: { do: 'publish', topic: '1:t', exclude: null, value } })
    if (tried) history.posts('c0', value, { status: 410 })
    return history.client({ at: 'client', kind: 'hosted', step, outcome: 'ok' })
  }
  expect(judged(published(false))['no publish is tried']).toEqual(['kept'])
  expect(judged(published(true))['no publish is tried']).toEqual(['broken'])
  expect(judged(published(true, 2))['no publish is tried']).toBeUndefined()
})

test('no message of it is handled', () => {
  const again = (times: number, after = 3) => {
    const history = lost(after)
    const message = history.invoked('message', 'c0', { repeat: true })
    for (let run = 0; run < times; run++) history.leave(history.enter('c0', '1.1'))
    return history.returned(message)
  }
  expect(judged(again(0).idle())['no message is handled']).toEqual(['kept'])
  expect(judged(again(1))['no message is handled']).toEqual(['broken'])
  expect(judged(again(0))['no message is handled']).toBeUndefined()
  expect(judged(again(1, 1).idle())['no message is handled']).toBeUndefined()
})

test('a sweep removes it, once', () => {
  expect(judged(sweeps(lost(), 1).idle())['swept once']).toEqual(['kept'])
  expect(judged(sweeps(lost(), 0).idle())['swept once']).toEqual(['broken'])
  expect(judged(sweeps(sweeps(lost(), 1), 1).idle())['swept once']).toEqual(['broken'])
  expect(judged(sweeps(lost(), 0))['swept once']).toBeUndefined()
  expect(judged(sweeps(lost(1), 0).idle())['swept once']).toBeUndefined()
})

test('nothing of it remains', () => {
  const behind = () => sweeps(lost(), 1).idle()
  expect(judged(behind().residue())['nothing remains']).toEqual(['kept'])
  expect(judged(behind().residue([], [['1:t', 'id-c0']]))['nothing remains']).toEqual(['broken'])
  expect(judged(behind().residue(['id-c0']))['nothing remains']).toEqual(['broken'])
  expect(judged(behind())['nothing remains']).toBeUndefined()
})

/** A connect that died while its onConnect ran, and a sweep three hours later. */
function died(times: number): PlatformLiteral {
  const history = new PlatformLiteral()
  const connect = history.invoked('connect', 'c0')
  const step = history.nextStep()
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step, action: { do: 'connect', client: 0, channel: 'main' } })
  history.enter('c0', step, { handler: 'onConnect', state: 'initial' })
  history.returned(connect, { outcome: 'killed' }).asks(hours(3))
  return sweeps(history, times).idle()
}

test('where the connect died no onDisconnect runs', () => {
  expect(judged(died(0))).toEqual({ 'a connect that died': ['kept'] })
  expect(judged(died(1))['a connect that died']).toEqual(['broken'])
  expect(judged(died(0).residue(['id-c0']))['nothing remains']).toEqual(['broken'])
  // A subscribe that died with it may have been half done.
  expect(judged(died(0).residue([], [['1:t', 'id-c0']]))['nothing remains']).toBeUndefined()
})
