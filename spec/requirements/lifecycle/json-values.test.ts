import { expect, test } from 'vitest'
import type { Outcome } from '../../history.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import type { Tagged } from '../../values.ts'
import { life22 } from './json-values.ts'

const typeError: Outcome = { outcome: 'rejected', error: { name: 'TypeError', message: 'no', typeError: true } }
const other: Outcome = { outcome: 'rejected', error: { name: 'ChannelClosedError', message: 'no', typeError: false } }
const date = { $: 'date', of: '2026-01-01T00:00:00.000Z' }

/** A handler that sets this session, with this outcome; `ending` asks the connection to end before. */
function set(value: Tagged, outcome: Outcome, ending = false) {
  const history = new Literal().connect('c0')
  const step = history.message('c0', { action: 'probe' })
  if (ending) history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'x', action: { do: 'close', client: 0 } })
  const call = history.enter('c0', step)
  history.op(call, { op: 'session.set', value }, outcome).leave(call)
  return verdicts(life22, history.run())
}

test('sessions: kept', () => {
  expect(set({ user: [1, null] }, { outcome: 'ok' })).toEqual({ 'session taken': ['kept'] })
  expect(set({ user: [date] }, typeError)).toEqual({ 'session refused': ['kept'] })
})

test('sessions: broken', () => {
  expect(set('text', typeError)).toEqual({ 'session taken': ['broken'] })
  expect(set(date, { outcome: 'ok' })).toEqual({ 'session refused': ['broken'] })
  expect(set(date, other)).toEqual({ 'session refused': ['broken'] })
})

test('sessions: unknown where null, where JSON is read either way, where the connection may be ending', () => {
  expect(set(null, typeError)).toEqual({ 'session taken': ['undecided'] })
  expect(set({ $: '-0' }, { outcome: 'ok' })).toEqual({ 'session taken': ['undecided'] })
  expect(set('text', other, true)).toEqual({ 'session taken': ['undecided'] })
  expect(set(date, other, true)).toEqual({ 'session refused': ['undecided'] })
})

/** A handshake whose schema returns `given`. */
function handshake(given: Tagged, status?: number) {
  const query = `give=${encodeURIComponent(JSON.stringify(given))}`
  if (status === undefined) return verdicts(life22, new Literal().connect('c0', { channel: 'opened', query }, false).run())
  const history = new Literal()
  history.client({
    at: 'client',
    kind: 'invoke',
    conn: 'c0',
    step: 'c0',
    action: { do: 'connect', client: 0, channel: 'opened', query },
  })
  return verdicts(life22, history.client({ at: 'client', kind: 'refused', conn: 'c0', step: 'c0', status }).run())
}

test('opening data: kept and broken', () => {
  expect(handshake(date, 400)).toEqual({ refused: ['kept'], 'no handler': ['kept'], status: ['kept'] })
  expect(handshake({ deep: [date] })).toEqual({ refused: ['broken'] })
  expect(handshake([1, { a: null }])).toEqual({ 'handshake accepted': ['kept'] })
  expect(handshake([1, { a: null }], 400)).toEqual({ 'handshake accepted': ['broken'] })
  expect(handshake({ $: '-0' }, 400)).toEqual({ refused: ['undecided'] })
})

test('not exercised: no session set, no value asked for', () => {
  expect(verdicts(life22, new Literal().connect('c0', { channel: 'opened', query: 'a=1' }).run())).toEqual({})
})
