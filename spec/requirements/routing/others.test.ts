import { expect, test } from 'vitest'
import { capabilityNames } from '../../capabilities.ts'
import type { Requirement } from '../../requirement.ts'
import { type Came, exchange } from '../../testing/exchange.ts'
import { Literal, verdicts } from '../../testing/literal.ts'
import { route07, route08, route09 } from './others.ts'
import { route10 } from './plain.ts'
import { route06 } from './precedence.ts'
import { route05 } from './prototypes.ts'

type Case = [
  what: string,
  requirement: Requirement,
  channel: string,
  message: string | { hex: string },
  came: Came,
  expected: Record<string, string[]>,
]

const probe = '{"action":"probe","kept":1,"id":"$id"}'
const own = {
  $: 'object',
  of: [
    ['__proto__', { polluted: true }],
    ['id', '$id'],
  ],
}
const unknown = (error: string, more: object = {}): Came => ({ received: [{ error, errorName: 'UnknownRouteError', ...more }] })
const told = (...clauses: string[]) => Object.fromEntries(clauses.map((clause) => [clause, ['kept']]))
const cases: Case[] = [
  [
    'kept: an inherited name is nobody',
    route05,
    'main',
    '{"action":"valueOf","id":"$id"}',
    { handler: 'onMessage' },
    told('inherited names'),
  ],
  [
    'broken: an inherited name fails inside',
    route05,
    'main',
    '{"action":"valueOf","id":"$id"}',
    { received: [{ error: 'Internal error', errorName: 'InternalError' }] },
    { 'inherited names': ['broken'] },
  ],
  ['kept: unknown on bare', route05, 'bare', '{"action":"valueOf","id":"$id"}', unknown('action'), told('inherited names')],
  [
    'broken: an error on bare',
    route05,
    'bare',
    '{"action":"valueOf","id":"$id"}',
    { received: [{ error: 'Internal error', errorName: 'InternalError' }] },
    { 'inherited names': ['broken'] },
  ],
  [
    'kept: a wired name',
    route05,
    'main',
    '{"action":"toString","id":"$id"}',
    { handler: 'action:toString' },
    told('wired names'),
  ],
  [
    'broken: a wired name is unknown',
    route05,
    'main',
    '{"action":"toString","id":"$id"}',
    { handler: 'onMessage' },
    { 'wired names': ['broken'] },
  ],
  [
    'kept: an inherited key',
    route05,
    'main',
    '{"__proto__":{"action":"probe"},"id":"$id"}',
    {
      handler: 'onMessage',
      data: {
        $: 'object',
        of: [
          ['id', '$id'],
          ['__proto__', { action: 'probe' }],
        ],
      },
    },
    told('inherited keys', 'no prototype changes'),
  ],
  [
    'broken: an inherited key',
    route05,
    'main',
    '{"__proto__":{"action":"probe"},"id":"$id"}',
    { handler: 'action:probe' },
    { 'inherited keys': ['broken'] },
  ],
  [
    'kept: nothing polluted',
    route05,
    'main',
    '{"action":"probe","__proto__":{"polluted":true},"id":"$id"}',
    { handler: 'action:probe', data: own, looked: { polluted: false } },
    { 'no prototype changes': ['kept', 'kept'] },
  ],
  [
    'broken: polluted',
    route05,
    'main',
    '{"action":"probe","__proto__":{"polluted":true},"id":"$id"}',
    { handler: 'action:probe', data: own, looked: { polluted: true } },
    { 'no prototype changes': ['kept', 'broken'] },
  ],
  [
    'broken: the property became a prototype',
    route05,
    'main',
    '{"action":"probe","__proto__":{"polluted":true},"id":"$id"}',
    { handler: 'action:probe', data: { id: '$id' } },
    { 'no prototype changes': ['broken'] },
  ],
  ['unknown: no handler was seen', route05, 'main', '{"action":"valueOf","id":"$id"}', { over: 'open' }, {}],
  ['not exercised: plain names', route05, 'main', probe, { handler: 'action:probe' }, {}],

  [
    'kept: the first of two',
    route06,
    'keys-public',
    '{"kind":"second only","action":"first only","id":"$id"}',
    { handler: 'action:first only' },
    told('the first declared'),
  ],
  [
    'broken: the second of two',
    route06,
    'keys-public',
    '{"kind":"second only","action":"first only","id":"$id"}',
    { handler: 'kind:second only' },
    { 'the first declared': ['broken'] },
  ],
  [
    'kept: the one that matches',
    route06,
    'keys-public',
    '{"kind":"second only","action":"nobody","id":"$id"}',
    { handler: 'kind:second only' },
    told('that matches'),
  ],
  [
    'broken: none, although one matches',
    route06,
    'keys-public',
    '{"kind":"second only","id":"$id"}',
    { handler: 'onMessage' },
    { 'that matches': ['broken'] },
  ],
  ['unknown: no handler was seen', route06, 'keys-public', '{"kind":"second only","id":"$id"}', { over: 'open' }, {}],
  [
    'not exercised: one key matches, and it is the first',
    route06,
    'keys-public',
    '{"action":"first only","id":"$id"}',
    { handler: 'action:first only' },
    {},
  ],
  ['kept: text', route07, 'main', 'hello $id', { handler: 'onMessage', data: 'hello $id' }, told('as that string')],
  ['kept: empty text', route07, 'main', '', { handler: 'onMessage', data: '' }, told('the empty string')],
  ['broken: trimmed', route07, 'main', ' x', { handler: 'onMessage', data: 'x' }, { 'as that string': ['broken'] }],
  ['broken: empty text dropped', route07, 'main', '', {}, { 'the empty string': ['broken'] }],
  ['unknown: nothing is proved', route07, 'main', 'x', { over: 'open' }, {}],
  ['not exercised: JSON', route07, 'main', '1', { handler: 'onMessage', data: 1 }, {}],

  ['kept', route08, 'main', '[1]', { handler: 'onMessage', data: [1] }, told('arrays')],
  ['kept', route08, 'main', '"x"', { handler: 'onMessage', data: 'x' }, told('strings')],
  ['kept', route08, 'main', '7', { handler: 'onMessage', data: 7 }, told('numbers')],
  ['kept', route08, 'main', 'true', { handler: 'onMessage', data: true }, told('booleans')],
  ['kept', route08, 'main', 'null', { handler: 'onMessage', data: null }, told('null')],
  ['broken: dropped', route08, 'main', '[1]', {}, { arrays: ['broken'] }],
  ['broken: with its quotes', route08, 'main', '"x"', { handler: 'onMessage', data: '"x"' }, { strings: ['broken'] }],
  ['broken: as text', route08, 'main', '7', { handler: 'onMessage', data: '7' }, { numbers: ['broken'] }],
  ['broken: as text', route08, 'main', 'true', { handler: 'onMessage', data: 'true' }, { booleans: ['broken'] }],
  [
    'broken: an error',
    route08,
    'main',
    'null',
    { received: [{ error: 'Internal error', errorName: 'InternalError' }] },
    { null: ['broken'] },
  ],
  ['unknown: nothing is proved', route08, 'main', 'null', { over: 'open' }, {}],
  ['not exercised: an object', route08, 'main', '{"id":"$id"}', { handler: 'onMessage' }, {}],

  [
    'kept: bytes',
    route09,
    'main',
    { hex: '00ff' },
    { handler: 'onMessage', data: { $: 'bytes', of: '00ff' } },
    told('the same bytes'),
  ],
  ['broken: text', route09, 'main', { hex: '3031' }, { handler: 'onMessage', data: '01' }, { 'the same bytes': ['broken'] }],
  ['unknown: nothing is proved', route09, 'main', { hex: '00' }, { over: 'open' }, {}],
  ['not exercised: text', route09, 'main', 'x', { handler: 'onMessage', data: 'x' }, {}],

  [
    'kept: an action',
    route10,
    'open',
    '{"action":"plain","id":"$id"}',
    { handler: 'action:plain', data: { id: '$id' }, received: [{ action: 'plain' }] },
    told('as an action'),
  ],
  [
    'broken: another shape',
    route10,
    'open',
    '{"action":"plain","id":"$id"}',
    { handler: 'action:plain', data: { body: { id: '$id' } } },
    { 'as an action': ['broken'] },
  ],
  [
    'broken: no reply',
    route10,
    'open',
    '{"action":"plain","id":"$id"}',
    { handler: 'action:plain', data: { id: '$id' } },
    { 'as an action': ['broken'] },
  ],
  [
    'kept: onMessage',
    route10,
    'open',
    '{"id":"$id"}',
    { handler: 'onMessage', data: { id: '$id' }, returned: 7, received: [7] },
    told('as onMessage'),
  ],
  ['broken: onMessage has nothing', route10, 'open', '{"id":"$id"}', {}, { 'as onMessage': ['broken'] }],
  ['unknown: nothing is proved', route10, 'open', '{"id":"$id"}', { over: 'open' }, {}],
  ['not exercised: another channel', route10, 'main', probe, { handler: 'action:probe' }, {}],
]

test.each(cases.map((each) => [`${each[1].id} ${each[2]}: ${each[0]}`, each] as const))(
  '%s',
  (_name, [, requirement, channel, message, came, expected]) => {
    const history = new Literal().connect('c0', { channel })
    exchange(history, 'c0', message, came)
    expect(verdicts(requirement, history.run())).toEqual(expected)
  },
)

test('ROUTE-09: without the capability bytes are refused, and run no handler', () => {
  const capabilities = capabilityNames.filter((name) => name !== 'binary')
  const judged = (came: Came) => {
    const history = new Literal().connect('c0')
    exchange(history, 'c0', { hex: '00' }, came)
    return verdicts(route09, history.run({ capabilities }))
  }
  expect(judged({ over: 1003 })).toEqual({ refused: ['kept'] })
  expect(judged({ received: [{ error: 'no', errorName: 'InternalError' }] })).toEqual({ refused: ['kept'] })
  expect(judged({ handler: 'onMessage', data: '\u0000' })).toEqual({ refused: ['broken'] })
  expect(judged({})).toEqual({ refused: ['broken'] })
  expect(judged({ over: 'open' })).toEqual({})
})

test('ROUTE-09: bytes that nobody had sent were others when they were, however many came', () => {
  const given = (...held: string[]): unknown => {
    const history = new Literal().connect('c0')
    for (const hex of ['00ff', '3031']) exchange(history, 'c0', { hex }, { over: 'open' })
    for (const of of held) history.leave(history.enter('c0', undefined, { handler: 'onMessage', data: { $: 'bytes', of } }))
    return verdicts(route09, history.fence('c0').run())['the same bytes']
  }
  expect(given('00ff', '3031')).toEqual(['kept', 'kept'])
  expect(given('00ff', '')).toEqual(['kept', 'broken'])
  expect(given('', '')).toEqual(['broken', 'broken'])
  // Of one that came twice, or not at all, others tell more.
  expect(given('00ff', '00ff')).toEqual(['kept'])
})
