/** Channels that expire while the program goes on: who still sees them, and what a sweep finds. */
import fc from 'fast-check'
import type { StoreStep } from '../../stores/program.ts'
import type { Family } from '../family.ts'
import { add, adds, advances, channels, expiries, onStores, steps, storePrograms } from './parts.ts'

const step = {
  ...steps({ ids: ['a', 'a', 'a', 'b'], topics: ['t'] }),
  // So far that something expires.
  advance: fc.record({ op: fc.constant('advance' as const), milliseconds: fc.constantFrom(...advances.slice(1)) }),
}
const before = fc.oneof(step.subscribe, step.subscribe, step.subscribe, step.remove)
const own = steps({ ids: ['a'], topics: ['t'] })
const behind = fc.oneof(step.remove, step.remove, step.subscribe, step.subscribe, step.expired, step.advance)

const expiring = [add('a', { expires: expiries[0] }), add('b')]
const advance: StoreStep = { op: 'advance', milliseconds: advances[1] }
const subscribe = (id = 'a'): StoreStep => ({ op: 'subscribe', topic: 't', id })
const remove: StoreStep = { op: 'remove', id: 'a' }
const sweep: StoreStep = { op: 'expired' }

export const storeExpiry: Family = {
  name: 'stores/expiry',
  area: 'stores',
  capabilities: ['store'],
  runs: 100,
  arbitrary: storePrograms({
    channels: fc.oneof(channels(['a', 'a', 'a', 'a', 'b'], 1, 2, true), fc.tuple(adds(['a'], true), adds(['b']))),
    prefix: fc.oneof(
      fc.tuple(step.subscribe, step.advance, fc.oneof(own.remove, own.subscribe)),
      fc.tuple(before, step.advance, behind),
      fc.tuple(step.subscribe, before, step.advance, behind, behind),
    ),
  }),
  examples: {
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
