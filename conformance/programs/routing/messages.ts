/** Programs about what goes to which handler: a family for each kind of channel, with the messages that matter there. */
import fc from 'fast-check'
import { oddAction } from '../../../spec/probe/channels/main.ts'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { program } from '../parts.ts'
import { smallJson } from './json.ts'
import { byteMessages, keyTexts, objectTexts, otherJsonTexts, plainTexts, prototypeTexts } from './texts.ts'

const count = 2
// The second client is often not there: most steps are the first one's.
const client = fc.constantFrom(0, 0, 0, 1)

const op: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ op: fc.constant('look' as const) }),
  fc.record({ op: fc.constant('return' as const), value: fc.constantFrom('text', 7, null, true) }),
)

/** An act on one of these actions, or on none, perhaps with more in its message. */
const act = (...actions: readonly string[]): fc.Arbitrary<Step> =>
  fc.record({
    do: fc.constant('act' as const),
    client,
    ops: fc.array(op, { maxLength: 2 }),
    key: fc.constantFrom('action', 'kind'),
    action: fc.constantFrom(...actions, null),
    extra: fc.record(
      {
        kind: fc.constantFrom('second only', 'nobody', 7, 'bare'),
        action: fc.constantFrom('first only', 'nobody', 7),
        kept: smallJson,
      },
      { requiredKeys: [] },
    ),
  }) as fc.Arbitrary<Step>

const text = (texts: fc.Arbitrary<string>): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('text' as const), client, text: texts })
const anyOf = (...texts: readonly string[]): fc.Arbitrary<Step> => text(fc.constantFrom(...texts))
const bytes: fc.Arbitrary<Step> = fc.record({ do: fc.constant('bytes' as const), client, hex: fc.constantFrom(...byteMessages) })
const random = text(fc.string({ unit: 'grapheme', maxLength: 8 }))

/** Up to twelve messages one after another, on one or two connections of these channels. */
function family(
  name: string,
  runs: number,
  channels: readonly string[],
  step: fc.Arbitrary<Step>,
  examples: Family['examples'],
): Family {
  const clients = fc.array(fc.record({ channel: fc.constantFrom(...channels) }), { minLength: 1, maxLength: count })
  const prefix = fc.array(step, { maxLength: 12, size: 'max' })
  return {
    name: `routing/${name}`,
    area: 'routing',
    runs,
    arbitrary: program({ clients, prefix, step, lanes: 1, phases: 0 }),
    examples,
  }
}

const steps = (channel: string, ...prefix: Step[]): Program => ({ clients: [{ channel }], prefix, phases: [] })

/** Sends texts of the list, one after another. */
const say =
  <T extends string>(_list: readonly T[]) =>
  (channel: string, ...texts: T[]): Program =>
    steps(channel, ...texts.map((each): Step => ({ do: 'text', client: 0, text: each })))
const sayObject = say(objectTexts)
const sayPrototype = say(prototypeTexts)

/** Every family of messages. */
export const routingMessages: readonly Family[] = [
  family(
    'actions',
    40,
    ['main', 'path'],
    fc.oneof(anyOf(...objectTexts), act('probe', 'other', 'nobody', 'Probe', '', oddAction, oddAction.normalize())),
    {
      'ROUTE-01 to that handler': sayObject('main', '{"action":"probe","id":"$id"}', objectTexts[2]),
      'ROUTE-01 to that handler: with no name, and an odd one': steps(
        'main',
        { do: 'act', client: 0, ops: [], key: 'action', action: '', extra: {} },
        { do: 'act', client: 0, ops: [], key: 'action', action: oddAction, extra: {} },
      ),
      'ROUTE-01 to no other': sayObject('main', '{"id":"$id","kept":[1,"2",null,{"x":0.5}],"action":"other","":""}'),
      'ROUTE-02 less the routing key': sayObject('main', '{"action":"probe","id":"$id"}'),
      'ROUTE-02 otherwise unchanged': sayObject(
        'main',
        '{"id":"$id","kept":[1,"2",null,{"x":0.5}],"action":"other","":""}',
        objectTexts[21],
      ),
      'ROUTE-03 to onMessage': sayObject('main', '{"id":"$id"}', '{"action":7,"id":"$id"}', '{"action":"probe ","id":"$id"}'),
      'ROUTE-03 whole and unchanged': sayObject(
        'main',
        '{"action":"nobody","id":"$id","kept":true}',
        objectTexts[20],
        objectTexts[22],
      ),
    },
  ),
  family(
    'unknown',
    40,
    ['bare', 'bare', 'bare', 'mute'],
    fc.oneof(
      { weight: 6, arbitrary: anyOf(...objectTexts) },
      { weight: 2, arbitrary: anyOf(...plainTexts) },
      anyOf(...otherJsonTexts),
      bytes,
      act('probe', 'nobody'),
    ),
    {
      'ROUTE-02 otherwise unchanged: another routing key': steps(
        'bare',
        ...['second only', 7].map(
          (kind): Step => ({ do: 'act', client: 0, ops: [], key: 'action', action: 'probe', extra: { kind } }),
        ),
      ),
      'ROUTE-04 one error reply': sayObject('bare', '{"action":"nobody","id":"$id","kept":true}'),
      'ROUTE-04 without a session': sayObject('bare', '{"action":"Probe","id":"$id"}'),
      'ROUTE-04 its route': sayObject('bare', '{"action":"probe ","id":"$id"}', ...objectTexts.slice(23)),
      'ROUTE-04 its message': sayObject('bare', objectTexts[18], objectTexts[19], ...objectTexts.slice(23)),
      'ROUTE-04 no handler': sayObject('bare', '{"id":"$id"}'),
      'ROUTE-04 stays open': say(plainTexts)('bare', 'hello $id'),
    },
  ),
  family(
    'prototypes',
    70,
    ['main', 'bare'],
    fc.oneof(
      { weight: 4, arbitrary: anyOf(...prototypeTexts, ...prototypeTexts.slice(4, 7)) },
      act('toString', 'valueOf', '__proto__'),
    ),
    {
      'ROUTE-05 inherited names': sayPrototype(
        'bare',
        '{"action":"hasOwnProperty","id":"$id"}',
        '{"action":"toString","id":"$id"}',
      ),
      'ROUTE-05 wired names': sayPrototype('main', '{"action":"__proto__","id":"$id"}', '{"action":"constructor","id":"$id"}'),
      'ROUTE-05 inherited keys': sayPrototype('main', '{"__proto__":{"action":"probe"},"id":"$id"}'),
      'ROUTE-05 no prototype changes': sayPrototype('main', prototypeTexts[9]),
    },
  ),
  family(
    'keys',
    40,
    ['keys-public'],
    fc.oneof({ weight: 2, arbitrary: anyOf(...keyTexts) }, act('first only', 'second only', 'nobody')),
    {
      'ROUTE-06 the first declared': say(keyTexts)(
        'keys-public',
        '{"kind":"second only","action":"first only","id":"$id"}',
        keyTexts[0],
      ),
      'ROUTE-06 that matches': say(keyTexts)('keys-public', '{"action":"nobody","kind":"second only","id":"$id"}'),
    },
  ),
  family(
    'others',
    70,
    ['main'],
    fc.oneof(
      { weight: 3, arbitrary: anyOf(...plainTexts, '', '', '', '') },
      { weight: 6, arbitrary: anyOf(...otherJsonTexts, 'null', 'null', 'false', '0') },
      bytes,
      random,
    ),
    {
      'ROUTE-07 as that string': say(plainTexts)('main', 'hello $id', ' ', "{action:'probe'}"),
      'ROUTE-07 as that string: nothing cut, nothing made another': say(plainTexts)(
        'main',
        ...plainTexts.slice(-6),
        '\ufeffhello',
      ),
      'ROUTE-07 the empty string': say(plainTexts)('main', ''),
      'ROUTE-08 arrays': say(otherJsonTexts)('main', '["$id"]', otherJsonTexts[3]),
      'ROUTE-08 strings': say(otherJsonTexts)('main', '"probe"'),
      'ROUTE-08 numbers': say(otherJsonTexts)('main', '-1.5'),
      'ROUTE-08 booleans': say(otherJsonTexts)('main', 'false'),
      'ROUTE-08 null': say(otherJsonTexts)('main', 'null'),
      'ROUTE-09 the same bytes': steps('main', { do: 'bytes', client: 0, hex: '00ff80' }, { do: 'bytes', client: 0, hex: '' }),
      'ROUTE-09 refused': steps('main', { do: 'bytes', client: 0, hex: byteMessages[2] }),
    },
  ),
  family(
    'plain',
    130,
    ['open'],
    fc.oneof(anyOf(...objectTexts.slice(0, 9), '[1]', 'hello $id'), act('plain', 'plain', 'nobody')),
    {
      'ROUTE-10 as an action': sayObject('open', '{"action":"plain","id":"$id","message":"Hello"}'),
      'ROUTE-10 as onMessage': sayObject('open', '{"id":"$id"}', objectTexts[5]),
      'ROUTE-10 as onMessage: with a result': steps('open', {
        do: 'act',
        client: 0,
        ops: [{ op: 'return', value: 'text' }],
        key: 'action',
        action: null,
        extra: {},
      }),
    },
  ),
]
