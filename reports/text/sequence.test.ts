import { expect, test } from 'vitest'
import type { HistoryEvent } from '../../spec/history.ts'
import { sequenceOf } from './sequence.ts'

const kit = { process: 'kit', at: 'client' } as const
const host = { process: 'host', at: 'server', channelId: 'x', call: 0 } as const
const undef = { $: 'undefined' }
const enter = {
  kind: 'enter',
  handler: 'action:probe',
  data: {},
  openingData: {},
  state: 'open',
  session: undef,
  service: undef,
} as const

const begin: HistoryEvent = { ...host, seq: 1, conn: 'c0', step: '4.0', kind: 'begin', op: 0, name: 'publish', args: {} }
const receive: HistoryEvent = { ...kit, seq: 3, conn: 'c0', kind: 'receive', data: { text: '{"m":"4.0"}' } }
const history: HistoryEvent[] = [
  { ...kit, seq: 0, conn: 'c0', step: '4.c0', kind: 'invoke', action: { do: 'connect', channel: 'main' } },
  { ...kit, seq: 1, conn: 'c0', step: '4.0', kind: 'invoke', action: { do: 'act' } },
  { ...kit, seq: 2, conn: 'c0', step: '4.0', kind: 'message', data: { text: '{"action":"probe"}' } },
  { ...host, ...enter, seq: 0, conn: 'c0', step: '4.0' },
  begin,
  { ...host, seq: 2, conn: 'c0', step: '4.0', kind: 'end', op: 0, name: 'publish', state: 'open', outcome: 'ok' },
  {
    ...host,
    seq: 3,
    conn: 'c0',
    step: '4.0',
    kind: 'leave',
    handler: 'action:probe',
    state: 'open',
    outcome: 'ok',
    value: undef,
  },
  receive,
  { ...kit, seq: 4, step: '4.1', kind: 'invoke', action: { do: 'publish', topic: 't' } },
  { ...kit, seq: 5, step: '4.s0', kind: 'invoke', action: { do: 'publish', topic: 't', value: { m: 's0' }, sentinel: true } },
  { ...kit, seq: 6, conn: 'c0', kind: 'receive', data: { text: '{"m":"s0"}' } },
  { ...kit, seq: 7, conn: 'c0', step: '4.f0', kind: 'message', data: { text: '{"fence":"f0"}' } },
  { ...kit, seq: 8, conn: 'c0', kind: 'receive', data: { text: '{"fence":"f0"}' } },
  { ...kit, seq: 9, conn: 'c0', step: '4.e0', kind: 'invoke', action: { do: 'close' } },
  { ...kit, seq: 10, conn: 'c0', kind: 'closed', code: 1000, reason: '' },
]

test('messages are arrows, handlers notes; what repeats a line and what the kit does for itself is left out', () => {
  expect(sequenceOf(history, [receive])).toEqual([
    { lane: 'c0', to: 'server', label: 'connects to main', step: '4.c0' },
    { lane: 'c0', to: 'server', label: '{"action":"probe"}', step: '4.0' },
    { lane: 'server', label: 'c0: action:probe begins', step: '4.0' },
    { lane: 'server', label: 'c0: publish resolves', step: '4.0' },
    { lane: 'server', to: 'c0', label: '{"m":"4.0"}', evidence: true },
    { lane: 'kit', label: 'publish t', step: '4.1' },
  ])
})

test('evidence is never left out', () => {
  const closed = history.at(-1) as HistoryEvent
  expect(sequenceOf(history, [begin, closed]).filter(({ evidence }) => evidence)).toEqual([
    { lane: 'server', label: 'c0: publish begins', step: '4.0', evidence: true },
    { lane: 'c0', label: 'sees its socket close with 1000', evidence: true },
  ])
})

test('operations of stores have lanes of their own, their requests are arrows', () => {
  const stores: HistoryEvent[] = [
    { process: 'stores', at: 'server', seq: 0, kind: 'store begin', op: 1, name: 'find', args: { id: 'a' }, now: 0 },
    { process: 'stores', at: 'server', seq: 1, kind: 'store choice', from: ['operation 1', 'operation 2'], chosen: 0 },
    { process: 'stores', at: 'server', seq: 2, kind: 'store request', op: 1, name: 'get' },
    { process: 'stores', at: 'server', seq: 3, kind: 'store end', op: 1, name: 'find', now: 0, outcome: 'ok', value: true },
  ]
  expect(sequenceOf(stores, [])).toEqual([
    { lane: 'operation 1', label: 'find begins' },
    { lane: 'operation 1', to: 'stores', label: 'get' },
    { lane: 'operation 1', label: 'find resolves to true' },
  ])
})

test('what the server did is drawn before what clients received meanwhile, and not before what the kit did', () => {
  const late = [history[2], receive, begin, history[8], history[3]] as HistoryEvent[]
  expect(sequenceOf(late, [begin, receive]).map(({ label }) => label)).toEqual([
    '{"action":"probe"}',
    'c0: publish begins',
    '{"m":"4.0"}',
    'publish t',
    'c0: action:probe begins',
  ])
})
