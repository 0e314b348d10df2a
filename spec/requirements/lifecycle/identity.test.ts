import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { Literal, verdicts } from '../../testing/literal.ts'
import { life03 } from './identity.ts'

const long = '3f2a9c1e-77b0-4d1c-9a55-0c6f4e2b8d10'
const other = 'b81d6e04-1c2f-4a90-8e37-5d9fa0c3e6b2'

/** Connections whose onConnect has these ids. */
function connected(...ids: string[]): Literal {
  const history = new Literal()
  for (const [index, channelId] of ids.entries()) {
    history.connect(`c${index}`, {}, false)
    history.leave(history.enter(`c${index}`, `1.${index}`, { handler: 'onConnect', channelId }))
  }
  return history
}

test('kept: two long ids that have nothing in common', () => {
  expect(verdicts(life03, connected(long, other).run())).toEqual({
    'a non-empty string': ['kept', 'kept'],
    'never shared': ['kept'],
    'hard to guess': ['kept', 'kept'],
  })
})

test('broken: empty, no string, shared, short, nearly alike', () => {
  expect(verdicts(life03, connected('').run())['a non-empty string']).toEqual(['broken'])
  expect(verdicts(life03, connected(7 as unknown as string).run())['a non-empty string']).toEqual(['broken'])
  expect(verdicts(life03, connected(long, long).run())['never shared']).toEqual(['broken'])
  expect(verdicts(life03, connected('c1').run())['hard to guess']).toEqual(['broken'])
  expect(verdicts(life03, connected(`${long}-07`, `${long}-08`).run())['hard to guess']).toEqual(['kept', 'broken'])
})

test('broken: too few characters of the few that all ids are made of', () => {
  const judged = (...ids: string[]): unknown => {
    const found = verdicts(life03, connected(...ids).run())['hard to guess'] ?? []
    return [...new Set(found)]
  }
  /** So many ids of so many digits, none like another. */
  const random = (count: number, length: number, base: number): string[] =>
    Array.from({ length: count }, (_, id) => {
      const bytes = createHash('sha256').update(`${id}`).digest()
      return Array.from({ length }, (_, at) => ((bytes[at] ?? 0) % base).toString(base)).join('')
    })
  expect(judged(...random(6, 11, 36))).toEqual(['broken'])
  expect(judged(...random(12, 18, 10))).toEqual(['broken'])
  expect(judged(...random(11, 15, 16).map((id) => id.toUpperCase()))).toEqual(['broken'])
  // Of a few it may be chance that none has a digit more.
  expect(judged(...random(4, 11, 36))).toEqual(['kept'])
  expect(judged(...random(9, 15, 16))).toEqual(['kept'])
  expect(judged(...random(20, 16, 16))).toEqual(['kept'])
  expect(judged(...random(20, 20, 10))).toEqual(['kept'])
  expect(judged(...random(30, 15, 16), random(1, 16, 16)[0] ?? '')).toEqual(['kept'])
  // Of a few characters nobody can tell what others there might have been.
  expect(judged(...random(2, 11, 36))).toEqual(['kept'])
  expect(judged(...random(6, 11, 36).map((id, index) => (index === 0 ? id.replace(/.$/, '_') : id)))).toEqual(['kept'])
})

test('an id that holds the key of the handshake is one that the client chose', () => {
  const history = new Literal()
  const key = 'x3JJHMbDL1EzLkh9GBhXDw=='
  history.client({ at: 'client', kind: 'invoke', conn: 'c0', step: 'c0', action: { do: 'connect', client: 0, channel: 'main' } })
  history.client({ at: 'client', kind: 'open', conn: 'c0', step: 'c0', protocol: '', key })
  history.leave(history.enter('c0', 'c0', { handler: 'onConnect', channelId: `ws-${key}` }))
  expect(verdicts(life03, history.run())['hard to guess']).toEqual(['broken'])
})

test('the ledger: an id of an earlier program is shared, unless its very connection is used again', () => {
  const ledger = { channelIds: new Map([[long, 3]]) }
  const judgments = [...life03.judge(connected(long).run({ ledger }))].filter(({ clause }) => clause === 'never shared')
  expect(judgments).toMatchObject([{ verdict: 'broken', ledger: true }])
  expect(verdicts(life03, connected(other).run({ ledger }))['never shared']).toEqual(['kept'])
  const adopted = new Literal()
  adopted.client({
    at: 'client',
    kind: 'invoke',
    conn: 'c0',
    step: 'c0',
    action: { do: 'adopt', client: 0, channel: 'main', channelId: long },
  })
  adopted.leave(adopted.enter('c0', adopted.message('c0', { action: 'probe' }), { channelId: long }))
  expect(verdicts(life03, adopted.run({ ledger }))['never shared']).toBeUndefined()
})

test('the same in every handler', () => {
  const later = (channelId: string) => {
    const history = connected(long)
    history.leave(history.enter('c0', history.message('c0', { action: 'probe' }), { channelId }))
    return verdicts(life03, history.run())['same in every handler']
  }
  expect(later(long)).toEqual(['kept'])
  expect(later(other)).toEqual(['broken'])
})

test('not exercised: no handler ran', () => {
  expect(verdicts(life03, new Literal().connect('c0', {}, false).run())).toEqual({})
})
