import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import type { Json } from '../../values.ts'
import { life01, life02, life23 } from './handshake.ts'

/** A handshake refused with `status`. */
function refused(spec: { [key: string]: Json }, status: number | null = 404): Literal {
  const history = new Literal()
  const action = { do: 'connect', client: 0, channel: 'main', ...spec }
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'c0', action })
  return history.client({ at: 'client', kind: 'refused', conn: 'c0', step: 'c0', status })
}

const unwired = { path: '/nowhere' }
const bad = { channel: 'opened', query: 'verdict=refuse' }

test('LIFE-01 kept: 404 and no handler', () => {
  expect(verdicts(life01, refused(unwired).run())).toEqual({ refused: ['kept'], 'no handler': ['kept'], status: ['kept'] })
})

test('LIFE-01 broken: accepted, a server error, no answer, another status, a handler', () => {
  expect(verdicts(life01, new Literal().connect('c0', unwired, false).run())).toEqual({ refused: ['broken'] })
  expect(verdicts(life01, refused(unwired, 500).run()).refused).toEqual(['broken'])
  expect(verdicts(life01, refused(unwired, null).run()).refused).toEqual(['broken'])
  expect(verdicts(life01, refused(unwired, 403).run())).toEqual({ refused: ['kept'], 'no handler': ['kept'], status: ['broken'] })
  const ran = refused(unwired)
  ran.leave(ran.enter('c0', 'c0', { handler: 'onConnect' }))
  expect(verdicts(life01, ran.run())['no handler']).toEqual(['broken'])
})

test('LIFE-01 not exercised: a wired route, and what differs from one in case, slashes or escapes alone', () => {
  expect(verdicts(life01, new Literal().connect('c0').run())).toEqual({})
  for (const path of ['/MAIN', '/main/', '/%6dain', '/path%2Fx', '/path/%zz'])
    expect(verdicts(life01, refused({ path }).run())).toEqual({})
})

test('LIFE-01 unknown: the system was told to stop meanwhile', () => {
  const history = new Literal()
  history.client({ at: 'client', kind: 'invoke', step: 's', action: { do: 'stop' } })
  history.client({
    at: 'client',
    kind: 'invoke',
    conn: 'c0',
    step: 'c0',
    action: { do: 'connect', client: 0, channel: 'main', ...unwired },
  })
  history.client({ at: 'client', kind: 'refused', conn: 'c0', step: 'c0', status: 503 })
  expect(verdicts(life01, history.run())).toEqual({ refused: ['undecided'] })
})

test('LIFE-02 unknown: the system was told to stop while the schema was being asked', () => {
  const taken = { do: 'connect', client: 0, channel: 'opened', gate: 'g' }
  const history = new Literal()
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'c0', action: taken })
  history.client({ at: 'client', kind: 'invoke', step: 's', action: { do: 'stop' } })
  history.client({ at: 'client', kind: 'refused', conn: 'c0', step: 'c0', status: 503 })
  expect(verdicts(life02, history.run())).toEqual({ accepted: ['undecided'] })
})

test('LIFE-02 kept and broken', () => {
  expect(verdicts(life02, refused(bad, 400).run())).toEqual({ refused: ['kept'], 'no handler': ['kept'], status: ['kept'] })
  expect(verdicts(life02, refused(bad, 422).run()).status).toEqual(['broken'])
  expect(verdicts(life02, new Literal().connect('c0', bad).run())).toEqual({ refused: ['broken'], 'no handler': ['broken'] })
  expect(verdicts(life02, new Literal().connect('c0', { channel: 'opened', query: 'a=1' }).run())).toEqual({ accepted: ['kept'] })
  expect(verdicts(life02, refused({ channel: 'opened', query: 'a=1' }, 400).run())).toEqual({ accepted: ['broken'] })
})

test('LIFE-02 unknown where the schema throws, not exercised without one', () => {
  expect(verdicts(life02, refused({ channel: 'opened', query: 'verdict=throw' }, 500).run())).toEqual({ refused: ['undecided'] })
  expect(verdicts(life02, new Literal().connect('c0', { query: 'verdict=refuse' }).run())).toEqual({})
})

/** A client that offers `offered` and is told `selected`. */
function selecting(offered: string[], selected: string): Literal {
  const history = new Literal()
  const action = { do: 'connect', client: 0, channel: 'main', protocols: offered }
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'c0', action })
  return history.client({ at: 'client', kind: 'open', conn: 'c0', step: 'c0', protocol: selected })
}

test('LIFE-23: none or one of those offered, and nothing unasked', () => {
  expect(verdicts(life23, selecting(['a', 'b'], 'b').run())).toEqual({ 'one of those offered': ['kept'] })
  expect(verdicts(life23, selecting(['a', 'b'], '').run())).toEqual({ 'one of those offered': ['kept'] })
  expect(verdicts(life23, selecting(['a', 'b'], 'a, b').run())).toEqual({ 'one of those offered': ['broken'] })
  expect(verdicts(life23, selecting([], '').run())).toEqual({ 'none unasked': ['kept'] })
  expect(verdicts(life23, selecting([], 'a').run())).toEqual({ 'none unasked': ['broken'] })
  expect(verdicts(life23, refused({ protocols: ['a'] }).run())).toEqual({})
})
