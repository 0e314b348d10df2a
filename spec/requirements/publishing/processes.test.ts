import { expect, test } from 'vitest'
import type { HistoryEvent } from '../../history.ts'
import { viewRun } from '../../run/view.ts'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { pub14 } from './processes.ts'

/** `c0` subscribes in the process `host`; `c1` publishes in `process`. */
function publishes(process: string, received: boolean) {
  const history = new PlatformLiteral().connect('c0').connect('c1')
  history.act('c0', [{ op: 'subscribe', topic: '1:t' }])
  const from = history.events.length
  history.act('c1', [{ op: 'publish', topic: '1:t', exclude: null, value: { m: 'x' } }])
  if (received) history.receive('c0', { m: 'x' })
  const fence = { text: '{"action":"fence","fence":"f"}' }
  history.client({ at: 'client', kind: 'message', conn: 'c0', step: 'f', data: fence })
  history.client({ at: 'client', kind: 'fenced', conn: 'c0', step: 'f' })
  const elsewhere = (event: HistoryEvent, index: number): HistoryEvent =>
    event.at === 'server' && index >= from ? { ...event, process } : event
  return viewRun(history.events.map(elsewhere), { capabilities: ['stateless', 'distributed'], observes: ['trace', 'hub'] })
}

test('kept and broken: a publish in another process arrives, or not', () => {
  expect(verdicts(pub14, publishes('other', true))).toEqual({ 'other processes': ['kept'] })
  expect(verdicts(pub14, publishes('other', false))).toEqual({ 'other processes': ['broken'] })
})

test('not exercised: both in one process', () => {
  expect(verdicts(pub14, publishes('host', true))).toEqual({})
})
