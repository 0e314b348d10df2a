/** Programs that send what no program should (VALID-07), to every kind of channel, between messages in good order. */
import fc from 'fast-check'
import type { Program, Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { program } from '../parts.ts'

const deep = (open: string, close: string, inside = ''): string => `${open.repeat(10_000)}${inside}${close.repeat(10_000)}`

/** The hostile texts; a deep one is 20 to 30 KB long, within what every transport carries. */
export const hostileTexts = [
  '{"action":"probe","id":"$id"',
  '{"action":"probe",,"id":"$id"}',
  '{"action":"probe" "id":"$id"}',
  '{"id":"$id","kept":"a raw \n break"}',
  '{"id":"$id","kept":"\\x"}',
  '["$id"',
  '"$id',
  '{',
  '[',
  '"',
  '{"action":"other","id":"$id","action":"probe"}',
  '{"action":"nobody","action":"shape","id":"$id"}',
  '{"kind":"second only","action":"first only","kind":"nobody","id":"$id"}',
  '{"id":"$id","kept":1,"kept":2}',
  '{"action":"probe","id":"$id","kept":1e400}',
  `{"action":"probe","id":"$id","kept":${'9'.repeat(400)}}`,
  '-1e400',
  '12345678901234567890',
  '{"action":"probe","id":"$id","kept":"\\ud800"}',
  '{"action":"\\udc00","id":"$id"}',
  '"\\ud83d"',
  '{"\\ud800":1,"id":"$id"}',
  deep('[', ']'),
  deep('[', ''),
  deep('{"":', '', '1'),
  `{"action":"probe","id":"$id","kept":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
] as const

const client = fc.constantFrom(0, 0, 0, 1)
const text: fc.Arbitrary<Step> = fc.record({ do: fc.constant('text' as const), client, text: fc.constantFrom(...hostileTexts) })
const ordinary: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('text' as const),
  client,
  text: fc.constantFrom('{"action":"probe","id":"$id"}', '{"id":"$id"}', 'hello $id'),
})
const step = fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: ordinary })

const say = (channel: string, ...texts: (typeof hostileTexts)[number][]): Program => ({
  clients: [{ channel }],
  prefix: texts.map((each): Step => ({ do: 'text', client: 0, text: each })),
  phases: [],
})

export const validationHostile: Family = {
  name: 'validation/hostile',
  area: 'validation',
  runs: 25,
  arbitrary: program({
    clients: fc.array(fc.record({ channel: fc.constantFrom('main', 'bare', 'strict', 'keys-public', 'open') }), {
      minLength: 1,
      maxLength: 2,
    }),
    prefix: fc.array(step, { maxLength: 6, size: 'max' }),
    step,
    lanes: 1,
    phases: 0,
  }),
  examples: {
    'VALID-07 answered or handled': say('bare', '{"action":"probe",,"id":"$id"}', hostileTexts[22]),
    'VALID-07 stays open': say('main', hostileTexts[23], '{"\\ud800":1,"id":"$id"}'),
    'VALID-07 no wrong handler': say('main', '{"action":"other","id":"$id","action":"probe"}'),
    'VALID-07 crashes nothing': say('main', hostileTexts[25], '-1e400'),
  },
}
