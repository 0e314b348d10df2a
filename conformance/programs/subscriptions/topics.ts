/** Programs about topics that some store, transport or language might take for something else than text. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { act, freshClient, mode, sequence, sub } from '../pubsub.ts'

/** Alike under some reading: a wildcard, a separator, a normal form, a cut, a number, a key of every object. */
const alike = [
  ['', ' ', '\u0000', '\ufeff'],
  ['a', 'A', '\u0141', '\u0161', 'a ', ' a', 'a\u0000', 'a\u0000b', 'aa'],
  ['#', '*', '+', '/', '>', '$', '?', '.', ':', '|', '%', '\\', '..'],
  [
    'a/b',
    'a/#',
    'a/+',
    'a/*',
    'a/',
    '/a',
    'a//b',
    'a.b',
    'a.*',
    'a.>',
    'a:b',
    'a:*',
    'a#b',
    'a|b',
    'a%2Fb',
    '$SYS/#',
    '**',
    '[ab]',
    '{a}',
    '^a$',
  ],
  ['\u00e9', 'e\u0301', '\u212b', '\u00c5', '\ufb01', 'fi', '\u0130', 'i\u0307', '\u{1f600}', '\u200b', '\u2028'],
  [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'undefined',
    'null',
    'true',
    '0',
    '-0',
    '1',
    '01',
    '1e0',
    'NaN',
    '[object Object]',
  ],
  ['broadcast', '__all__', 'T#t', 'C#t', 'S#', 'meta', 'A#meta', 'channel', 'subscribers', '*all*'],
  [
    'x'.repeat(256),
    'x'.repeat(255),
    '\u00e9'.repeat(128),
    '\u{1f600}'.repeat(64),
    `${'\u20ac'.repeat(85)}x`,
    '\ufffd',
    'a\ufffd',
  ],
]
const tooLong = [
  'x'.repeat(257),
  `${'\u00e9'.repeat(128)}x`,
  `${'\u{1f600}'.repeat(64)}x`,
  '\u20ac'.repeat(86),
  'x'.repeat(4_096),
]
const illFormed = ['\ud800', '\udc00', 'a\ud800', '\udc00\ud800', '\ud83d\ud83d\ude00']

const literally = (topics: readonly string[]): string[] => topics.map((topic) => `=${topic}`)
const taken = literally(alike.flat())
const topic = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...taken) },
  { weight: 2, arbitrary: fc.constantFrom(...literally(tooLong)) },
  { weight: 2, arbitrary: fc.constantFrom(...literally(illFormed)) },
  ...alike.map((few) => ({ weight: 1, arbitrary: fc.constantFrom(...literally(few)) })),
)

const count = 2
const most = Math.max(...alike.map(({ length }) => length))
const changes = (of: 'subscribe' | 'unsubscribe'): fc.Arbitrary<Op> =>
  fc.record({ op: fc.constant(of), topic, mode }, { requiredKeys: ['op', 'topic'] }) as fc.Arbitrary<Op>
const publish: fc.Arbitrary<Op> = fc.record(
  { op: fc.constant('publish' as const), topic, exclude: fc.constant(null), mode },
  { requiredKeys: ['op', 'topic', 'exclude'] },
)
/** Subscribers of several topics that are alike under some reading, and publishes to each: what is one of them to whom? */
const twins = (few: readonly string[]): fc.Arbitrary<Step[]> => {
  const alikeTopic = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...literally(few)) },
    { weight: 1, arbitrary: fc.constantFrom(...taken) },
  )
  const joining = fc.record({ op: fc.constant('subscribe' as const), topic: alikeTopic })
  const hosting = fc.record({ do: fc.constant('publish' as const), topic: alikeTopic, exclude: fc.constant(null) })
  return fc.array(fc.oneof(actWith(joining), hosting as fc.Arbitrary<Step>), { minLength: 3, maxLength: 2 * most })
}
const actWith = (op: fc.Arbitrary<Op>): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('act' as const), client: clientIndex(count), ops: fc.array(op, { minLength: 1, maxLength: 4 }) })
const host = fc.record({ do: fc.constant('publish' as const), topic, exclude: fc.constant(null) }) as fc.Arbitrary<Step>
const hostTo = (text: string): Step => ({ do: 'publish', topic: text, exclude: null })
const publishTo = (text: string): Op => ({ op: 'publish', topic: text, exclude: null })
const one = [freshClient]
const everyTopic = alike.flat()
/** Every topic has one subscriber of the two, and one publish. */
const allOfThem = sequence(
  [freshClient, freshClient],
  act(0, ...everyTopic.filter((_, index) => index % 2 === 0).map((text) => sub(`=${text}`))),
  act(1, ...everyTopic.filter((_, index) => index % 2 === 1).map((text) => sub(`=${text}`))),
  ...everyTopic.map((text) => hostTo(`=${text}`)),
)
const manyTopics = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('act' as const),
      client: clientIndex(count),
      ops: fc.array(fc.record({ op: fc.constant('subscribe' as const), topic: fc.constantFrom(...taken) }), {
        minLength: 1,
        maxLength: everyTopic.length,
      }),
    }),
    fc.record({ do: fc.constant('publish' as const), topic: fc.constantFrom(...taken), exclude: fc.constant(null) }),
  ) as fc.Arbitrary<Step>,
  { minLength: 1, maxLength: everyTopic.length + count },
)

export const subscriptionTopics: Family = {
  name: 'subscriptions/topics',
  area: 'subscriptions',
  runs: 100,
  arbitrary: program({
    clients: fc.array(fc.constant(freshClient), { minLength: 1, maxLength: count }),
    prefix: fc.oneof(
      {
        weight: 2 * alike.length,
        arbitrary: fc.array(
          fc.oneof(
            {
              weight: 6,
              arbitrary: actWith(fc.oneof({ weight: 5, arbitrary: changes('subscribe') }, changes('unsubscribe'), publish)),
            },
            { weight: 1, arbitrary: host },
          ),
          { minLength: 1, maxLength: 3 },
        ),
      },
      ...alike.map((few) => ({ weight: 1, arbitrary: twins(few) })),
      { weight: 1, arbitrary: manyTopics },
    ),
    step: fc.oneof({ weight: 2, arbitrary: actWith(fc.oneof(publish, changes('subscribe'))) }, { weight: 1, arbitrary: host }),
    lanes: 2,
    steps: 2,
    phases: 1,
  }),
  examples: {
    'SUB-05 any text': sequence(
      one,
      act(0, sub('='), sub('=__proto__'), sub(`=${'x'.repeat(256)}`)),
      hostTo('='),
      hostTo('=__proto__'),
    ),
    'SUB-05 exactly': sequence(
      [freshClient, freshClient],
      act(0, sub('=#'), sub('=a/#'), sub('=*'), sub('=\u00e9')),
      act(1, sub('=e\u0301'), sub('=A'), sub('=a '), sub('=a\u0000b')),
      act(0, sub('=a'), sub('=a\u0000')),
      ...['=a/b', '=e\u0301', '=a', '=A', '=a '].map(hostTo),
    ),
    'SUB-05 exactly: all of them': allOfThem,
    'SUB-05 too long': sequence(one, act(0, sub(`=${'x'.repeat(257)}`), publishTo(`=${'\u00e9'.repeat(128)}x`))),
    'SUB-05 ill-formed': sequence(one, act(0, sub('=a\ud800'), publishTo('=\udc00'))),
    'SUB-05 refused by the host’s hub': sequence(one, hostTo(`=${'x'.repeat(257)}`), hostTo('=a\ud800')),
    'SUB-05 refusals change nothing': sequence(one, act(0, sub(`=${'x'.repeat(257)}`)), hostTo(`=${'x'.repeat(256)}`)),
  },
}
