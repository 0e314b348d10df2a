/** Channels that expire while the program goes on: who still sees them, and what a sweep finds. */
import fc from 'fast-check'
import type { StoreStep } from '../../stores/program.ts'
import type { Family } from '../family.ts'
import { add, adds, addsLate, advances, expiries, onStores, steps, storePrograms } from './parts.ts'

const step = {
  ...steps({ ids: ['a', 'a', 'a', 'b'], topics: ['t'] }),
  // So far that something expires.
  advance: fc.record({ op: fc.constant('advance' as const), milliseconds: fc.constantFrom(...advances.slice(1)) }),
}
const before = fc.oneof(step.subscribe, step.subscribe, step.subscribe, step.remove)
const a = steps({ ids: ['a'], topics: ['t'] })
const b = steps({ ids: ['b'], topics: ['t'] })
const c = steps({ ids: ['c'], topics: ['t'] })

const expiring = [add('a', { expires: expiries[0] }), add('b')]
const advance: StoreStep = { op: 'advance', milliseconds: advances[1] }
const subscribe = (id = 'a'): StoreStep => ({ op: 'subscribe', topic: 't', id })
const remove: StoreStep = { op: 'remove', id: 'a' }
const sweep: StoreStep = { op: 'expired' }

export const storeExpiry: Family = {
  name: 'stores/expiry',
  area: 'stores',
  capabilities: ['store'],
  runs: 70,
  arbitrary: storePrograms({
    channels: fc.oneof(fc.tuple(adds(['a'], true), adds(['b'])), fc.tuple(adds(['a'], true), adds(['b'], true), adds(['c']))),
    prefix: fc.oneof(
      fc.array(fc.oneof(before, step.advance, step.expired), { minLength: 1, maxLength: 5, size: 'max' }),
      fc.tuple(a.subscribe, before, step.advance, b.subscribe, a.remove),
      fc.tuple(b.subscribe, before, step.advance, a.subscribe, b.remove),
      fc.tuple(b.subscribe, a.subscribe, step.advance, fc.oneof(a.remove, a.subscribe, step.expired)),
      fc.tuple(step.advance, addsLate(['c']), fc.oneof(c.find, c.remove)),
    ),
  }),
  examples: {
    'STORE-01 times: added later': onStores({ channels: expiring, prefix: [advance, add('c'), { op: 'find', id: 'c' }] }),
    'STORE-04 record: added later': onStores({ channels: expiring, prefix: [advance, add('c'), { op: 'remove', id: 'c' }] }),
    'STORE-04 an expired one': onStores({ channels: expiring, prefix: [subscribe(), advance, remove] }),
    'STORE-10 not found': onStores({ channels: expiring, prefix: [subscribe('b'), advance, sweep] }),
    'STORE-10 not listed': onStores({ channels: expiring, prefix: [subscribe(), subscribe('b'), advance, sweep, sweep] }),
    'STORE-10 not subscribed': onStores({ channels: expiring, prefix: [subscribe('b'), advance, subscribe()] }),
    'STORE-10 swept': onStores({ channels: expiring, prefix: [subscribe(), subscribe('b'), advance, sweep, remove] }),
    'STORE-10 no live ones': onStores({ channels: expiring, prefix: [subscribe(), advance, sweep] }),
    'STORE-10 no removed ones': onStores({ channels: expiring, prefix: [remove, advance, sweep] }),
    'STORE-10 live ones unread': onStores({ channels: expiring, prefix: [subscribe('b'), advance, sweep] }),
  },
}
