/** Programs about which handlers need a session: every combination of what can be said of `auth`, mostly without one. */
import fc from 'fast-check'
import { keysActions } from '../../../spec/probe/channels/keys.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import { loweredVariants } from '../../../spec/probe/variants.ts'
import type { Tagged } from '../../../spec/values.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { plainClient, program } from '../parts.ts'
import { actOn, goodOrBad, handlerOps } from './parts.ts'

const channels = ['keys', 'keys-public', 'keys-protected', 'main', 'open', 'bare', 'layered'] as const
const keysChannels = ['keys', 'keys-public', 'keys-protected'] as const
/** Those of which nothing is said stand twice, and those with only an entry thrice: they show something on few of the channels. */
const actions = [
  ...Object.keys(keysActions),
  'bare',
  'absent over absent',
  'true over absent',
  'false over absent',
  'true over absent',
  'false over absent',
  'true over false',
  'true over false',
]
const count = 2

const client: fc.Arbitrary<ClientSpec> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ channel: fc.constantFrom('keys' as const, ...keysChannels) }) },
  { weight: 1, arbitrary: fc.record({ channel: fc.constantFrom(...channels) }) },
)

/** Mostly none: a connection that has a session shows nothing more of this. */
const ops: fc.Arbitrary<Op[]> = fc.oneof({ weight: 7, arbitrary: fc.constant<Op[]>([]) }, { weight: 1, arbitrary: handlerOps })

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: actOn(count, actions, { ops, keys: ['action', 'kind'] }) },
  // Refused by the second key while the message holds the first one, too: error replies carry the first declared.
  {
    weight: 1,
    arbitrary: actOn(count, ['absent over true', 'bare'], {
      ops,
      keys: ['kind'],
      extra: fc.record({ action: fc.constantFrom<Tagged[]>('nobody', 'second only', 7) }),
    }),
  },
  { weight: 2, arbitrary: actOn(count, ['strict'], { ops, keys: ['action', 'kind'], extra: goodOrBad }) },
  { weight: 1, arbitrary: actOn(count, [null, 'nothing of the kind', 'first only', 'plain', 'protected'], { ops }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('text' as const),
      client: fc.constantFrom(0, 1),
      text: fc.constantFrom('hello', '', '[1]', '{"action":7}'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), client: fc.constantFrom(0, 1) }) },
)

const one = (channel: (typeof channels)[number], ...prefix: Step[]): Program => ({ clients: [{ channel }], prefix, phases: [] })
const ask = (action: string | null, more: { key?: string; extra?: { bad: true } | { action: 'nobody' } } = {}): Step => ({
  do: 'act',
  client: 0,
  ops: [],
  action,
  ...more,
})

export const authenticationPrecedence: Family = {
  name: 'authentication/precedence',
  area: 'authentication',
  runs: 205,
  arbitrary: program({
    clients: fc.array(client, { minLength: 1, maxLength: count }),
    prefix: fc.array(step, { minLength: 0, maxLength: 7 }),
    step,
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'AUTH-01 an action': one('keys', ask('bare'), ask('absent over absent', { key: 'kind' })),
    'AUTH-01 onMessage': one('keys', ask(null)),
    'AUTH-02 entry over function': one('keys', ask('true over false')),
    'AUTH-02 entry over channel': one('keys-public', ask('true over absent')),
    'AUTH-02 function over channel': one('keys-public', ask('absent over true')),
    'AUTH-02 entry over default': one('keys', ask('false over absent')),
    'AUTH-02 function over default': one('keys', ask('absent over false')),
    'AUTH-02 function over default: onMessage': one('layered', ask(null)),
    'AUTH-02 entry over channel: onMessage': one('keys-protected', ask(null)),
    'AUTH-02 channel over default': one('keys-public', ask('bare')),
    'AUTH-03 connecting': one('keys-protected'),
    'AUTH-03 disconnecting': one('keys-protected', { do: 'close', client: 0 }),
    'AUTH-04 no handler': one('keys', ask('absent over true')),
    'AUTH-04 one reply': one('keys', ask('absent over true'), ask('true over true', { key: 'kind' })),
    'AUTH-04 its routing key': one('keys', ask('absent over true', { key: 'kind' })),
    'AUTH-04 its routing key: the first it holds': one(
      'keys',
      ask('absent over true', { key: 'kind', extra: { action: 'nobody' } }),
    ),
    'AUTH-04 stays open': one('keys', ask('absent over true'), ask('absent over false')),
    'AUTH-09 only that it is unauthorised': one('keys', ask('strict', { extra: { bad: true } })),
  },
}

const start: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('start' as const),
  variant: fc.constantFrom(...loweredVariants.map(({ name }) => name)),
})

export const authenticationStarts: Family = {
  name: 'authentication/starts',
  area: 'authentication',
  runs: 6,
  arbitrary: program({
    clients: fc.array(fc.constant(plainClient), { maxLength: 0 }),
    prefix: fc.array(start, { minLength: 1, maxLength: 2 }),
    step: start,
    lanes: 1,
    phases: 0,
  }),
  examples: Object.fromEntries(
    loweredVariants.map(({ name }) => [
      `AUTH-02 lowering is refused: ${name}`,
      { clients: [], prefix: [{ do: 'start', variant: name }], phases: [] },
    ]),
  ),
}
