import { expect, test } from 'vitest'
import { EndingLiteral } from '../../testing/ending-literal.ts'
import { verdicts } from '../../testing/literal.ts'
import { life10, life12 } from './disconnect.ts'

const ways = [
  ['close', 'client close'],
  ['vanish', 'socket cut'],
  ['violate', 'protocol error'],
] as const

test.each(ways)('kept: a client’s %s runs it once', (how, clause) => {
  const history = new EndingLiteral().connect('c0').ends('c0', how).disconnects('c0')
  expect(verdicts(life10, history.run())).toEqual({ [clause]: ['kept'], 'not twice': ['kept'] })
})

test.each(ways)('broken: after a %s it has not run although nothing holds it up', (how, clause) => {
  const history = new EndingLiteral().connect('c0').ends('c0', how).absent('c0', 'onDisconnect')
  expect(verdicts(life10, history.run())).toEqual({ [clause]: ['broken'] })
})

test('undecided: the program was given up before it could run', () => {
  expect(verdicts(life10, new EndingLiteral().connect('c0').ends('c0').run())).toEqual({ 'client close': ['undecided'] })
})

test('a channel that is closed by a handler counts as such, also where the client sees it sooner', () => {
  const history = new EndingLiteral().connect('c0')
  const call = history.enter('c0', history.message('c0', { action: 'probe' }))
  history.closed('c0').closes(call).leave(call).disconnects('c0')
  expect(verdicts(life10, history.run())['channel.close()']).toEqual(['kept'])
})

test('a stop counts for every connection', () => {
  const history = new EndingLiteral().connect('c0').connect('c1')
  history.client({ at: 'client', kind: 'invoke', step: history.nextStep(), action: { do: 'stop' } })
  history.closed('c0', 1001).disconnects('c0').closed('c1', 1001).absent('c1', 'onDisconnect')
  expect(verdicts(life10, history.run())['server stop']).toEqual(['kept', 'broken'])
})

test('broken: it runs twice, now or in a later program', () => {
  const now = new EndingLiteral().connect('c0').ends('c0').disconnects('c0').disconnects('c0')
  expect(verdicts(life10, now.run())['not twice']).toEqual(['broken'])
  const later = new EndingLiteral().connect('c0')
  later.leave(later.enter('~k1', 'k1~', { handler: 'onDisconnect', channelId: 'gone' }))
  const ledger = { channelIds: new Map(), disconnected: new Map([['gone', 3]]) }
  expect(verdicts(life10, later.run({ ledger }))).toEqual({ 'not twice': ['broken'] })
})

test('not exercised: it is open, its onConnect failed, or it has no onDisconnect', () => {
  const failed = new EndingLiteral()
  failed.connect('c0', {}, false)
  failed.leave(failed.enter('c0', '1.0', { handler: 'onConnect' }), {
    outcome: 'rejected',
    error: { name: 'Error', message: '', typeError: false },
  })
  failed.closed('c0', 1011)
  const bare = new EndingLiteral().connect('c0', { channel: 'bare' }, false).ends('c0')
  expect(verdicts(life10, new EndingLiteral().connect('c0').run())).toEqual({})
  expect(verdicts(life10, failed.run())).toEqual({})
  expect(verdicts(life10, bare.run())).toEqual({})
})

test('LIFE-12 kept: the opening data and the channel’s id', () => {
  const history = new EndingLiteral()
    .connect('c0')
    .ends('c0')
    .disconnects('c0', { openingData: { room: 'x' } })
  expect(verdicts(life12, history.run())).toEqual({ 'channel id': ['kept'], 'opening data': ['kept'] })
})

test('LIFE-12 kept: a field of that name loses', () => {
  const history = new EndingLiteral()
    .connect('c0')
    .ends('c0')
    .disconnects('c0', { openingData: { channelId: 'mine' } })
  expect(verdicts(life12, history.run())).toEqual({ 'channel id wins': ['kept'], 'opening data': ['kept'] })
})

test('LIFE-12 broken: the client’s field wins, the id is missing, fields are missing or added', () => {
  const found = (openingData: { [key: string]: string }, data: { [key: string]: string }) =>
    verdicts(life12, new EndingLiteral().connect('c0').ends('c0').disconnects('c0', { openingData, data }).run())
  expect(found({ channelId: 'mine' }, { channelId: 'mine' })['channel id wins']).toEqual(['broken'])
  expect(found({}, {})['channel id']).toEqual(['broken'])
  expect(found({ room: 'x' }, { channelId: 'id-c0' })['opening data']).toEqual(['broken'])
  expect(found({}, { channelId: 'id-c0', more: 'x' })['opening data']).toEqual(['broken'])
})

test('LIFE-12 not exercised: no onDisconnect', () => {
  expect(verdicts(life12, new EndingLiteral().connect('c0').run())).toEqual({})
})
