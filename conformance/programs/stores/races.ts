/** Operations side by side: what may come of them in whatever order their requests are made. */
import fc from 'fast-check'
import type { StoreStep } from '../../stores/program.ts'
import { triples } from '../../stores/triples.ts'
import type { Family } from '../family.ts'
import { add, adds, channels, onStores, session, steps, storePrograms } from './parts.ts'

const few = { ids: ['a', 'a', 'a', 'a', 'b'], topics: ['t', 't', 'u'] }
const step = steps(few)
const own = steps({ ids: ['a'], topics: ['t'] })
const other = steps({ ids: ['b'], topics: ['u'] })

const subscribe = (id = 'a', topic = 't'): StoreStep => ({ op: 'subscribe', topic, id })
const remove = (id = 'a'): StoreStep => ({ op: 'remove', id })
const set = (number: 1 | 2 | 3, id = 'a'): StoreStep => ({ op: 'set session', id, value: session(number) })
const find = (id = 'a'): StoreStep => ({ op: 'find', id })
const a = [add('a')]

const common = { area: 'stores', capabilities: ['store'] } as const

/** Any operation beside two others, or none. */
const third = fc.oneof(step.subscribe, step.remove, step['set session'], step.find, step.subscribers, step.advance)

export const storeAdds: Family = {
  ...common,
  name: 'stores/adds',
  runs: 35,
  arbitrary: storePrograms({
    channels: channels(['b'], 0, 1),
    prefix: fc.array(step.subscribe, { maxLength: 1 }),
    together: fc.oneof(fc.tuple(own.add, own.add), fc.tuple(own.add, own.add, own.add), fc.tuple(own.add, own.add, own.find)),
    after: fc.array(own.find, { maxLength: 1 }),
  }),
  examples: {
    'STORE-02 side by side': onStores({
      early: true,
      together: [add('a'), add('a', { name: 'main' })],
      choices: [0, 1, 1, 0, 1],
    }),
  },
}

export const storeSessions: Family = {
  ...common,
  name: 'stores/sessions',
  runs: 50,
  arbitrary: storePrograms({
    channels: fc.oneof(fc.tuple(adds(['a'])), fc.tuple(adds(['a']), adds(['b'])), fc.tuple(adds(['a']), adds(['b']))),
    prefix: fc.array(fc.oneof(step['set session'], other['set session']), { maxLength: 3, size: 'max' }),
    together: fc.oneof(
      fc.tuple(own['set session'], own['set session']),
      fc.tuple(own['set session'], own['set session'], own.find),
      fc.tuple(own['set session'], own['set session'], third),
      fc.tuple(own['set session'], own.remove),
    ),
    after: fc.array(own.find, { minLength: 1, maxLength: 2 }),
  }),
  examples: {
    'STORE-03 side by side': onStores({
      channels: a,
      early: true,
      together: [set(1), set(2)],
      after: [find()],
      choices: [0, 1, 0, 1],
    }),
    'STORE-03 stays': onStores({
      channels: a,
      early: true,
      together: [set(1), set(2)],
      after: [find()],
      choices: [0, 1, 1, 0],
    }),
    'STORE-04 session': onStores({
      channels: a,
      prefix: [set(1)],
      together: [set(2), remove()],
      after: [find()],
      choices: [1],
    }),
  },
}

export const storeRemoves: Family = {
  ...common,
  name: 'stores/removes',
  runs: 45,
  arbitrary: storePrograms({
    channels: channels(['a', 'a', 'a', 'a', 'b'], 1, 2),
    prefix: fc.array(fc.oneof(step.subscribe, step['set session'], step['set session']), { maxLength: 1 }),
    together: fc.oneof(fc.tuple(own.remove, own.remove), fc.tuple(own.remove, own.remove, third)),
    after: fc.oneof(
      fc.tuple(own.add, own.subscribe, own.remove),
      fc.tuple(own.subscribe, own.add),
      fc.array(fc.oneof(own.remove, own.add), { maxLength: 1 }),
    ),
  }),
  examples: {
    'STORE-04 side by side': onStores({ channels: a, early: true, together: [remove(), remove()], choices: [0, 1, 1, 0, 1] }),
  },
}

export const storeClosings: Family = {
  ...common,
  name: 'stores/closings',
  runs: 60,
  arbitrary: storePrograms({
    channels: channels(['a', 'a', 'a', 'a', 'b'], 1, 2),
    prefix: fc.array(fc.oneof(step.subscribe, step.subscribe, step.unsubscribe), { maxLength: 2 }),
    together: fc.oneof(
      fc.tuple(own.subscribe, own.remove),
      fc.tuple(own.subscribe, own.remove, third),
      fc.tuple(own.subscribe, own.remove, fc.oneof(own.unsubscribe, own.remove, own.subscribe)),
    ),
    after: fc.array(fc.oneof(own.remove, own.subscribe, own.add, own.find), { maxLength: 1 }),
  }),
  examples: {
    'STORE-05 subscribed beside': onStores({
      channels: a,
      early: true,
      together: [subscribe(), remove()],
      choices: [0, 1, 1, 1, 0, 0],
    }),
    'STORE-05 subscribed beside: another remove': onStores({
      channels: a,
      together: [subscribe(), remove(), remove()],
      choices: [0, 1, 2, 1, 1],
    }),
    'STORE-05 nothing kept': onStores({ channels: a, together: [subscribe(), remove(), set(1)], choices: [0, 1, 1, 0, 2] }),
  },
}

export const storeUndoings: Family = {
  ...common,
  name: 'stores/undoings',
  runs: 30,
  arbitrary: storePrograms({
    channels: fc.tuple(adds(['a'])),
    prefix: fc.array(own.subscribe, { maxLength: 1 }),
    together: fc.oneof(fc.tuple(own.subscribe, own.unsubscribe), fc.tuple(own.subscribe, own.unsubscribe, own.subscribe)),
    after: fc.oneof(fc.tuple(own.remove), fc.tuple(own.remove), fc.tuple(own.unsubscribe, own.remove)),
  }),
  examples: {},
}

export const storeRaces: Family = {
  ...common,
  name: 'stores/races',
  runs: 40,
  exhaustive: triples,
  arbitrary: storePrograms({
    channels: channels(few.ids, 0, 2),
    prefix: fc.array(fc.oneof(step.subscribe, step.subscribe, step['set session'], step.unsubscribe, step.remove), {
      maxLength: 3,
    }),
    together: fc.array(fc.oneof(third, third, step.unsubscribe, step.add), { minLength: 2, maxLength: 3, size: 'max' }),
    after: fc.array(fc.oneof(step.find, step.add, step.subscribe, step['set session'], step.remove, step.advance), {
      maxLength: 2,
    }),
  }),
  examples: {},
}

const crowd = ['a', 'b', 'c', 'd'] as const
const of = steps({ ids: crowd, topics: ['t'] })

export const storePages: Family = {
  ...common,
  name: 'stores/pages',
  runs: 40,
  arbitrary: storePrograms({
    channels: channels(crowd, 3, 4),
    prefix: fc.array(of.subscribe, { minLength: 3, maxLength: 7, size: 'max' }),
    together: fc.oneof(
      fc.tuple(of.subscribers, fc.oneof(of.unsubscribe, of.remove, of.subscribe)),
      fc.tuple(of.subscribers, fc.oneof(of.unsubscribe, of.remove), fc.oneof(of.subscribe, of.subscribers)),
    ),
    pages: [1, 1, 2, 3],
  }),
  examples: {
    'STORE-08 across pages': onStores({
      page: 1,
      channels: crowd.slice(0, 3).map((id) => add(id)),
      prefix: crowd.slice(0, 3).map((id) => subscribe(id)),
      together: [{ op: 'subscribers', topic: 't' }, subscribe('a')],
    }),
    'STORE-08 while others change': onStores({
      page: 2,
      channels: crowd.map((id) => add(id)),
      prefix: crowd.map((id) => subscribe(id)),
      early: true,
      together: [{ op: 'subscribers', topic: 't' }, { op: 'unsubscribe', topic: 't', id: 'a' }, subscribe('d')],
      choices: [0, 1, 1, 1, 0, 1],
    }),
  },
}
