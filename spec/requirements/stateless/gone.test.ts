import { expect, test } from 'vitest'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { lostDisconnects } from '../lifecycle/lost-disconnect.ts'
import { stateless06, stateless08 } from './gone.ts'

/** A client that is gone without a word of the platform, and a publish that meets it: `known` by a message before. */
function publishMeetsIt(known: boolean, times: number, outcome: 'ok' | 'rejected' = 'ok'): PlatformLiteral {
  const history = new PlatformLiteral()
  history.returned(history.invoked('connect', 'c0')).connect('c0')
  if (known) {
    const message = history.invoked('message', 'c0')
    history.act('c0', [{ op: 'subscribe', topic: '1:t' }])
    history.returned(message)
  }
  history.ends('c0')
  const step = history.nextStep()
  history.client({
    at: 'client',
    kind: 'invoke',
    step,
    action: { do: 'publish', topic: '1:t', exclude: null, value: { m: step } },
  })
  history.posts('c0', { m: step }, { status: 410 })
  for (let run = 0; run < times; run++) history.disconnects('c0')
  return history.client({ at: 'client', kind: 'hosted', step, outcome })
}

test('a channel known open that is found to be gone is removed, once', () => {
  const judged = (times: number) => verdicts(stateless06, publishMeetsIt(true, times).idle().run())
  expect(judged(1)['onDisconnect once']).toEqual(['kept'])
  expect(judged(0)['onDisconnect once']).toEqual(['broken'])
  expect(judged(2)['onDisconnect once']).toEqual(['broken'])
  expect(verdicts(stateless06, publishMeetsIt(true, 0).run())['onDisconnect once']).toBeUndefined()
  expect(verdicts(stateless06, publishMeetsIt(false, 0).idle().run())).toEqual({})
})

test('LIFE-10: its onDisconnect runs though no disconnect came', () => {
  const judged = (times: number) => [...lostDisconnects(publishMeetsIt(true, times).idle().run())].map(({ verdict }) => verdict)
  expect(judged(1)).toEqual(['kept'])
  expect(judged(0)).toEqual(['broken'])
  expect([...lostDisconnects(publishMeetsIt(true, 0).run())]).toEqual([])
})

test('nothing of it is left', () => {
  const behind = () => publishMeetsIt(true, 1).idle()
  expect(verdicts(stateless06, behind().residue().run())['subscriptions ended']).toEqual(['kept'])
  expect(
    verdicts(
      stateless06,
      behind()
        .residue([], [['1:t', 'id-c0']])
        .run(),
    )['subscriptions ended'],
  ).toEqual(['broken'])
  expect(verdicts(stateless06, behind().residue(['id-c0']).run())['subscriptions ended']).toEqual(['broken'])
  const swept = behind()
  swept.returned(swept.invoked('sweep'))
  expect(verdicts(stateless06, swept.residue([], [['1:t', 'id-c0']]).run())['subscriptions ended']).toBeUndefined()
})

test('the publisher is none the wiser', () => {
  expect(verdicts(stateless06, publishMeetsIt(true, 1).run())['publisher none the wiser']).toEqual(['kept'])
  expect(verdicts(stateless06, publishMeetsIt(true, 1, 'rejected').run())['publisher none the wiser']).toEqual(['broken'])
})

test('a post accepted afterwards shows that it was not gone for good', () => {
  const history = publishMeetsIt(true, 0).posts('c0', { m: 'x' })
  expect(verdicts(stateless06, history.idle().run())).toEqual({})
})

/** A post (of null: a close) to a channel whose connect has not returned, and what came of it. */
function early(data: { m: string } | null, removed: boolean): PlatformLiteral {
  const history = new PlatformLiteral()
  const connect = history.invoked('connect', 'c0')
  history.connect('c0').posts('c0', data, { status: 410 })
  if (removed) history.disconnects('c0')
  return history.returned(connect)
}

test("a 410 before the channel was known open does not remove it: onConnect's output", () => {
  const kept = early({ m: '1.0.0' }, false)
  kept.act('c0', [])
  expect(verdicts(stateless08, kept.run())).toEqual({ "onConnect's output": ['kept'] })
  expect(verdicts(stateless08, early({ m: '1.0.0' }, true).run())).toEqual({ "onConnect's output": ['broken'] })
  expect(verdicts(stateless08, early({ m: '1.0.0' }, false).run())).toEqual({})
})

test('nor a publish, nor a close', () => {
  const published = early({ m: '1.p' }, true).hostPublish('1:t', { m: '1.p' })
  expect(verdicts(stateless08, published.run())).toEqual({ 'a publish': ['broken'] })
  expect(verdicts(stateless08, early(null, true).run())).toEqual({ 'a close': ['broken'] })
  expect(verdicts(stateless08, early(null, false).posts('c0', null).disconnects('c0').run())).toEqual({ 'a close': ['kept'] })
})

test('what the client or a disconnect ended was not ended by the 410', () => {
  const left = early({ m: '1.0.0' }, false).ends('c0').disconnects('c0')
  expect(verdicts(stateless08, left.run())).toEqual({})
})

test('messages of a connection that lasts, and run no handler, show that it was removed', () => {
  const history = early({ m: '1.0.0' }, false)
  history.message('c0', { action: 'probe' })
  expect(verdicts(stateless08, history.idle().fence('c0').run())).toEqual({ "onConnect's output": ['broken'] })
})
