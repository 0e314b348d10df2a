import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import type { Op } from '../../probe/ops.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import type { Json } from '../../values.ts'
import { send13 } from './output.ts'

const full = { m: '1', kept: 1, passwordHash: 'x' }
const bad = { m: '1', bad: true }
const stripped = { m: '1', kept: 1 }
const masked = { error: 'Internal error', errorName: 'InternalError' }
const ok: Outcome = { outcome: 'ok' }
const undefinedValue: Json = { $: 'undefined' }

/** A connection whose onConnect did this, and what came of it. */
function greeted(op: Op, returned: Json, receives: Json[]): Literal {
  const history = new Literal().connect('c0', { channel: 'shaped', connect: [op] })
  const call = history.enter('c0', 's', { handler: 'onConnect', state: 'initial' })
  history.op(call, op, ok)
  history.leave(call, { outcome: 'ok', value: returned })
  for (const each of receives) history.receive('c0', each)
  return history
}
const returning = (value: Json, ...receives: Json[]) =>
  verdicts(send13, greeted({ op: 'return', value }, value, receives).fence('c0').run())
const sending = (value: Json, ...receives: Json[]) =>
  verdicts(send13, greeted({ op: 'send', value }, undefinedValue, receives).fence('c0').run())

test('what onConnect returned or sent is as the schema made it', () => {
  const clause = 'what the schema returned'
  expect(returning(full, stripped)).toEqual({ [clause]: ['kept'] })
  expect(returning(full, full)).toEqual({ [clause]: ['broken'] })
  expect(sending(full, stripped)).toEqual({ [clause]: ['kept'] })
  expect(sending(full, full)).toEqual({ [clause]: ['broken'] })
  expect(returning({ m: '1' }, { m: '1' })).toEqual({})
  expect(verdicts(send13, greeted({ op: 'return', value: full }, full, [stripped]).run())).toEqual({})
})

test('what its schema refuses is answered with one masked error and not sent', () => {
  const clause = 'a refused return'
  expect(returning(bad, masked)).toMatchObject({ [clause]: ['kept'], 'nothing refused is sent': ['kept'] })
  expect(returning(bad)).toMatchObject({ [clause]: ['broken'] })
  expect(returning(bad, masked, masked)).toMatchObject({ [clause]: ['broken'] })
  expect(returning(bad, { ...masked, error: 'bad' })).toMatchObject({ [clause]: ['broken'] })
  expect(returning(bad, bad)).toMatchObject({ [clause]: ['broken'], 'nothing refused is sent': ['broken'] })
})

test('an error that answers a message of the client’s is none that answers its greeting', () => {
  const both = (...receives: Json[]): unknown => {
    const history = greeted({ op: 'return', value: bad }, bad, [])
    const call = history.enter('c0', history.message('c0', { action: 'refuse' }), { handler: 'action:refuse' })
    history.leave(call, { outcome: 'ok', value: bad })
    for (const each of receives) history.receive('c0', each)
    return verdicts(send13, history.fence('c0').run())['a refused return']
  }
  expect(both(masked, { ...masked, action: 'refuse' })).toEqual(['kept', 'kept'])
  expect(both(masked, masked, { ...masked, action: 'refuse' })).toEqual(['broken', 'kept'])
})
