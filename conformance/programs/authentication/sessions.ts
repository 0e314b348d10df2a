/** Programs about sessions: set, replaced, cleared, changed in place, thrown over, used without waiting, and by whom they are seen. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Tagged } from '../../../spec/values.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { program } from '../parts.ts'
import { actOn, lifeStep, sessionOp, sessions } from './parts.ts'

const count = 3
const actions = ['probe', 'protected', 'other', null] as const

/** A client of `main` that may set a session while it connects, and looks at it when it leaves. */
const client: fc.Arbitrary<ClientSpec> = fc.record(
  {
    channel: fc.constant('main'),
    connect: fc.array(sessionOp, { minLength: 1, maxLength: 1 }),
    disconnect: fc.array(fc.record({ op: fc.constantFrom('session.get' as const, 'look' as const) }), {
      minLength: 1,
      maxLength: 1,
    }),
  },
  { requiredKeys: ['channel'] },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: actOn(count, actions) },
  { weight: 3, arbitrary: actOn(count, ['protected']) },
  { weight: 2, arbitrary: lifeStep(count) },
)

const acting = (action: string, ops: fc.Arbitrary<Op[]>): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('act' as const), client: fc.constant(0), ops, action: fc.constant(action) })
const throwing: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('throw' as const),
  error: fc.constantFrom('unauthorised' as const, 'error' as const),
})
const settingOther: fc.Arbitrary<Op> = fc.record({ op: fc.constant('session.set' as const), value: fc.constantFrom(...sessions) })
const setting: fc.Arbitrary<Op> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ op: fc.constant('session.set' as const) }) },
  { weight: 1, arbitrary: settingOther },
)
const clearing: fc.Arbitrary<Op> = fc.record({ op: fc.constant('session.clear' as const) })
const changing: fc.Arbitrary<Op> = fc.record({
  op: fc.constant('mutate' as const),
  what: fc.constantFrom('session' as const, 'stored' as const),
})

/** Asks when its gate has opened what is stored then: where messages of a connection overlap, others have set it meanwhile. */
const asksLater: Step = {
  do: 'act',
  client: 0,
  ops: [{ op: 'hold', gate: 'g' }, { op: 'session.get' }],
  action: 'other',
  wait: false,
}
const openGate: Step = { do: 'open gate', gate: 'g' }

/** Sets one of its own and asks again when its gate has opened: what others have set meanwhile is none of its business. */
const asksAgain: Step = {
  do: 'act',
  client: 0,
  ops: [{ op: 'session.set' }, { op: 'hold', gate: 'g' }, { op: 'session.get' }],
  action: 'other',
  wait: false,
}
/** What a handler leaves behind, a timer say, writes while a later one is waiting that has written, too. */
const leaving = (op: 'session.set' | 'session.clear'): Step => ({
  do: 'act',
  client: 0,
  ops: [{ op: 'arm', gate: 'a', ops: [{ op }, { op: 'release', gate: 'g' }] }],
  action: 'probe',
})
const [leavesSet, leavesClear] = [leaving('session.set'), leaving('session.clear')]
const asksBehind = (op: 'session.set' | 'session.clear'): Step => ({
  do: 'act',
  client: 0,
  ops: [{ op }, { op: 'release', gate: 'a' }, { op: 'hold', gate: 'g' }, { op: 'session.get' }],
  action: 'other',
})
const [asksBeside, asksCleared] = [asksBehind('session.set'), asksBehind('session.clear')]

/** A session that is set, something that happens to it, and a look at what is left: chance alone seldom gets so far. */
const story: fc.Arbitrary<Step[]> = fc.oneof(
  fc.tuple(fc.constant(asksLater), acting('probe', fc.tuple(setting)), fc.constant(openGate)),
  fc.tuple(fc.constant(asksAgain), acting('probe', fc.tuple(setting)), fc.constant(openGate)),
  fc.tuple(fc.constantFrom(leavesSet, leavesSet, leavesClear), fc.constantFrom(asksBeside, asksBeside, asksCleared)),
  fc.tuple(acting('probe', fc.tuple(setting, throwing)), acting('protected', fc.array(sessionOp, { maxLength: 2 }))),
  fc.tuple(
    acting('probe', fc.tuple(setting)),
    acting('protected', fc.tuple(throwing)),
    acting('protected', fc.array(sessionOp, { maxLength: 2 })),
  ),
  fc.tuple(
    acting('probe', fc.tuple(setting)),
    acting('protected', fc.tuple(changing)),
    acting('protected', fc.array(sessionOp, { maxLength: 1 })),
  ),
  fc.tuple(
    acting('probe', fc.tuple(setting)),
    acting('protected', fc.tuple(clearing)),
    acting('protected', fc.array(sessionOp, { maxLength: 1 })),
  ),
  fc.tuple(
    acting('probe', fc.tuple(setting)),
    fc.record({ do: fc.constant('close' as const), client: fc.constant(0) }),
    fc.record({ do: fc.constant('connect' as const), client: fc.constant(0) }),
    acting('protected', fc.array(sessionOp, { maxLength: 1 })),
  ),
)

const main: ClientSpec = { channel: 'main' }
const looking: ClientSpec = { channel: 'main', disconnect: [{ op: 'session.get' }] }
const run = (action: string, client: number, ...ops: Op[]): Step => ({ do: 'act', client, ops, action })
const sequence = (clients: ClientSpec[], ...prefix: Step[]): Program => ({ clients, prefix, phases: [] })
const set: Op = { op: 'session.set' }
const authenticate = run('probe', 0, set)
const use = run('protected', 0)

export const authenticationSessions: Family = {
  name: 'authentication/sessions',
  area: 'authentication',
  runs: 290,
  arbitrary: program({
    clients: fc.array(client, { minLength: 1, maxLength: count }),
    prefix: fc.oneof({ weight: 3, arbitrary: fc.array(step, { minLength: 0, maxLength: 8 }) }, { weight: 2, arbitrary: story }),
    step,
    lanes: 2,
    steps: 4,
    phases: 1,
  }),
  examples: {
    'AUTH-05 the next handler': sequence([main], authenticate, use),
    'AUTH-05 sent without waiting': sequence(
      [main],
      { do: 'act', client: 0, ops: [{ op: 'turn', times: 3 }, set], action: 'probe', wait: false },
      use,
    ),
    'AUTH-05 get: own set': sequence([main], run('probe', 0, set, { op: 'session.get' })),
    'AUTH-05 get: own set: whoever wrote since': sequence([main], leavesSet, asksBeside),
    'AUTH-05 get: own set: whoever cleared since': sequence([main], leavesClear, asksBeside),
    'AUTH-05 get: own set: of none': sequence([main], leavesSet, asksCleared),
    'AUTH-05 the next handler: with one like nothing': sequence(
      [main],
      run('probe', 0, { op: 'session.set', value: 0 }),
      use,
      run('probe', 0, { op: 'session.set', value: '' }),
      use,
    ),
    'AUTH-11 what it was given: within it': sequence(
      [main],
      run('probe', 0, { op: 'session.set', value: sessions[0] as Tagged }),
      run('protected', 0, { op: 'mutate', what: 'session' }),
      use,
    ),
    'AUTH-05 get: own set: beside another handler': sequence([main], asksAgain, authenticate, openGate),
    'AUTH-05 get: stored': sequence([main], authenticate, run('other', 0, { op: 'session.get' })),
    'AUTH-05 get: stored: since the handler began': sequence([main], asksLater, authenticate, openGate),
    'AUTH-06 no other connection': sequence([main, main], authenticate, run('protected', 1)),
    'AUTH-06 no later connection': sequence([main], authenticate, { do: 'close', client: 0 }, { do: 'connect', client: 0 }, use),
    'AUTH-07 set again': sequence([main], authenticate, run('protected', 0, set), use),
    'AUTH-07 refused again': sequence([main], authenticate, run('protected', 0, { op: 'session.clear' }), use),
    'AUTH-08 thrown without setting': sequence(
      [main],
      authenticate,
      run('protected', 0, { op: 'throw', error: 'unauthorised' }),
      use,
    ),
    'AUTH-08 set, then thrown': sequence([main], run('probe', 0, set, { op: 'throw', error: 'error' }), use),
    'AUTH-10 the session': sequence([main], authenticate, run('other', 0)),
    'AUTH-10 undefined': sequence([main], run('other', 0)),
    'AUTH-11 what it was given': sequence([main], authenticate, run('protected', 0, { op: 'mutate', what: 'session' }), use),
    'AUTH-11 what it set': sequence([main], run('probe', 0, { op: 'session.set', then: 'mutate' }), use),
    'AUTH-05 the next handler: with one of an odd name': sequence(
      [main],
      run('probe', 0, { op: 'session.set', value: sessions[6] as Tagged }),
      use,
    ),
    'AUTH-11 what get gave: of its own': sequence(
      [main],
      run(
        'probe',
        0,
        { op: 'session.set', value: sessions[1] as Tagged },
        { op: 'mutate', what: 'stored' },
        { op: 'session.get' },
      ),
      use,
      run('protected', 0, { op: 'mutate', what: 'session' }, { op: 'session.get' }),
    ),
    'AUTH-11 what get gave': sequence([main], authenticate, run('protected', 0, { op: 'mutate', what: 'stored' }), use),
    'AUTH-12 the last session': sequence([looking], authenticate, { do: 'close', client: 0 }),
  },
}
