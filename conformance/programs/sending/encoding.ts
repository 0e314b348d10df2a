/** Programs that send, publish and return values of every kind, routed and not. */
import fc from 'fast-check'
import type { Op } from '../../../spec/probe/ops.ts'
import type { Tagged } from '../../../spec/values.ts'
import type { Step } from '../../program.ts'
import type { Family } from '../family.ts'
import { plainClient, program } from '../parts.ts'
import { actOn, byKind, keyedAct, keyedClient, oneClient, publishOf, returnOf, sendOf, subscribed, valueIn } from './parts.ts'
import {
  bytes,
  demanding,
  falsy,
  frames,
  frozen,
  illFormed,
  json,
  long,
  strings,
  undefinedValue,
  unsendable,
  valuesOf,
} from './values.ts'

const count = 2
const clients = fc.array(fc.constant(plainClient), {
  minLength: 1,
  maxLength: count,
})
const keyedClients = fc.array(fc.constantFrom(plainClient, plainClient, plainClient, keyedClient), {
  minLength: 1,
  maxLength: count,
})
/** Named in the order of a channel's actions, routed ones first; null is unrouted. */
const actions = [null, 'other', '__proto__', 'constructor']
const subscribes = actOn(count, actions, fc.array(subscribed, { minLength: 1, maxLength: 1 }))
/** What is published arrives somewhere only after a subscribe. */
const prefixOf = (step: fc.Arbitrary<Step>) => fc.array(fc.oneof(subscribes, step), { minLength: 1, maxLength: 3 })

const sendable = valueIn(valuesOf(json), valuesOf(falsy), valuesOf(strings), valuesOf(bytes), [json.marked, frozen])

const valueStep = actOn(
  count,
  actions,
  fc.array(
    fc.oneof(
      { weight: 2, arbitrary: sendOf(sendable) },
      { weight: 2, arbitrary: publishOf(sendable) },
      { weight: 3, arbitrary: returnOf(sendable) },
    ),
    { minLength: 0, maxLength: 3 },
  ),
)

export const sendingValues: Family = {
  name: 'sending/values',
  area: 'sending',
  runs: 140,
  arbitrary: program({
    clients,
    prefix: prefixOf(valueStep),
    step: valueStep,
    lanes: 2,
  }),
  examples: {
    'SEND-01 exactly one message': prefixed([[{ op: 'return' }], [null, [{ op: 'return' }]]]),
    'SEND-01 after its own sends': prefixed([
      [{ op: 'return' }, { op: 'send', value: json.marked, mode: 'float' }, { op: 'send', value: json.list }],
    ]),
    'SEND-02 onMessage': prefixed([[null, []]]),
    'SEND-03 an object': prefixed([
      [{ op: 'return', value: json.withKey }],
      ['__proto__', [{ op: 'return', value: json.marked }]],
    ]),
    'SEND-03 an object: what is JSON of it': prefixed([
      [{ op: 'return', value: json.odd }],
      [{ op: 'return', value: json.toJsonWithKey }],
      [{ op: 'return', value: json.empty }],
    ]),
    'SEND-03 nothing': prefixed([[], ['__proto__', []]]),
    'SEND-03 any other value': prefixed([
      [{ op: 'return', value: falsy.zero }],
      [{ op: 'return', value: json.list }],
      [{ op: 'return', value: strings.text }],
    ]),
    'SEND-03 any other value: like an object': prefixed([
      [{ op: 'return', value: falsy.nothing }],
      [{ op: 'return', value: json.date }],
      [{ op: 'return', value: json.emptyList }],
    ]),
    'SEND-03 bytes': prefixed([[{ op: 'return', value: bytes.view }]]),
    'SEND-04 the value itself': prefixed([[{ op: 'send', value: json.marked }]]),
    'SEND-05 a falsy value': prefixed([
      [
        { op: 'send', value: falsy.zero },
        { op: 'send', value: falsy.empty },
      ],
      [null, [{ op: 'return', value: falsy.nothing }]],
      [null, [{ op: 'return', value: falsy.empty }]],
    ]),
    'SEND-05 a string': prefixed([
      [
        null,
        [
          { op: 'return', value: strings.text },
          { op: 'send', value: strings.jsonLike },
        ],
      ],
    ]),
    'SEND-05 bytes': prefixed([
      [
        { op: 'send', value: bytes.view },
        { op: 'send', value: bytes.none },
        { op: 'send', value: bytes.wide },
      ],
      [null, [{ op: 'return', value: bytes.buffer }]],
    ]),
    'SEND-05 any other value': prefixed([
      [
        { op: 'send', value: json.nested },
        { op: 'send', value: json.odd },
      ],
      [null, [{ op: 'return', value: json.list }]],
    ]),
  },
}

/** Client 0 subscribes to the topic, then does these acts. */
function prefixed(acts: (Op[] | [string | null, Op[]])[]) {
  const { clients: of, prefix } = oneClient([plainClient], [{ op: 'subscribe', topic: 't' }])
  const { prefix: steps } = oneClient([plainClient], ...acts)
  return { clients: of, prefix, phases: [{ lanes: [steps] }] }
}

function published(...values: Tagged[]): Op[] {
  return values.map((value) => ({ op: 'publish', topic: 't', exclude: null, value }))
}

const texts = valueIn(valuesOf(demanding))

const textStep = actOn(
  count,
  actions,
  fc.array(
    fc.oneof(
      { weight: 3, arbitrary: sendOf(texts) },
      { weight: 3, arbitrary: publishOf(texts) },
      { weight: 3, arbitrary: returnOf(texts) },
      { weight: 1, arbitrary: sendOf(valueIn(valuesOf(long, frames))) },
      { weight: 1, arbitrary: publishOf(valueIn(valuesOf(frames))) },
    ),
    { minLength: 1, maxLength: 3 },
  ),
)

export const sendingStrings: Family = {
  name: 'sending/strings',
  area: 'sending',
  runs: 60,
  arbitrary: program({
    clients,
    prefix: prefixOf(textStep),
    step: textStep,
    lanes: 2,
    phases: 1,
  }),
  examples: {
    'SEND-12 any text': prefixed([
      [
        { op: 'send', value: demanding.byteOrderMark },
        { op: 'send', value: demanding.nul },
        { op: 'send', value: demanding.combining },
      ],
      [null, [{ op: 'return', value: demanding.emoji }]],
      [
        { op: 'send', value: demanding.latin },
        { op: 'send', value: demanding.controls },
        { op: 'send', value: demanding.separators },
      ],
    ]),
    'SEND-12 any text: published': prefixed([published(demanding.latin, demanding.byteOrderMark, demanding.emoji)]),
    'SEND-12 any text: returned': prefixed([
      [null, [{ op: 'return', value: demanding.latin }]],
      [null, [{ op: 'return', value: demanding.controls }]],
      [null, [{ op: 'return', value: demanding.combining }]],
    ]),
    'SEND-12 a text of 64 KiB': prefixed([
      [long.text, frames.short, frames.medium].map((value): Op => ({ op: 'send', value })),
      [frames.more, long.signed, frames.large].map((value): Op => ({ op: 'send', value })),
      [frames.short, frames.medium, frames.large].map((value): Op => ({ op: 'publish', topic: 't', exclude: null, value })),
    ]),
    'SEND-12 frames that can be read': prefixed([
      [frames.medium, frames.large, long.text].map((value): Op => ({ op: 'send', value })),
    ]),
    'SEND-12 inside JSON': prefixed([
      [
        { op: 'return', value: demanding.inside },
        { op: 'send', value: demanding.key },
      ],
    ]),
  },
}

const refused = valueIn(valuesOf(unsendable), [illFormed, undefinedValue, undefinedValue])

const refusedStep = actOn(
  count,
  actions,
  fc.array(
    fc.oneof(
      { weight: 2, arbitrary: sendOf(refused) },
      { weight: 2, arbitrary: publishOf(refused) },
      { weight: 2, arbitrary: returnOf(refused) },
      { weight: 1, arbitrary: sendOf(valueIn(valuesOf(json))) },
    ),
    { minLength: 1, maxLength: 3 },
  ),
)

const keyedRefused = keyedAct(count, fc.array(returnOf(valueIn(valuesOf(unsendable))), { minLength: 1, maxLength: 1 }))

export const sendingUnsendable: Family = {
  name: 'sending/unsendable',
  area: 'sending',
  runs: 80,
  arbitrary: program({
    clients: keyedClients,
    prefix: prefixOf(fc.oneof({ weight: 6, arbitrary: refusedStep }, { weight: 1, arbitrary: keyedRefused })),
    step: refusedStep,
    lanes: 2,
  }),
  examples: {
    'SEND-04 send of undefined': prefixed([[{ op: 'send', value: undefinedValue }]]),
    'SEND-04 publish of undefined': prefixed([[{ op: 'publish', topic: 't', exclude: null, value: undefinedValue }]]),
    'SEND-04 nothing of undefined': prefixed([[{ op: 'send', value: undefinedValue, mode: 'float' }]]),
    'SEND-11 returned': prefixed([[{ op: 'return', value: unsendable.bigint }], [null, [{ op: 'return', value: illFormed }]]]),
    'SEND-11 returned: by the second of two keys': {
      clients: [keyedClient],
      prefix: [byKind({ op: 'return', value: unsendable.bigint })],
      phases: [],
    },
    'SEND-11 send rejects': prefixed([[{ op: 'send', value: unsendable.cycle }]]),
    'SEND-11 publish rejects': prefixed([
      [
        {
          op: 'publish',
          topic: 't',
          exclude: null,
          value: unsendable.undefinedJson,
        },
      ],
    ]),
    'SEND-11 nothing is sent': prefixed([[{ op: 'send', value: unsendable.bigint }]]),
    'SEND-11 left unawaited': prefixed([
      [{ op: 'send', value: unsendable.throwing, mode: 'float' }],
      [
        {
          op: 'publish',
          topic: 't',
          exclude: null,
          value: unsendable.symbol,
          mode: 'float',
        },
      ],
    ]),
    'SEND-11 the connection stays open': prefixed([[{ op: 'return', value: unsendable.cycle }]]),
  },
}
