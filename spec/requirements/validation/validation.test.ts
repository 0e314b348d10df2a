import { expect, test } from 'vitest'
import type { Requirement } from '../../requirement.ts'
import { type Came, exchange, fenceBehind } from '../../testing/exchange.ts'
import { Literal, verdicts, withoutPlatform } from '../../testing/literal.ts'
import type { Tagged } from '../../values.ts'
import { valid03 } from './asynchronous.ts'
import { valid07 } from './hostile.ts'
import { valid02, valid04, valid05 } from './outputs.ts'
import { valid01, valid06 } from './refusals.ts'

type Case = [what: string, requirement: Requirement, message: string, came: Came, expected: Record<string, string[]>]

const told = (...clauses: string[]) => Object.fromEntries(clauses.map((clause) => [clause, ['kept']]))
const refused = '{"action":"picky","id":"$id","issues":[{"path":["a",0,{"key":"k"}],"message":"one"},{"message":"two"}]}'
const issues = [
  { path: [], message: 'two' },
  { path: ['a', 0, 'k'], message: 'one' },
]
const reply = { error: 'Invalid', errorName: 'ValidationError', action: 'picky', issues }
const issueless = '{"action":"picky","id":"$id","issues":[]}'
const { issues: _issues, ...tellsNone } = reply
const none01 = told('no handler', 'one reply', 'stays open')
const all01 = told('no handler', 'one reply', 'every issue', 'stays open')
const throwing = '{"action":"throws","id":"$id","error":"error"}'
const masked = { error: 'Internal error', errorName: 'InternalError', action: 'throws' }
const all06 = told('internal error', 'no handler', 'stays open')
const shape = '{"action":"shape","id":"$id","count":"7","unknown":1}'
const shaped = (more: object) => ({ handler: 'action:shape', data: { id: '$id', count: 7, size: 10, ...more } })
const late = '{"action":"late","id":"$id","kept":1}'
const lateRefused = '{"action":"late","id":"$id","issues":[{"message":"one"}]}'
const hostile = '{"action":"free","id":"$id","action":"picky"}'
const all07 = told('answered or handled', 'stays open', 'no wrong handler', 'crashes nothing')

const becomes = '{"action":"becomes","value":{"$":"undefined"}}'
const became = (data: Tagged) => ({ handler: 'action:becomes', data, received: [{ action: 'becomes' }] })

const cases: Case[] = [
  ['kept: given nothing', valid02, becomes, became({ $: 'undefined' }), told('just that')],
  ['broken: given null for nothing', valid02, becomes, became(null), { 'just that': ['broken'] }],
  [
    'broken: given the message',
    valid02,
    becomes,
    became({ value: { $: 'object', of: [['$', 'undefined']] } }),
    { 'just that': ['broken'] },
  ],
  ['broken: given to nobody', valid02, becomes, { received: [{ action: 'becomes' }] }, { 'just that': ['broken'] }],
  ['kept', valid01, refused, { received: [reply] }, all01],
  [
    'broken: an issue short',
    valid01,
    refused,
    { received: [{ ...reply, issues: [issues[0] ?? null] }] },
    { ...all01, 'every issue': ['broken'] },
  ],
  [
    'broken: more of an issue than path and message',
    valid01,
    refused,
    { received: [{ ...reply, issues: issues.map((issue) => ({ ...issue, code: 'custom' })) }] },
    { ...all01, 'every issue': ['broken'] },
  ],
  [
    'broken: more than an error reply holds',
    valid01,
    refused,
    { received: [{ ...reply, stack: 'at' }] },
    { ...all01, 'one reply': ['broken'] },
  ],
  [
    'broken: without its key',
    valid01,
    refused,
    { received: [{ error: '', errorName: 'ValidationError', issues }] },
    { ...all01, 'one reply': ['broken'] },
  ],
  ['kept: refused with no issue', valid01, issueless, { received: [{ ...reply, issues: [] }] }, none01],
  ['kept: refused with no issue, and none told', valid01, issueless, { received: [tellsNone] }, none01],
  [
    'broken: refused with no issue, and handled',
    valid01,
    issueless,
    { handler: 'action:picky' },
    { ...told('stays open'), 'no handler': ['broken'] },
  ],
  ['broken: never answered', valid01, refused, {}, { ...told('no handler', 'stays open'), 'one reply': ['broken'] }],
  ['broken: handled', valid01, refused, { handler: 'action:picky' }, { ...told('stays open'), 'no handler': ['broken'] }],
  ['broken: closed', valid01, refused, { over: 1008 }, { 'stays open': ['broken'] }],
  ['broken: closed later', valid01, refused, { received: [reply], later: 1000 }, { ...all01, 'stays open': ['broken'] }],
  ['unknown: nothing is proved', valid01, refused, { over: 'open' }, {}],
  ['not exercised: taken', valid01, '{"action":"picky","id":"$id"}', { handler: 'action:picky' }, {}],

  ['kept: a text made 0', valid02, '"0"', { handler: 'onMessage', data: 0 }, told('coercions')],
  ['broken: 0 taken for nothing', valid02, '"0"', { handler: 'onMessage', data: '0' }, { coercions: ['broken'] }],
  ['kept', valid02, shape, shaped({}), told('defaults', 'coercions', 'stripped keys')],
  ['broken: no default', valid02, shape, shaped({ size: null }), { ...told('coercions', 'stripped keys'), defaults: ['broken'] }],
  ['broken: as it was', valid02, shape, shaped({ count: '7' }), { ...told('defaults', 'stripped keys'), coercions: ['broken'] }],
  [
    'broken: not stripped',
    valid02,
    shape,
    shaped({ unknown: 1 }),
    { ...told('defaults', 'coercions'), 'stripped keys': ['broken'] },
  ],
  ['unknown: no handler was seen', valid02, shape, { over: 'open' }, {}],
  ['not exercised: another schema', valid02, late, { handler: 'action:late' }, {}],

  ['kept', valid03, late, { handler: 'action:late', data: { id: '$id', kept: 1, settled: true } }, told('awaited')],
  ['broken: as it came', valid03, late, { handler: 'action:late', data: { id: '$id', kept: 1 } }, { awaited: ['broken'] }],
  ['kept: refused later', valid03, lateRefused, { received: [reply] }, told('awaited')],
  ['broken: a promise', valid03, late, { handler: 'action:late', data: {} }, { awaited: ['broken'] }],
  ['broken: handled although refused later', valid03, lateRefused, { handler: 'action:late', data: {} }, { awaited: ['broken'] }],
  ['unknown: nothing is proved', valid03, late, { over: 'open' }, {}],
  ['not exercised: at once', valid03, shape, shaped({}), {}],

  [
    'kept',
    valid04,
    '{"action":"seen","id":"$id"}',
    { handler: 'action:seen', data: { id: '$id', saw: { id: '$id' } } },
    told('less the routing key'),
  ],
  [
    'broken',
    valid04,
    '{"action":"seen","id":"$id"}',
    { handler: 'action:seen', data: { saw: { action: 'seen', id: '$id' } } },
    { 'less the routing key': ['broken'] },
  ],
  ['unknown: no handler was seen', valid04, '{"action":"seen","id":"$id"}', { over: 'open' }, {}],
  ['not exercised', valid04, late, { handler: 'action:late' }, {}],

  [
    'kept',
    valid05,
    '{"action":"free","id":"$id","count":"7"}',
    { handler: 'action:free', data: { id: '$id', count: '7' } },
    told('as it came'),
  ],
  [
    'broken',
    valid05,
    '{"action":"free","id":"$id","count":"7"}',
    { handler: 'action:free', data: { id: '$id', count: 7 } },
    { 'as it came': ['broken'] },
  ],
  ['unknown: no handler was seen', valid05, '{"action":"free","id":"$id"}', { over: 'open' }, {}],
  ['not exercised', valid05, late, { handler: 'action:late' }, {}],

  ['kept', valid06, throwing, { received: [masked] }, all06],
  [
    'broken: shown',
    valid06,
    throwing,
    { received: [{ ...masked, error: 'the schema threw a secret' }] },
    { ...all06, 'internal error': ['broken'] },
  ],
  ['broken: handled', valid06, throwing, { handler: 'action:throws' }, { ...told('stays open'), 'no handler': ['broken'] }],
  ['broken: closed', valid06, throwing, { over: 1011 }, { 'stays open': ['broken'] }],
  ['unknown: nothing is proved', valid06, throwing, { over: 'open' }, {}],
  ['not exercised', valid06, late, { handler: 'action:late' }, {}],

  ['kept: the last key wins', valid07, hostile, { handler: 'action:picky' }, all07],
  ['kept: an error', valid07, '{"id":"$id"', { received: [{ error: 'no', errorName: 'UnknownRouteError' }] }, all07],
  ['kept: text', valid07, '{"a"', { handler: 'onMessage', data: '{"a"' }, all07],
  [
    'broken: dropped',
    valid07,
    '[',
    {},
    { ...told('stays open', 'no wrong handler', 'crashes nothing'), 'answered or handled': ['broken'] },
  ],
  ['broken: the first key wins', valid07, hostile, { handler: 'action:free' }, { ...all07, 'no wrong handler': ['broken'] }],
  ['broken: closed', valid07, '[', { over: 1007 }, { 'stays open': ['broken'] }],
  ['unknown: nothing is proved', valid07, '[', { over: 'open' }, {}],
  ['not exercised: good JSON', valid07, shape, shaped({}), {}],
]

test.each(cases.map((each) => [`${each[1].id}: ${each[0]}`, each] as const))(
  '%s',
  (_name, [, requirement, message, came, expected]) => {
    const history = new Literal().connect('c0', { channel: 'strict' })
    exchange(history, 'c0', message, came)
    expect(verdicts(requirement, history.run(withoutPlatform))).toEqual(expected)
  },
)

test('VALID-01: a platform that ends a connection later does so for reasons of its own', () => {
  const history = new Literal().connect('c0', { channel: 'strict' })
  exchange(history, 'c0', refused, { received: [reply], later: 1001 })
  expect(verdicts(valid01, history.run())['stays open']).toEqual(['kept'])
})

test('VALID-07: an exception that nobody handles', () => {
  const history = new Literal().connect('c0', { channel: 'strict' })
  exchange(history, 'c0', '[', { over: 'open' })
  history.server({ at: 'server', kind: 'fault', what: 'uncaughtException', message: 'RangeError' })
  expect(verdicts(valid07, history.run())['crashes nothing']).toEqual(['broken'])
})

/** A late message and one behind it, both sent while an earlier handler held; the handlers in this order. */
function pipelined(held: boolean, ...order: [number, number]) {
  const history = new Literal().connect('c0', { channel: 'strict' })
  const first = history.message('c0', { action: 'free' })
  const call = history.enter('c0', first, { handler: 'action:free' })
  const waiting = history.begin(call, { op: 'hold', gate: 'g' })
  const steps = [history.message('c0', { action: 'late' }), history.message('c0', { action: 'free' })]
  if (held) history.client({ at: 'client', kind: 'gate', name: 'g' })
  if (held) history.end(call, waiting, 'hold')
  history.leave(call)
  for (const index of order)
    history.leave(history.enter('c0', steps[index], { handler: index === 0 ? 'action:late' : 'action:free' }))
  fenceBehind(history, 'c0')
  return verdicts(valid03, history.run())['no other order']
}

test('VALID-03: order kept, broken and unknown', () => {
  expect(pipelined(true, 0, 1)).toEqual(['kept'])
  expect(pipelined(true, 1, 0)).toEqual(['broken'])
  expect(pipelined(false, 0, 1)).toEqual(['undecided'])
})
