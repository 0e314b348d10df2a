import { expect, test } from 'vitest'
import type { Requirement } from '../../requirement.ts'
import { type Came, exchange } from '../../testing/exchange.ts'
import { Literal, verdicts, withoutPlatform } from '../../testing/literal.ts'
import { route01, route02 } from './actions.ts'
import { route03 } from './default.ts'
import { route04 } from './unknown.ts'

type Case = [
  what: string,
  requirement: Requirement,
  channel: string,
  message: string | { hex: string },
  came: Came,
  expected: Record<string, string[]>,
]

const probe = '{"action":"probe","kept":1,"id":"$id"}'
const nobody = '{"action":"nobody","id":"$id"}'
const unknown = (error: string, more: object = {}): Came => ({ received: [{ error, errorName: 'UnknownRouteError', ...more }] })
const named = unknown('No handler for "action": "nobody"', { action: 'nobody' })
const told = (...clauses: string[]) => Object.fromEntries(clauses.map((clause) => [clause, ['kept']]))
const all04 = told('one error reply', 'without a session', 'its route', 'its message', 'no handler', 'stays open')
const long = 'n'.repeat(70)

const cases: Case[] = [
  ['kept: the action has it', route01, 'main', probe, { handler: 'action:probe' }, told('to that handler', 'to no other')],
  [
    'broken: another action has it',
    route01,
    'main',
    probe,
    { handler: 'action:other' },
    { 'to that handler': ['broken'], 'to no other': ['broken'] },
  ],
  ['broken: nobody has it', route01, 'main', probe, {}, { 'to that handler': ['broken'] }],
  ['broken: it is unknown', route01, 'main', probe, named, { 'to that handler': ['broken'] }],
  ['unknown: nothing proves that nobody has it', route01, 'main', probe, { over: 'open' }, {}],
  [
    'unknown: it was refused for want of a session',
    route01,
    'main',
    probe,
    { received: [{ error: 'no', errorName: 'UnauthorizedError' }] },
    {},
  ],
  ['not exercised: a message without an action', route01, 'main', '{"id":"$id"}', { handler: 'onMessage' }, {}],

  [
    'kept: less the key',
    route02,
    'main',
    probe,
    { handler: 'action:probe', data: { kept: 1, id: '$id' } },
    told('less the routing key', 'otherwise unchanged'),
  ],
  [
    'broken: with the key',
    route02,
    'main',
    probe,
    { handler: 'action:probe', data: { action: 'probe', kept: 1, id: '$id' } },
    { 'less the routing key': ['broken'], 'otherwise unchanged': ['kept'] },
  ],
  [
    'broken: changed',
    route02,
    'main',
    probe,
    { handler: 'action:probe', data: { kept: '1', id: '$id' } },
    { 'less the routing key': ['kept'], 'otherwise unchanged': ['broken'] },
  ],
  ['unknown: no handler was seen', route02, 'main', probe, { over: 'open' }, {}],
  ['not exercised: no action', route02, 'main', nobody, { handler: 'onMessage' }, {}],

  [
    'kept: onMessage has all',
    route03,
    'main',
    nobody,
    { handler: 'onMessage', data: { action: 'nobody', id: '$id' } },
    told('to onMessage', 'whole and unchanged'),
  ],
  [
    'broken: onMessage lacks the key',
    route03,
    'main',
    nobody,
    { handler: 'onMessage', data: { id: '$id' } },
    { 'to onMessage': ['kept'], 'whole and unchanged': ['broken'] },
  ],
  ['broken: an action has it', route03, 'main', nobody, { handler: 'action:probe', data: {} }, { 'to onMessage': ['broken'] }],
  ['broken: it was dropped', route03, 'main', nobody, {}, { 'to onMessage': ['broken'] }],
  ['unknown: nothing proves that it was dropped', route03, 'main', nobody, { over: 'open' }, {}],
  ['not exercised: an action', route03, 'main', probe, { handler: 'action:probe' }, {}],

  ['kept', route04, 'bare', nobody, named, all04],
  ['kept: cut', route04, 'bare', `{"action":"${long}","id":"$id"}`, unknown(`action ${'n'.repeat(64)}`, { action: long }), all04],
  [
    'broken: not cut',
    route04,
    'bare',
    `{"action":"${long}","id":"$id"}`,
    unknown(`action ${long}`, { action: long }),
    { ...all04, 'its message': ['broken'] },
  ],
  [
    'broken: more than an error reply holds',
    route04,
    'bare',
    nobody,
    unknown('No handler for "action": "nobody"', { action: 'nobody', actions: ['probe'] }),
    { ...all04, 'one error reply': ['broken'] },
  ],
  ['broken: no name', route04, 'bare', nobody, unknown('No', { action: 'nobody' }), { ...all04, 'its message': ['broken'] }],
  [
    'broken: no key',
    route04,
    'bare',
    nobody,
    unknown('No handler for "action": "nobody"'),
    { ...all04, 'its route': ['broken'] },
  ],
  [
    'broken: twice',
    route04,
    'bare',
    nobody,
    { received: [...(named.received ?? []), ...(named.received ?? [])] },
    { ...all04, 'one error reply': ['broken'] },
  ],
  [
    'broken: never',
    route04,
    'bare',
    nobody,
    {},
    { ...told('without a session', 'no handler', 'stays open'), 'one error reply': ['broken'] },
  ],
  [
    'broken: unauthorised',
    route04,
    'bare',
    nobody,
    { received: [{ error: 'no', errorName: 'UnauthorizedError' }] },
    { ...told('no handler', 'stays open'), 'without a session': ['broken'] },
  ],
  [
    'broken: a handler has it',
    route04,
    'bare',
    nobody,
    { handler: 'action:probe' },
    { ...told('stays open'), 'no handler': ['broken'] },
  ],
  ['broken: closed', route04, 'bare', nobody, { over: 1008 }, { 'stays open': ['broken'] }],
  ['broken: closed later', route04, 'bare', nobody, { ...named, later: 1008 }, { ...all04, 'stays open': ['broken'] }],
  ['unknown: nothing is proved', route04, 'bare', nobody, { over: 'open' }, {}],
  ['not exercised: there is an onMessage', route04, 'main', nobody, { handler: 'onMessage' }, {}],
  [
    'kept: nothing wired',
    route04,
    'mute',
    '{}',
    { ...unknown('No handler for this message'), over: 'open' },
    told('one error reply', 'its message'),
  ],
  [
    'broken: nothing wired, and a key named',
    route04,
    'mute',
    '{}',
    { ...unknown('No action'), over: 'open' },
    { 'one error reply': ['kept'], 'its message': ['broken'] },
  ],
]

test.each(cases.map((each) => [`${each[1].id} ${each[2]}: ${each[0]}`, each] as const))(
  '%s',
  (_name, [, requirement, channel, message, came, expected]) => {
    const history = new Literal().connect('c0', { channel })
    exchange(history, 'c0', message, came)
    expect(verdicts(requirement, history.run(withoutPlatform))).toEqual(expected)
  },
)
