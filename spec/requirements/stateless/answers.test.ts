import { expect, test } from 'vitest'
import { threw } from '../../testing/ending-literal.ts'
import { verdicts } from '../../testing/literal.ts'
import { PlatformLiteral } from '../../testing/platform-literal.ts'
import { stateless14 } from './answers.ts'

function message(answer: { outcome?: 'ok' | 'failed' | 'killed'; status?: number; body?: boolean }, throws = false) {
  const history = new PlatformLiteral().connect('c0')
  const step = history.message('c0', { action: 'probe' })
  const invocation = history.invoked('message', 'c0')
  history.leave(history.enter('c0', step), throws ? threw() : undefined)
  return history.returned(invocation, answer)
}

test('kept: 200 without a body, also where the handler threw', () => {
  expect(verdicts(stateless14, message({}).run())).toEqual({ 'status 200': ['kept'], 'no body': ['kept'] })
  expect(verdicts(stateless14, message({}, true).run())['a handler that threw']).toEqual(['kept'])
})

test('broken: another status, a body, a failure', () => {
  expect(verdicts(stateless14, message({ status: 500 }).run())['status 200']).toEqual(['broken'])
  expect(verdicts(stateless14, message({ body: true }).run())['no body']).toEqual(['broken'])
  expect(verdicts(stateless14, message({ outcome: 'failed' }, true).run())['a handler that threw']).toEqual(['broken'])
})

test('not exercised: no message; unknown: it was killed, or the stores failed', () => {
  expect(verdicts(stateless14, new PlatformLiteral().connect('c0').run())).toEqual({})
  expect(verdicts(stateless14, message({ outcome: 'killed' }).run())).toEqual({})
  const failing = message({ outcome: 'failed' }).asks({ do: 'stores', fault: 'throttled', times: 9 })
  expect(verdicts(stateless14, failing.run())).toEqual({})
})
