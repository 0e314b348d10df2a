/** Names that a store's key syntax, a pattern or an object's own properties could take for something else (STORE-09). */
import fc from 'fast-check'
import type { Family } from '../family.ts'
import { add, channels, onStores, session, steps, storePrograms } from './parts.ts'

const groups: readonly (readonly string[])[] = [
  ['a', 'b', 'a#b', 'b#a', 'a#', '#a', '#', '##'],
  ['a', 'a/b', '/', 'a:b', ':', 'a|b', 'a,b', 'a.b'],
  ['a', '*', 'a*', '+', '>', '%', '%23', '?'],
  ['a', 'A', ' ', 'a ', ' a', 'é', 'e\u0301', 'E\u0301'],
  ['a', '\u0000', 'a\u0000b', '\u001f', '\u2028', '"', '\\', '{}'],
  ['\uffff', '😀', '0', '00', '-1', 'null', 'undefined', 'true'],
  ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf', 'length'],
  ['a', 'C#a', 'T#a', 'S#a', 'A#meta', 'X#0', 'X#cursor', 'S#a#0'],
  ['x'.repeat(255), 'x'.repeat(256), `${'x'.repeat(255)}y`, 'é'.repeat(128), 'é'.repeat(127)],
]

const common = { area: 'stores', capabilities: ['store'] } as const

/** Subscriptions first: what nobody subscribed shows nothing. */
const before = ({ subscribe, unsubscribe, remove, ...step }: ReturnType<typeof steps>) =>
  fc.array(fc.oneof(subscribe, subscribe, subscribe, subscribe, step['set session'], unsubscribe, remove), {
    minLength: 3,
    maxLength: 8,
    size: 'max',
  })

export const storeIds: Family = {
  ...common,
  name: 'stores/ids',
  runs: 35,
  arbitrary: fc.oneof(
    ...groups.map((ids) =>
      storePrograms({ channels: channels(ids, 3, 6), prefix: before(steps({ ids, topics: ['t', 'u', ...ids.slice(0, 2)] })) }),
    ),
  ),
  examples: {
    'STORE-09 ids': onStores({
      channels: [add('a'), add('a#b', { name: 'x y' }), add('#a', { name: '0' })],
      prefix: [
        { op: 'set session', id: '#a', value: session(1) },
        { op: 'subscribe', topic: 't', id: 'a#b' },
        { op: 'remove', id: 'a' },
      ],
    }),
  },
}

/** A topic may be empty too; a channel's id is not (LIFE-03). */
export const storeTopics: Family = {
  ...common,
  name: 'stores/topics',
  runs: 40,
  arbitrary: fc.oneof(
    ...groups.map((topics) =>
      storePrograms({
        channels: channels(['a', 'b', 'c'], 2, 3),
        prefix: before(steps({ ids: ['a', 'b'], topics: [...topics, ''] })),
      }),
    ),
  ),
  examples: {
    'STORE-09 topics: letters and their like': onStores({
      channels: [add('a'), add('b')],
      prefix: [
        { op: 'subscribe', topic: 'A', id: 'a' },
        { op: 'subscribe', topic: 'a', id: 'b' },
        { op: 'subscribe', topic: 'a ', id: 'a' },
        { op: 'subscribe', topic: 'é', id: 'a' },
        { op: 'subscribe', topic: 'e\u0301', id: 'b' },
      ],
    }),
    'STORE-09 topics': onStores({
      channels: [add('a'), add('b')],
      prefix: [
        { op: 'subscribe', topic: '', id: 'a' },
        { op: 'subscribe', topic: '#', id: 'a' },
        { op: 'subscribe', topic: 'a', id: 'b' },
        { op: 'subscribe', topic: 'a#b', id: 'b' },
        { op: 'unsubscribe', topic: '#', id: 'a' },
        { op: 'subscribe', topic: 'b#a', id: 'a' },
      ],
    }),
  },
}
