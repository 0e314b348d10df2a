/** Operations one after another: what each comes to, and what it leaves. */
import fc from 'fast-check'
import type { StoreStep } from '../../stores/program.ts'
import type { Family } from '../family.ts'
import {
  add,
  adds,
  channels,
  data,
  expiries,
  likeRecords,
  longSession,
  onStores,
  session,
  steps,
  storePrograms,
} from './parts.ts'

const names = { ids: ['a', 'a', 'a', 'b', 'c'], topics: ['t', 't', 'u'] }
const step = steps(names)

const subscribe = (id = 'a', topic = 't'): StoreStep => ({ op: 'subscribe', topic, id })
const unsubscribe = (id = 'a', topic = 't'): StoreStep => ({ op: 'unsubscribe', topic, id })
const remove = (id = 'a'): StoreStep => ({ op: 'remove', id })
const set = (number: 1 | 2 | 3, id = 'a'): StoreStep => ({ op: 'set session', id, value: session(number) })
const find = (id = 'a'): StoreStep => ({ op: 'find', id })
const a = [add('a')]
const pair = [add('a'), add('b')]

export const storeSequences: Family = {
  name: 'stores/sequences',
  area: 'stores',
  capabilities: ['store'],
  runs: 70,
  arbitrary: storePrograms({
    channels: channels(names.ids, 0, 2),
    prefix: fc.array(
      fc.oneof(
        step.subscribe,
        step.subscribe,
        step.unsubscribe,
        step['set session'],
        step['set session'],
        step.remove,
        step.add,
        step.find,
        step.subscribers,
      ),
      { maxLength: 9, size: 'max' },
    ),
  }),
  examples: {
    'STORE-01 added': onStores({ channels: a }),
    'STORE-01 found': onStores({ channels: pair }),
    'STORE-01 unknown': onStores({ channels: a, prefix: [find('b')] }),
    'STORE-01 opening data': onStores({ channels: [add('a', { data: data[5] ?? {} }), add('b', { data: data[3] ?? {} })] }),
    'STORE-01 opening data: names that records have': onStores({ channels: [add('a', { data: likeRecords })] }),
    'STORE-01 channel name': onStores({ channels: [add('a', { name: ' padded ' })] }),
    'STORE-01 times': onStores({ channels: [add('a', { expires: expiries[0] })] }),
    'STORE-02 twice': onStores({ channels: a, prefix: [add('a', { name: 'main' })] }),
    'STORE-02 removed': onStores({ channels: a, prefix: [remove(), add('a')] }),
    'STORE-03 accepted': onStores({ channels: a, prefix: [set(1)] }),
    'STORE-03 refused': onStores({ channels: a, prefix: [remove(), set(1), set(1, 'b')] }),
    'STORE-03 none': onStores({ channels: a }),
    'STORE-03 last': onStores({ channels: a, prefix: [set(1), find(), set(2)] }),
    'STORE-03 last: a long one': onStores({ channels: a, prefix: [{ op: 'set session', id: 'a', value: longSession }] }),
    'STORE-03 per channel': onStores({ channels: pair, prefix: [set(1), set(2, 'b'), find('b')] }),
    'STORE-04 one': onStores({ channels: a, prefix: [remove()] }),
    'STORE-04 again': onStores({ channels: a, prefix: [remove(), remove()] }),
    'STORE-04 unknown': onStores({ prefix: [remove()] }),
    'STORE-04 record': onStores({ channels: [add('a', { data: data[2] ?? {} })], prefix: [remove()] }),
    'STORE-04 record: names that records have': onStores({ channels: [add('a', { data: likeRecords })], prefix: [remove()] }),
    'STORE-04 gone': onStores({ channels: a, prefix: [remove(), find()] }),
    'STORE-05 subscribed before': onStores({ channels: a, prefix: [subscribe(), subscribe('a', 'u'), remove()] }),
    'STORE-05 subscribed afterwards': onStores({ channels: a, prefix: [remove(), subscribe()] }),
    'STORE-06 removed': onStores({ channels: a, prefix: [remove(), subscribe()] }),
    'STORE-06 nothing kept': onStores({ prefix: [subscribe(), set(1)] }),
    'STORE-08 each': onStores({ channels: pair, prefix: [subscribe(), subscribe('b')] }),
    'STORE-08 once': onStores({ page: 1, channels: pair, prefix: [subscribe(), subscribe('b')] }),
    'STORE-08 nobody else': onStores({ channels: pair, prefix: [subscribe(), subscribe('b', 'u')] }),
  },
}

const of = steps({ ids: ['a', 'a', 'a', 'b'], topics: ['t', 't', 't', 't', 'u'] })

const change = fc.oneof(of.subscribe, of.subscribe, of.unsubscribe)
const anyOrder = fc.array(change, { minLength: 1, maxLength: 6, size: 'max' })

const own = { a: steps({ ids: ['a'], topics: ['t'] }), b: steps({ ids: ['b'], topics: ['t'] }) }

type Steps = fc.Arbitrary<StoreStep>[]

/** Of one channel what is asked for twice, of another what is undone and asked for again: both in one program. */
const patterns = [
  ({ subscribe, unsubscribe }: typeof own.a): Steps => [subscribe, subscribe, unsubscribe],
  ({ subscribe, unsubscribe }: typeof own.a): Steps => [subscribe, unsubscribe],
  ({ subscribe, unsubscribe }: typeof own.a): Steps => [subscribe, unsubscribe, unsubscribe],
  ({ subscribe, unsubscribe }: typeof own.a): Steps => [subscribe, unsubscribe, subscribe],
  ({ subscribe, unsubscribe }: typeof own.a): Steps => [subscribe, unsubscribe, unsubscribe, subscribe],
]
const both = patterns.flatMap((of) => patterns.map((and) => fc.tuple(...of(own.a), ...and(own.b))))

export const storeSubscriptions: Family = {
  name: 'stores/subscriptions',
  area: 'stores',
  capabilities: ['store'],
  runs: 75,
  arbitrary: fc.oneof(
    storePrograms({ channels: channels(['a', 'b'], 0, 2), prefix: anyOrder }),
    ...[1, 2, 3].map(() => storePrograms({ channels: fc.tuple(adds(['a']), adds(['b'])), prefix: fc.oneof(...both) })),
  ),
  examples: {
    'STORE-06 accepted': onStores({ channels: a, prefix: [subscribe()] }),
    'STORE-06 again': onStores({ channels: a, prefix: [subscribe(), subscribe()] }),
    'STORE-06 listed once': onStores({ channels: pair, prefix: [subscribe(), subscribe('b'), subscribe()] }),
    'STORE-06 undone at once': onStores({ channels: a, prefix: [subscribe(), subscribe(), unsubscribe()] }),
    'STORE-06 unknown': onStores({ prefix: [subscribe()] }),
    'STORE-06 lists nobody refused': onStores({ channels: a, prefix: [subscribe(), subscribe('b')] }),
    'STORE-07 resolves': onStores({ channels: a, prefix: [subscribe(), unsubscribe()] }),
    'STORE-07 not subscribed': onStores({ channels: a, prefix: [unsubscribe(), unsubscribe('b')] }),
    'STORE-07 takes away': onStores({ channels: pair, prefix: [subscribe(), subscribe('b'), unsubscribe()] }),
    'STORE-07 twice': onStores({ channels: a, prefix: [subscribe(), unsubscribe(), unsubscribe()] }),
    'STORE-07 subscribed again': onStores({ channels: a, prefix: [subscribe(), unsubscribe(), unsubscribe(), subscribe()] }),
  },
}
