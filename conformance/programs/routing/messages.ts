/** Programs about what goes to which handler: actions and texts of every kind, one after another on several channels. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { ClientSpec, Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { clientIndex, program } from '../parts.ts'
import { byteMessages, keyTexts, objectTexts, otherJsonTexts, plainTexts, prototypeTexts } from './texts.ts'

const count = 2
const client = clientIndex(count)

const clients: fc.Arbitrary<ClientSpec[]> = fc.array(fc.record({ channel: fc.constantFrom('main', 'bare', 'keys-public', 'open', 'mute') }), {
  minLength: 1,
  maxLength: count,
})

const op: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ op: fc.constant('look' as const) }),
  fc.record({ op: fc.constant('return' as const), value: fc.constantFrom('text', 7, null, { kept: true }, ['x']) }),
)

const actions = ['probe', 'other', 'plain', 'first only', 'second only', 'bare', 'toString', 'constructor', '__proto__', 'hasOwnProperty', 'nobody', 'Probe', ''] as const

const act: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('act' as const),
  client,
  ops: fc.array(op, { maxLength: 2 }),
  key: fc.constantFrom('action', 'kind', 'Action'),
  action: fc.constantFrom(...actions, null),
  extra: fc.record({ kind: fc.constantFrom('second only', 'nobody', 7, 'bare', 'valueOf'), kept: fc.jsonValue({ maxDepth: 1 }) }, { requiredKeys: [] }),
}) as fc.Arbitrary<Step>

const text: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('text' as const),
  client,
  text: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...objectTexts) },
    { weight: 2, arbitrary: fc.constantFrom(...keyTexts) },
    { weight: 3, arbitrary: fc.constantFrom(...prototypeTexts) },
    { weight: 3, arbitrary: fc.constantFrom(...plainTexts) },
    { weight: 3, arbitrary: fc.constantFrom(...otherJsonTexts) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  ),
})

const bytes: fc.Arbitrary<Step> = fc.record({ do: fc.constant('bytes' as const), client, hex: fc.constantFrom(...byteMessages) })

const step = fc.oneof({ weight: 4, arbitrary: act }, { weight: 6, arbitrary: text }, { weight: 1, arbitrary: bytes })

const steps = (channel: string, ...prefix: Step[]): Program => ({ clients: [{ channel }], prefix, phases: [] })
const say = (channel: string, ...texts: (typeof objectTexts | typeof keyTexts | typeof prototypeTexts | typeof plainTexts | typeof otherJsonTexts)[number][]): Program =>
  steps(channel, ...texts.map((each): Step => ({ do: 'text', client: 0, text: each })))

export const routingMessages: Family = {
  name: 'routing/messages',
  area: 'routing',
  runs: 240,
  arbitrary: program({ clients, prefix: fc.array(step, { maxLength: 6 }), step, lanes: 1, steps: 3, phases: 1 }),
  examples: {
    'ROUTE-01 to that handler': say('main', '{"action":"probe","id":"$id"}'),
    'ROUTE-01 to no other': say('main', '{"id":"$id","kept":[1,"2",null,{"x":0.5}],"action":"other","":""}'),
    'ROUTE-02 less the routing key': say('main', '{"action":"probe","id":"$id"}'),
    'ROUTE-02 otherwise unchanged': say('main', '{"id":"$id","kept":[1,"2",null,{"x":0.5}],"action":"other","":""}'),
    'ROUTE-03 to onMessage': say('main', '{"id":"$id"}', '{"action":7,"id":"$id"}'),
    'ROUTE-03 whole and unchanged': say('main', '{"action":"nobody","id":"$id","kept":true}'),
    'ROUTE-04 one error reply': say('bare', '{"action":"nobody","id":"$id","kept":true}'),
    'ROUTE-04 without a session': say('bare', '{"action":"Probe","id":"$id"}'),
    'ROUTE-04 its route': say('bare', '{"action":"probe ","id":"$id"}'),
    'ROUTE-04 its message': say('bare', `{"action":"${'😀'.repeat(70)}","id":"$id"}`),
    'ROUTE-04 no handler': say('bare', '{"id":"$id"}'),
    'ROUTE-04 stays open': say('bare', 'hello $id'),
    'ROUTE-05 inherited names': say('bare', '{"action":"hasOwnProperty","id":"$id"}', '{"action":"toString","id":"$id"}'),
    'ROUTE-05 wired names': say('main', '{"action":"__proto__","id":"$id"}', '{"action":"constructor","id":"$id"}'),
    'ROUTE-05 inherited keys': say('main', '{"__proto__":{"action":"probe"},"id":"$id"}'),
    'ROUTE-05 no prototype changes': say('main', `{"action":"probe","__proto__":{"polluted":true},"id":"$id","ops":[{"op":"look"}]}`),
    'ROUTE-06 the first declared': say('keys-public', '{"kind":"second only","action":"first only","id":"$id"}'),
    'ROUTE-06 that matches': say('keys-public', '{"action":"nobody","kind":"second only","id":"$id"}'),
    'ROUTE-07 as that string': say('main', 'hello $id', "{action:'probe'}"),
    'ROUTE-07 the empty string': say('main', ''),
    'ROUTE-08 arrays': say('main', '["$id"]'),
    'ROUTE-08 strings': say('main', '"probe"'),
    'ROUTE-08 numbers': say('main', '-1.5'),
    'ROUTE-08 booleans': say('main', 'false'),
    'ROUTE-08 null': say('main', 'null'),
    'ROUTE-09 the same bytes': steps('main', { do: 'bytes', client: 0, hex: '00ff80' }, { do: 'bytes', client: 0, hex: '' }),
    'ROUTE-09 refused': steps('main', { do: 'bytes', client: 0, hex: byteMessages[2] }),
    'ROUTE-10 as an action': say('open', '{"action":"plain","id":"$id","message":"Hello"}'),
    'ROUTE-10 as onMessage': say('open', '{"id":"$id"}'),
  },
}
