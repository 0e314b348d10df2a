/** What runs side by side so often, or goes wrong so easily, that every order of its requests is tried. */
import { add, onStores, session } from '../programs/stores/parts.ts'
import type { StoreProgram, StoreStep } from './program.ts'

const subscribe = (id = 'a'): StoreStep => ({ op: 'subscribe', topic: 't', id })
const unsubscribe = (id = 'a'): StoreStep => ({ op: 'unsubscribe', topic: 't', id })
const list: StoreStep = { op: 'subscribers', topic: 't' }
const remove: StoreStep = { op: 'remove', id: 'a' }
const find: StoreStep = { op: 'find', id: 'a' }
const set = (number: 1 | 2): StoreStep => ({ op: 'set session', id: 'a', value: session(number) })
const advance: StoreStep = { op: 'advance', milliseconds: 360_500 }
const a = [add('a')]
const three = [add('a'), add('b'), add('c')]

const of = (together: StoreStep[], more: Partial<StoreProgram> = {}) => onStores({ channels: a, together, ...more })

/** Up to three operations by what they are, each a program whose choices are to be enumerated. */
export const triples = {
  'subscribe, remove': of([subscribe(), remove]),
  'subscribe, remove, subscribers': of([subscribe(), remove, list]),
  'subscribe, remove, remove': of([subscribe(), remove, remove]),
  'subscribe, unsubscribe, remove': of([subscribe(), unsubscribe(), remove]),
  'subscribe, unsubscribe, remove of a subscriber': of([subscribe(), unsubscribe(), remove], { prefix: [subscribe()] }),
  'subscribe, subscribe, unsubscribe': of([subscribe(), subscribe(), unsubscribe()]),
  'subscribe, remove, add': of([subscribe(), remove, add('a')]),
  'subscribe, subscribe of another, subscribers by ones': of([subscribe('a'), subscribe('b'), list], {
    page: 1,
    channels: three,
    prefix: [subscribe('c')],
  }),
  'unsubscribe, remove of another, subscribers by ones': of([unsubscribe('b'), remove, list], {
    page: 1,
    channels: three,
    prefix: [subscribe('a'), subscribe('b'), subscribe('c')],
  }),
  'subscribe, expiry, subscribers': of([subscribe(), advance, list], { channels: [add('a', { expires: 300_000 })] }),
  'session, session, find': of([set(1), set(2), find], { after: [find] }),
  'session, remove, find': of([set(1), remove, find]),
  'session, session, remove': of([set(1), set(2), remove]),
  'remove, remove, remove': of([remove, remove, remove], { prefix: [subscribe()] }),
  'remove, add, find': of([remove, add('a', { name: 'main' }), find]),
  'add, add, add': of([add('a'), add('a', { name: 'main' }), add('a', { name: 'x y' })], { channels: [] }),
  'add, add, remove': of([add('a'), add('a', { name: 'main' }), remove], { channels: [] }),
  'remove, expiry, expired': of([remove, advance, { op: 'expired' }], { channels: [add('a', { expires: 300_000 })] }),
}
