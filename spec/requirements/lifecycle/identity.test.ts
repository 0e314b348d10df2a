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
  const random = ['k3x9q0zt1ab', '9zq4m8s1xw2', 'p0d7r5y3u6c', 'a8b1c6e4f9g'] as const
  const judged = (...ids: string[]) => verdicts(life03, connected(...ids).run())['hard to guess']
  expect(judged(...random)).toEqual(['broken', 'broken', 'broken', 'broken'])
  expect(judged(...random.map((id) => id.toUpperCase() + id))).toEqual(['kept', 'kept', 'kept', 'kept'])
  const digits = ['718302649150283746', '264918306571928374', '903172645816574839', '582039174660192837']
  expect(judged(...digits)).toEqual(['broken', 'broken', 'broken', 'broken'])
  expect(judged('9c1e3F2A77b', '04d1C9a55c6', 'fE2b8d10b81', 'd6E041c2f4A')).toEqual(['broken', 'broken', 'broken', 'broken'])
  expect(judged('9c1e3F2A77b9c1e3', '04d1C9a55c604d1C', 'fE2b8d10b81fE2b8', 'd6E041c2f4Ad6E04')).toEqual([
    'kept',
    'kept',
    'kept',
    'kept',
  ])
  // Of a few characters nobody can tell what others there might have been.
  expect(judged(random[0], random[1])).toEqual(['kept', 'kept'])
  expect(judged(...random.map((id) => id.replace('1', '_')))).toEqual(['kept', 'kept', 'kept', 'kept'])
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
