import { expect, test } from 'vitest'
import type { Capability } from '../../spec/capabilities.ts'
import { capabilityNames } from '../../spec/capabilities.ts'
import type { HistoryEvent } from '../../spec/history.ts'
import { viewRun } from '../../spec/run/view.ts'
import { Literal } from '../../spec/testing/literal.ts'
import type { Json } from '../../spec/values.ts'
import type { Program } from '../program.ts'
import { outcomeOf } from './outcome.ts'

const sequential: Program = { clients: [{ channel: 'main' }, { channel: 'main' }], prefix: [], phases: [] }
const beside: Program = {
  ...sequential,
  phases: [{ lanes: [[{ do: 'stop' }], [{ do: 'stop' }]] }],
}

/** The fields of a literal history, which names itself program 1, by kind and name. */
function fields(
  events: readonly HistoryEvent[],
  { program = sequential, number = 1, shared = [...capabilityNames] as Capability[] } = {},
): Record<string, Json> {
  const run = viewRun(events, { capabilities: capabilityNames, observes: [] })
  const outcome = outcomeOf(run, program, number, new Set(shared))
  return Object.fromEntries([...outcome].map(([key, { value }]) => [key, value]))
}

const kinds = (of: Record<string, Json>): Set<string> => new Set(Object.keys(of).map((key) => key.split(' | ')[0] ?? ''))

/** c0 subscribes, publishes to itself and sends. */
function plain(): Literal {
  const run = new Literal().connect('c0')
  run.act('c0', [{ op: 'subscribe', topic: '1:t' }])
  const step = run.message('c0', { action: 'probe' })
  const call = run.enter('c0', step, { data: { id: step, to: 'id-c0' } })
  run.op(call, { op: 'publish', topic: '1:t', exclude: null, value: { m: '1.2.0' } })
  run.op(call, { op: 'send', value: { m: '1.2.1' } }).leave(call)
  run.receive('c0', { m: '1.2.0' }).receive('c0', { m: '1.2.1' }).receive('c0', { action: 'probe' })
  return run.fence('c0')
}

test('the outcome of a plain run: what each message led to, what arrived, in what order', () => {
  expect(fields(plain().events)).toMatchObject({
    'delivery | c0 step 2 action:probe op 0 publish, which must arrive at c0': 1,
    'handshake | c0': 'open',
    'connects | c0': [null],
    'unasked close | c0': false,
    'handlers | c0 step 2': ['action:probe'],
    'replies | c0 step 2': [{ json: { action: 'probe' } }],
    'data | c0 step 2 action:probe': { id: '2', to: '<id of c0>' },
    'state | c0 step 2 action:probe': 'open',
    'operation | c0 step 2 action:probe op 0 publish': 'resolved',
    'sends | c0 step 2 action:probe op 1 send': 1,
    'unexplained | c0': [],
    'order | c0 step 2 action:probe at c0: op 0 publish, op 1 send, reply': ['op 0 publish', 'op 1 send', 'reply'],
  })
})

test('program number, channel ids and the numbers of events say nothing', () => {
  const text = JSON.stringify(plain().events)
  const other = text
    .replaceAll(/(?<=")1([.:])/g, '57$1')
    .replaceAll(/(?<=\\")1([.:])/g, '57$1')
    .replaceAll('id-c0', 'a/Z=')
  expect(other).not.toBe(text)
  const shifted = (JSON.parse(other) as HistoryEvent[]).map((event) => ({ ...event, process: `${event.process}2` }))
  expect(fields(shifted, { number: 57 })).toEqual(fields(plain().events))
})

test('a number in a payload stays what it is', () => {
  const run = new Literal().connect('c0')
  const step = run.message('c0', { action: 'probe' })
  run.leave(run.enter('c0', step, { data: { id: step, price: 1.5 } }))
  expect(fields(run.fence('c0').events)['data | c0 step 1 action:probe']).toEqual({ id: '1', price: 1.5 })
})

test('a publish that may have overlapped the subscribe is left out, beside what is certain', () => {
  const run = new Literal().connect('c0').connect('c1')
  const step = run.message('c0', { action: 'probe' })
  const call = run.enter('c0', step)
  run.late()
  const subscribe = run.begin(call, { op: 'subscribe', topic: '1:t' })
  run.hostPublish('1:t', { m: '1.9.0' })
  run.end(call, subscribe, 'subscribe').leave(call)
  run.fence('c0', 'c1')
  expect(Object.keys(fields(run.events)).filter((key) => key.startsWith('delivery'))).toEqual([
    'delivery | publish of step 3, which must not arrive at c1',
  ])
})

test('where lanes run side by side only deliveries are compared', () => {
  expect(kinds(fields(plain().events, { program: beside }))).toEqual(new Set(['delivery']))
})

test('nothing is said of a run that waited in vain', () => {
  const run = plain().client({ at: 'client', kind: 'stall', waitingFor: 'a reply', patience: 5_000 })
  expect(fields(run.events)).toEqual({})
})

test('whether a connect that failed was ever open is left out', () => {
  const run = new Literal()
  const step = run.nextStep()
  const action = { do: 'connect', client: 0, channel: 'main', conn: 'c0', step }
  run.client({ at: 'client', kind: 'invoke', conn: 'c0', step, action })
  const error = { name: 'Error', message: 'no', typeError: false }
  run.leave(run.enter('c0', step, { handler: 'onConnect' }), { outcome: 'rejected', error })
  run.client({ at: 'client', kind: 'refused', conn: 'c0', step, status: 500 })
  expect(fields(run.events)).toEqual({})
})

test('so is all of a connection whose onConnect gave what cannot be sent', () => {
  const run = new Literal().connect('c0', {}, false)
  run.leave(run.enter('c0', '1.0', { handler: 'onConnect' }), { outcome: 'ok', value: { $: 'bigint', of: '1' } })
  expect(fields(run.fence('c0').events)).toEqual({ 'unexplained | c0': [] })
})

test('a client that offers protocols may give up by itself', () => {
  const run = new Literal().connect('c0', { protocols: ['a'] })
  expect(fields(run.fence('c0').events)).not.toHaveProperty(['handshake | c0'])
})

test('a refused handshake: its class of status', () => {
  const run = new Literal()
  const step = run.nextStep()
  const action = { do: 'connect', client: 0, channel: 'main', conn: 'c0', step }
  run.client({ at: 'client', kind: 'invoke', conn: 'c0', step, action })
  run.client({ at: 'client', kind: 'refused', conn: 'c0', step, status: 404 })
  expect(fields(run.events)).toEqual({ 'handshake | c0': 'refused with 4xx' })
})

test.each([
  ['ValidationError', { action: 'probe', issues: [{ message: 'a' }, { message: 'b' }] }, false],
  ['UnknownRouteError', { action: 'probe' }, false],
  ['InternalError', { action: 'probe' }, true],
])('%s: the words that no handler chose are left out', (errorName, rest, worded) => {
  const run = new Literal().connect('c0')
  run.message('c0', { action: 'probe' })
  run.receive('c0', { error: 'words', errorName, ...rest }).fence('c0')
  const [reply] = fields(run.events)['replies | c0 step 1'] as { [key: string]: Json }[]
  expect(reply).toEqual({ errorName, ...rest, ...(worded && { error: 'words' }) })
})

test('behind a close() only sends are fixed, and its code where both systems have codes', () => {
  const run = new Literal().connect('c0')
  const step = run.message('c0', { action: 'probe' })
  const call = run.enter('c0', step)
  run.op(call, { op: 'close' }, { outcome: 'ok', value: { state: 'closed' } })
  const error = { name: 'ChannelClosedError', message: 'closed', typeError: false }
  run.op(call, { op: 'send' }, { outcome: 'rejected', error })
  run.op(call, { op: 'subscribe', topic: '1:t' }, { outcome: 'rejected', error })
  run.leave(call).client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
  const of = fields(run.events)
  expect(Object.entries(of).filter(([key]) => key.startsWith('operation'))).toEqual([
    ['operation | c0 step 1 action:probe op 0 close', { resolved: { state: 'closed' } }],
    ['operation | c0 step 1 action:probe op 1 send', 'rejected with a ChannelClosedError'],
  ])
  expect(of['close code | c0']).toBe(1000)
  expect(fields(run.events, { shared: [] })).not.toHaveProperty(['close code | c0'])
})

test('left out: who subscribes somebody else, and what a handler sees of its own changes', () => {
  const run = new Literal().connect('c0')
  const step = run.message('c0', { action: 'probe' })
  const call = run.enter('c0', step)
  run.op(call, { op: 'subscribe', topic: '1:t', who: { id: 'nobody' } })
  run.op(call, { op: 'mutate', what: 'stored' })
  run.op(call, { op: 'session.get' }, { outcome: 'ok', value: { user: 1, mutated: true } }).leave(call)
  const of = fields(run.fence('c0').events)
  expect(of).not.toHaveProperty(['operation | c0 step 1 action:probe op 0 subscribe'])
  expect(of['operation | c0 step 1 action:probe op 2 session.get']).toBe('resolved')
})

test('what answers to nothing, and copies too many, are facts', () => {
  const run = plain().receive('c0', { m: '1.2.1' }).receive('c0', { boo: true }).fence('c0')
  const of = fields(run.events)
  expect(of['unexplained | c0']).toEqual([{ json: { boo: true } }])
  expect(of['sends | c0 step 2 action:probe op 1 send']).toBe(2)
})

test('residue of a closed channel, by the name of its connection', () => {
  const run = new Literal().connect('c0')
  run.client({ at: 'client', kind: 'invoke', conn: 'c0', step: '1.1', action: { do: 'close', client: 0 } })
  run.client({ at: 'client', kind: 'closed', conn: 'c0', code: 1000, reason: '' })
  run.leave(run.enter('c0', '1.c0~', { handler: 'onDisconnect', state: 'closed', data: { channelId: 'id-c0' } }))
  run.client({
    at: 'client',
    kind: 'residue',
    channels: ['other'],
    subscriptions: [
      ['1:t', 'id-c0'],
      ['1:u', 'other'],
    ],
  })
  expect(fields(run.events)).toMatchObject({
    'residue | c0': { channel: false, topics: ['t'] },
    'disconnects | c0': [{ channelId: '<id of c0>' }],
  })
})
